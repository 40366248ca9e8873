"""The question bank, kept as files: what a firm, a site, a product may be asked, with type, level, purpose, basis."""

import csv
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path

from amont.consortia.facts import AnswerType, Code, Question, Subject

_FOLDER = Path(__file__).parent / "sectors" / "bank"
OWNER_ALONE = 5
"""The level of what is asked for the owner's own sake: nobody else ever reads it."""


@lru_cache(maxsize=1)
def questions() -> tuple[Question, ...]:
    """Return the newest version of each question, in the order of the bank."""
    newest: dict[str, Question] = {}
    for each in (_question(row) for row in _rows("questions")):
        before = newest.get(each.code)
        if before is None or before.version < each.version:
            newest[each.code] = each
    return tuple(newest.values())


def choices(name: str) -> tuple[Code, ...]:
    """Return the entries of one of the bank's own lists; none for a list of the charter."""
    return _choices().get(name, ())


@lru_cache(maxsize=1)
def _choices() -> Mapping[str, tuple[Code, ...]]:
    found: dict[str, tuple[Code, ...]] = {}
    for row in _rows("choices"):
        found[row["list"]] = (*found.get(row["list"], ()), Code(row["code"], row["fr"], row["en"]))
    return found


def _question(row: Mapping[str, str]) -> Question:
    purposes = [_purposes()[code] for code in row["purposes"].split()]
    declined = _declined()[row["declined"]]
    unit_en, _, unit_fr = row["unit"].partition(":")
    return Question(
        code=row["code"],
        fr=row["fr"],
        en=row["en"],
        minutes=int(row["minutes"]),
        purpose_fr=" ".join(each["fr"] for each in purposes),
        purpose_en=" ".join(each["en"] for each in purposes),
        help_fr=row["help_fr"],
        help_en=row["help_en"],
        version=int(row["version"]),
        about=tuple(Subject(each) for each in row["about"].split()),
        type=AnswerType(row["type"]),
        unit_fr=unit_fr or unit_en,
        unit_en=unit_en,
        low=int(row["low"]) if row["low"] else None,
        high=int(row["high"]) if row["high"] else None,
        list=row["list"],
        choices=choices(row["list"]),
        level=int(row["level"]),
        basis_fr=" ".join(each["basis_fr"] for each in purposes),
        basis_en=" ".join(each["basis_en"] for each in purposes),
        declined_fr=declined["fr"],
        declined_en=declined["en"],
    )


@lru_cache(maxsize=1)
def _purposes() -> Mapping[str, Mapping[str, str]]:
    return {row["code"]: row for row in _rows("purposes")}


@lru_cache(maxsize=1)
def _declined() -> Mapping[str, Mapping[str, str]]:
    return {row["code"]: row for row in _rows("declined")}


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (_FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as rows:
        yield from csv.DictReader(rows)
