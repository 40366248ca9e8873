"""A pasted list of firms to invite: one a line, in whatever order firm, address and language stand."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_CUT = re.compile(r"[;\t|,]")
_LANGUAGES = {"fr": "fr", "français": "fr", "french": "fr", "en": "en", "anglais": "en", "english": "en"}


@dataclass(frozen=True, slots=True)
class Pasted:
    """One line: its number from 1, and what was found in it; an empty field was not found."""

    line: int
    firm: str
    email: str
    language: str


def pasted(text: str, *, language: str) -> Iterator[Pasted]:
    """Give each line that is not empty; `language` is taken where a line names none."""
    for number, line in enumerate(text.splitlines(), start=1):
        cells = [cell.strip().strip('"<>').strip() for cell in _CUT.split(line)]
        cells = [cell for cell in cells if cell]
        if not cells:
            continue
        email = next((cell for cell in cells if "@" in cell), "")
        spoken = next((_LANGUAGES[cell.lower()] for cell in cells if cell.lower() in _LANGUAGES), "")
        firm = [cell for cell in cells if cell != email and cell.lower() not in _LANGUAGES]
        yield Pasted(number, ", ".join(firm), email.lower(), spoken or language)
