"""Rows of the lists, and where they are written."""

import csv
import io
from pathlib import Path

from .text import slug, split

GAZETTEERS = Path(__file__).resolve().parent.parent
OUT = GAZETTEERS / "compiled"


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
