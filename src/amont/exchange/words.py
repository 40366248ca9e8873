"""The words by which columns and values are known, in French and English: the table in data/words.csv."""

import csv
from collections.abc import Mapping
from decimal import Decimal
from functools import lru_cache
from pathlib import Path

_FILE = Path(__file__).parent / "data" / "words.csv"

A_TONNE: Mapping[str, Decimal] = {
    "g": Decimal(1_000_000),
    "kg": Decimal(1000),
    "t": Decimal(1),
    "pcs": Decimal(1000),
    "1000 pcs": Decimal(1),
}
"""How many of a unit make a tonne, or a thousand pieces."""


@lru_cache(maxsize=1)
def _tables() -> Mapping[str, Mapping[str, str]]:
    found: dict[str, dict[str, str]] = {}
    with _FILE.open(encoding="utf-8", newline="") as rows:
        for row in csv.DictReader(rows):
            found.setdefault(row["table"], {}).setdefault(row["word"], row["code"])
    return found


def words(table: str) -> Mapping[str, str]:
    """Return the codes of a table by their words, folded; "" is a column that is of no use here."""
    return _tables()[table]
