"""The words of names and addresses that matching knows: the table in data/matching_words.csv."""

import csv
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

_FILE = Path(__file__).parent.parent / "data" / "matching_words.csv"
LONGEST_PHRASE = 4


@lru_cache(maxsize=1)
def _tables() -> Mapping[str, Mapping[str, str]]:
    found: dict[str, dict[str, str]] = {}
    with _FILE.open(encoding="utf-8", newline="") as rows:
        for row in csv.DictReader(rows):
            found.setdefault(row["table"], {})[row["word"]] = row["code"]
    return found


def table(name: str) -> Mapping[str, str]:
    """Return a table's codes by folded word or phrase."""
    return _tables()[name]


def replaced(tokens: list[str], phrases: Mapping[str, str]) -> tuple[list[str], list[str]]:
    """Return the tokens with the longest known phrases taken out, and the codes of these in their order."""
    rest: list[str] = []
    found: list[str] = []
    at = 0
    while at < len(tokens):
        for length in range(min(LONGEST_PHRASE, len(tokens) - at), 0, -1):
            code = phrases.get(" ".join(tokens[at : at + length]))
            if code is not None:
                found.append(code)
                at += length
                break
        else:
            rest.append(tokens[at])
            at += 1
    return rest, found


def expanded(tokens: list[str], short: Mapping[str, str]) -> list[str]:
    """Return the tokens with abbreviations written out; one written out as nothing goes."""
    found: list[str] = []
    at = 0
    while at < len(tokens):
        for length in range(min(LONGEST_PHRASE, len(tokens) - at), 0, -1):
            full = short.get(" ".join(tokens[at : at + length]))
            if full is not None:
                found += full.split()
                at += length
                break
        else:
            found.append(tokens[at])
            at += 1
    return found
