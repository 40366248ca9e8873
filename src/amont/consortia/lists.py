"""Templates of sectors, kept as files: lists of codes, questions with what they cost, and the charter proposed."""

import csv
import json
from collections.abc import Collection, Mapping
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from amont.consortia import bank
from amont.consortia.facts import CharterChoice, Code, Needed, Question, Sector
from amont.kernel.errors import NotKnown

_FOLDER = Path(__file__).parent / "sectors"
SECTORS = ("cosmetics", "textile", "food", "blank")
FAMILY = "family"


@lru_cache(maxsize=len(SECTORS))
def sector(code: str) -> Sector:
    """Return the template of a sector. Raises `NotKnown` for one that is not there."""
    if code not in SECTORS:
        raise NotKnown(code)
    words = json.loads((_FOLDER / code / "sector.json").read_text(encoding="utf-8"))
    return Sector(
        code=code,
        fr=words["fr"],
        en=words["en"],
        about_fr=words["about_fr"],
        about_en=words["about_en"],
        families=_codes(code, "families", frozenset(words["families_at_risk"])),
        steps=_codes(code, "steps"),
        schemes=_codes(code, "schemes"),
        proposal=CharterChoice(
            customers=words["customers"],
            requesters=words["requesters"],
            chain=words["chain"],
            families_at_risk=tuple(words["families_at_risk"]),
            questions=tuple(words["questions"]),
            target_partners=words["target_partners"],
            target_lines=words["target_lines"],
        ),
        without=frozenset(words.get("without", ())),
    )


def sectors() -> tuple[Sector, ...]:
    """Return all templates, the general one last."""
    return tuple(sector(code) for code in SECTORS)


def questions(sector_code: str = "") -> tuple[Question, ...]:
    """Return all questions that a set may hold, in the order in which they are asked.

    Those of a sector (a template's code) are without what it has no use for, and in its own words where it has some.
    """
    return _questions(sector_code if sector_code in SECTORS else "")


@lru_cache(maxsize=len(SECTORS) + 1)
def _questions(sector_code: str) -> tuple[Question, ...]:
    with (_FOLDER / "questions.csv").open(encoding="utf-8", newline="") as rows:
        found = (*(_question(row) for row in csv.DictReader(rows)), *bank.questions())
    if not sector_code:
        return found
    left_out, own = sector(sector_code).without, _own_words(sector_code)
    return tuple(_said_by(own.get(each.code, {}), each) for each in found if each.code not in left_out)


def _said_by(words: Mapping[str, str], question: Question) -> Question:
    """Return a question in a sector's own words, where it has some."""
    return replace(
        question,
        fr=words.get("fr", question.fr),
        en=words.get("en", question.en),
        help_fr=words.get("help_fr", question.help_fr),
        help_en=words.get("help_en", question.help_en),
    )


def _own_words(sector_code: str) -> dict[str, dict[str, str]]:
    """Return the words in which a sector asks a question otherwise, by the question's code."""
    written = _FOLDER / sector_code / "questions.csv"
    if not written.exists():
        return {}
    with written.open(encoding="utf-8", newline="") as rows:
        return {row.pop("code"): {name: said for name, said in row.items() if said} for row in csv.DictReader(rows)}


def question_set(codes: Collection[str], *, floored: bool, sector_code: str = "") -> tuple[Question, ...]:
    """Return what a set of these codes asks, in the order in which it is asked, in the words of a sector.

    Where a charter has minimums (`floored`) the family is asked as well: they hang on it. What is part of another
    question's rows is asked with that question alone.
    """
    wanted = {*codes, FAMILY} if floored and codes else set(codes)
    return tuple(
        each for each in questions(sector_code) if each.code in wanted and (not each.within or each.within in wanted)
    )


def _question(row: Mapping[str, str]) -> Question:
    return Question(
        code=row["code"],
        fr=row["fr"],
        en=row["en"],
        minutes=int(row["minutes"]),
        purpose_fr=row["purpose_fr"],
        purpose_en=row["purpose_en"],
        help_fr=row["help_fr"],
        help_en=row["help_en"],
        fields=tuple(row["fields"].split()),
        needed=Needed(row["needed"]),
        within=row["within"],
    )


def label(code: str, language: str) -> str:
    """Return the label of a family, step or scheme in the language; a code that no list holds is its own label."""
    known = _labels().get(code)
    return known.label(language) if known else code


@lru_cache(maxsize=1)
def _labels() -> dict[str, Code]:
    found: dict[str, Code] = {}
    for each in sectors():
        for code in (*each.families, *each.steps, *each.schemes):
            found.setdefault(code.code, code)
    return found


def _codes(code: str, name: str, at_risk: frozenset[str] = frozenset()) -> tuple[Code, ...]:
    with (_FOLDER / code / f"{name}.csv").open(encoding="utf-8", newline="") as rows:
        return tuple(Code(row["code"], row["fr"], row["en"], row["code"] in at_risk) for row in csv.DictReader(rows))
