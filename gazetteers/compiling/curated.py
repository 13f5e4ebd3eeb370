"""The lists written by hand."""

import csv
from collections import defaultdict
from dataclasses import dataclass, field

from .rows import GAZETTEERS
from .text import fold, key, slug, split


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
