"""What the text of a cell means, or why it does not do."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from difflib import get_close_matches
from functools import lru_cache

from amont.catalogue import rules
from amont.catalogue.lists import Code, hs_headings
from amont.exchange import numbers, words
from amont.kernel import countries
from amont.kernel.folding import folded
from amont.kernel.identifiers import NAMES, Unfit, identifier
from amont.kernel.ids import is_public_id

Reader = Callable[[str], object]
LONGEST_NEAR = 40
PLAIN = re.compile("[A-Za-z0-9]")
_ONE_WAY = re.compile(r"[0-9]+(?:\.[0-9]+)?")
HEADING = 4
ERRORS = frozenset(
    {
        "#N/A",
        "#N/D",
        "#REF!",
        "#VALUE!",
        "#VALEUR!",
        "#DIV/0!",
        "#NAME?",
        "#NOM?",
        "#NULL!",
        "#NUL!",
        "#NUM!",
        "#NOMBRE!",
        "#SPILL!",
        "#PROPAGATION!",
        "#CALC!",
    }
)
"""What a spreadsheet shows in a cell whose formula has no value, in English and in French."""
OF_A_REGISTRY = frozenset({"siren", "siret", "lei", "vat"})


class Wrong(Exception):
    """A cell does not do: `code` names the reason, `said` fills its words."""

    def __init__(self, *, code: str, **said: str) -> None:
        """Keep both."""
        self.code, self.said = code, said
        super().__init__(code)


@dataclass(frozen=True, slots=True)
class CellError:
    """One cell that does not do; `column` is None for the whole row."""

    row: int
    column: int | None
    value: str
    code: str
    said: Mapping[str, str] = field(default_factory=dict)


def check_value(written: str) -> None:
    """Raise `Wrong` for a cell whose formula had no value."""
    if written in ERRORS:
        raise Wrong(code="no_value", written=written)


def text(longest: int) -> Callable[[str], str]:
    """Return a reader of plain text up to `longest` characters."""

    def read(written: str) -> str:
        found = " ".join(written.split())
        if len(found) > longest:
            raise Wrong(code="too_long", longest=str(longest), length=str(len(found)))
        return found

    return read


def name(longest: int) -> Callable[[str], str]:
    """Return a reader of a name: text that holds a letter or a digit."""
    plain = text(longest)

    def read(written: str) -> str:
        found = plain(written)
        if not PLAIN.search(found) and not folded(found):
            raise Wrong(code="no_name")
        return found

    return read


def public_id(written: str) -> str:
    """Return an id that this house wrote into a file; anything else says nothing, and the row is found otherwise."""
    found = written.strip().lower()
    return found if is_public_id(found) else ""


def kind(written: str) -> str:
    """Return the kind of line behind a word in French or English."""
    known = words.words("kinds")
    found = known.get(folded(written)) or known.get(folded(written).rstrip("s"))
    if found is None:
        raise Wrong(code="unknown_kind")
    return found


def language(written: str) -> str:
    """Return "fr" for French, "en" for any other language that is known."""
    found = words.words("languages").get(folded(written))
    if found is None:
        raise Wrong(code="unknown_language")
    return found


@lru_cache(maxsize=4096)
def country(written: str) -> str:
    """Return the country's code behind a code or a name."""
    found = countries.country_code(written)
    if found is None:
        raise Wrong(code="unknown_country", near=_near_country(folded(written)))
    return found


@lru_cache(maxsize=1)
def _country_names() -> Mapping[str, str]:
    return {folded(word): word for each in countries.countries() for word in (each.fr, each.en)}


@lru_cache(maxsize=4096)
def _near_country(written: str) -> str:
    return near_word(written, _country_names(), cutoff=0.75)


def near_word(written: str, words_by_folded: Mapping[str, str], *, cutoff: float) -> str:
    """Return the word nearest to what was written among those that begin with its letter, "" if none is near."""
    alike = [each for each in words_by_folded if each[:1] == written[:1]]
    found = get_close_matches(written[:LONGEST_NEAR], alike, n=1, cutoff=cutoff)
    return words_by_folded[found[0]] if found else ""


def hs_code(written: str) -> str:
    """Return the digits of a customs code whose chapter and heading exist."""
    digits = rules.hs_shape(written)
    if digits is None:
        bare = "".join(each for each in written if each.isdigit())
        lost = len(bare) + 1 in rules.HS_LENGTHS and f"0{bare}"[:HEADING] in hs_headings()
        raise Wrong(code="hs_zero", near=f"0{bare}") if lost else Wrong(code="hs_shape")
    if digits[:HEADING] not in hs_headings():
        raise Wrong(code="hs_unknown", heading=digits[:HEADING])
    return digits


def family(codes: tuple[Code, ...]) -> Callable[[str], str]:
    """Return a reader of families: a code of the list, its label in French or English, or a usual word for it."""
    listed = {each.code for each in codes}
    known = {word: code for word, code in words.words("families").items() if code in listed}
    known |= {folded(word): each.code for each in codes for word in (each.code, each.fr, each.en)}
    labels = {folded(each.fr): each.fr for each in codes} | {folded(each.en): each.en for each in codes}

    @lru_cache(maxsize=4096)
    def near(written: str) -> str:
        return near_word(written, labels, cutoff=0.6)

    @lru_cache(maxsize=4096)
    def read(written: str) -> str:
        found = known.get(folded(written))
        if found is None:
            raise Wrong(code="unknown_family", near=near(folded(written)))
        return found

    return read


def number(written: str, *, decimal: str = ".") -> Decimal:
    """Return a number; `decimal` is the sign before decimals where it can be read two ways."""
    found = numbers.number(written, decimal=decimal)
    if found is None:
        raise Wrong(code="no_number")
    return found


def unit(written: str) -> str:
    """Return the unit as it is kept; one that is not known stays as written, up to 12 characters."""
    return words.words("units").get(folded(written)) or text(12)(written)


def volume_band(written: str, unit_written: str, *, decimal: str = ".") -> str:
    """Return the band of a yearly volume: a band as it is, or a number in the unit beside it (none: tonnes)."""
    if _ONE_WAY.fullmatch(written) and (decimal == "." or "." not in written):  # most volumes; the rest, below
        return rules.band_of(Decimal(written) / words.A_TONNE.get(_unit_code(unit_written), Decimal(1)))
    bare = "".join(written.split()).replace("–", "-").replace("à", "-")
    if bare in {band for _limit, band in rules.BANDS}:
        return bare
    if band := words.words("bands").get(folded(written)):
        return band
    amount, beside = _cut(written)
    per_tonne = words.A_TONNE.get(_unit_code(beside or unit_written), Decimal(1))
    volume = number(amount, decimal=decimal) / per_tonne
    if volume < 0:
        raise Wrong(code="negative")
    return rules.band_of(volume)


@lru_cache(maxsize=1024)
def _unit_code(written: str) -> str:
    return words.words("units").get(folded(written), "t")


def _cut(written: str) -> tuple[str, str]:
    """Return the number and the unit of "1 200 kg"."""
    at = next((position for position, each in enumerate(written) if each.isalpha()), len(written))
    return written[:at].strip(), written[at:].strip()


def coordinate(most: int) -> Callable[[str], float]:
    """Return a reader of degrees between -`most` and `most`, with a point or a comma."""

    def read(written: str) -> float:
        found = float(number(written, decimal="," if "," in written else "."))
        if not -most <= found <= most:
            raise Wrong(code="no_degrees", most=str(most))
        return found

    return read


def registry_id(written: str) -> str:
    """Return a registry number; one that looks like a SIREN, SIRET, LEI or European VAT number must hold as such."""
    bare = "".join(each for each in written.upper() if each.isalnum())
    try:
        found = identifier(written)
    except Unfit as unfit:
        if unfit.kind in OF_A_REGISTRY:
            raise Wrong(code="registry_digits", what=NAMES[unfit.kind]) from unfit
        found = None
    if found is not None and found.kind in OF_A_REGISTRY:
        return found.value
    return text(40)(bare if bare[:2].isalpha() or bare.isdigit() else written)


def mail(is_mail: Callable[[str], bool]) -> Callable[[str], str]:
    """Return a reader of one mail address."""

    def read(written: str) -> str:
        bare = written.strip().removeprefix("mailto:")
        if any(mark in bare for mark in ";, ") and bare.count("@") > 1:
            raise Wrong(code="many_mails")
        if not is_mail(bare):
            raise Wrong(code="no_mail")
        return bare.lower()

    return read
