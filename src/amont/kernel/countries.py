"""Countries: ISO 3166-1 codes, their names in French and English, and the code behind what somebody wrote."""

import csv
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from amont.kernel.folding import folded

_FILE = Path(__file__).parent / "data" / "countries.csv"
_ALPHA_2 = 2


@dataclass(frozen=True, slots=True)
class Country:
    """One country: its ISO 3166-1 alpha-2 code and its short names."""

    code: str
    fr: str
    en: str


@lru_cache(maxsize=1)
def _table() -> tuple[dict[str, Country], dict[str, str]]:
    countries: dict[str, Country] = {}
    words: dict[str, str] = {}
    with _FILE.open(encoding="utf-8", newline="") as rows:
        for row in csv.DictReader(rows):
            code = row["code"]
            countries[code] = Country(code, row["fr"], row["en"])
            for word in (row["fr"], row["en"], row["alpha3"], *row["others"].split("|")):
                words.setdefault(folded(word), code)
    words.pop("", None)
    return countries, words


def countries(language: str = "en") -> tuple[Country, ...]:
    """Return all countries in the order of their names in `language` ("fr" or "en")."""
    return tuple(sorted(_table()[0].values(), key=lambda each: folded(each.fr if language == "fr" else each.en)))


def country_name(code: str, language: str) -> str:
    """Return the country's short name in "fr" or "en" (any other language: English); an unknown code as it is."""
    country = _table()[0].get(code)
    if country is None:
        return code
    return country.fr if language.startswith("fr") else country.en


def country_code(written: str) -> str | None:
    """Return the alpha-2 code behind a code (2 or 3 letters) or a name in French or English; None if unknown."""
    known, words = _table()
    bare = written.strip().upper()
    if len(bare) == _ALPHA_2 and bare in known:
        return bare
    return words.get(folded(written))
