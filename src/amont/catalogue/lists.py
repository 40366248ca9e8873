"""The lists of codes of the cosmetics template: families, steps, schemes. A charter starts from them."""

import csv
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

_FOLDER = Path(__file__).parent / "data"


@dataclass(frozen=True, slots=True)
class Code:
    """One entry of a charter's list: its code and its label in French and English."""

    code: str
    fr: str
    en: str

    def label(self, language: str) -> str:
        """Return the label in "fr" (or a variety of it), else in English."""
        return self.fr if language.startswith("fr") else self.en


@lru_cache(maxsize=8)
def _list(name: str) -> tuple[Code, ...]:
    with (_FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as rows:
        return tuple(Code(row["code"], row["fr"], row["en"]) for row in csv.DictReader(rows))


def families() -> tuple[Code, ...]:
    """Return the families of items: palm, mica, glass..."""
    return _list("families")


def steps() -> tuple[Code, ...]:
    """Return the process steps: harvest, mill, refining, moulding..."""
    return _list("steps")


def schemes() -> tuple[Code, ...]:
    """Return the certificates and audits: rspo, fsc-coc, iso22716..."""
    return _list("schemes")


@lru_cache(maxsize=1)
def hs_headings() -> frozenset[str]:
    """Return the chapters (2 digits) and headings (4 digits) of the Harmonized System 2022."""
    text = (_FOLDER / "hs_headings.csv").read_text(encoding="utf-8")
    return frozenset(text.split()[1:])
