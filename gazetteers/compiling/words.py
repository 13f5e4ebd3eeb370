"""Words and names of persons."""

import ast
import csv
import re
import unicodedata
from dataclasses import dataclass

from .text import fold, is_latin, PARTICLES

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
