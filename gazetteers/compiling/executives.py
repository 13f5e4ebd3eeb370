"""Those who lead companies."""

import re
from collections import defaultdict

from .companies import company_records
from .text import fold, key
from .words import is_person_word

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
