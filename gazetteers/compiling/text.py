"""Spellings of names."""

import re
import unicodedata

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


def split(cell):
    return [part for part in (cell or "").split("|") if part]
