"""Rules of answers: what a written value means, what is wrong with it, what is inherited, what is still to say."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Protocol, TypeVar

from amont.consortia.facts import AnswerType, Code, Question, Subject
from amont.kernel.folding import folded

LONGEST_NOTE = 400
EARLIEST = date(2000, 1, 1)
AHEAD = timedelta(days=731)
LONGEST_VALIDITY = timedelta(days=3660)
STALE_AFTER = timedelta(days=365)
MOST_CHOSEN = 60
FORMULA = re.compile(r"[=@]|[+\-](?![\d\s.,]|$)")
_NUMBER = re.compile(r"([+-]?[\d\s.,\u00a0\u202f'’]*\d)\s*(.*)", re.DOTALL)
_DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})|(\d{1,2})[/.](\d{1,2})[/.](\d{4})")
_THOUSANDS = re.compile(r"[\s\u00a0\u202f'’]")


class Why(StrEnum):
    """Why a written value does not do."""

    FORMULA = "formula"
    LONG = "long"
    CHOOSE = "choose"
    ONE = "one"
    NUMBER = "number"
    UNIT = "unit"
    RANGE = "range"
    DATE = "date"
    DAY = "day"


class Wrong(Exception):
    """A written value does not do: why, and what is to be told with it."""

    def __init__(self, why: Why, told: str = "") -> None:
        """Keep both."""
        self.code, self.told = why, told
        super().__init__(why.value)


@dataclass(frozen=True, slots=True)
class About:
    """What an answer is about: a site or an item (keys of one's own), the firm itself where neither is given."""

    site: int | None = None
    item: int | None = None


class Kept(Protocol):
    """An answer as it is kept."""

    question: str
    site_id: int | None
    item_id: int | None


A = TypeVar("A", bound=Kept)


def meant(
    question: Question, written: Sequence[str], *, choices: Sequence[Code], countries: Collection[Code], today: date
) -> tuple[str, ...]:
    """Return what was written as it is kept: codes, a bare number, a day as 2026-11-23, a text. None: ().

    `choices` are those of the question or of the charter's list. Codes and labels in either language do. Raises
    `Wrong`.
    """
    texts = [each.strip() for each in written if each.strip()]
    if not texts:
        return ()
    if any(FORMULA.match(each) for each in texts):
        raise Wrong(Why.FORMULA)
    if question.type is AnswerType.TEXT:
        return (_text(" ".join(texts), question.high or LONGEST_NOTE),)
    if question.type in {AnswerType.CHOICE, AnswerType.CHOICES}:
        return _chosen(texts, choices, many=question.type is AnswerType.CHOICES)
    if question.type in {AnswerType.COUNTRY, AnswerType.COUNTRIES}:
        return _chosen(texts, tuple(countries), many=question.type is AnswerType.COUNTRIES)
    if len(texts) > 1:
        raise Wrong(Why.ONE)
    return (_day(texts[0], today),) if question.type is AnswerType.DATE else (_number(texts[0], question),)


def _text(text: str, longest: int) -> str:
    if len(text) > longest:
        raise Wrong(Why.LONG, str(longest))
    return text


def _chosen(texts: Sequence[str], choices: Sequence[Code], *, many: bool) -> tuple[str, ...]:
    by_word = {folded(word): each.code for each in choices for word in (each.en, each.fr, each.code)}
    parts = [part for text in texts for part in _parts(text, by_word)] if many else list(texts)
    if len(parts) > 1 and not many:
        raise Wrong(Why.ONE)
    if len(parts) > MOST_CHOSEN:
        raise Wrong(Why.LONG, str(MOST_CHOSEN))
    unknown = [part for part in parts if folded(part) not in by_word]
    if unknown:
        raise Wrong(Why.CHOOSE, unknown[0][:80])
    return tuple(dict.fromkeys(by_word[folded(part)] for part in parts))


def _parts(text: str, by_word: Mapping[str, str]) -> list[str]:
    """Part what is written in one cell: by semicolons, or by commas where the whole is no entry by itself."""
    if folded(text) in by_word:
        return [text]
    return [part.strip() for part in re.split(r"[;\n]" if ";" in text else r"[,;\n]", text) if part.strip()]


def _number(text: str, question: Question) -> str:
    found = _NUMBER.fullmatch(text)
    if found is None:
        raise Wrong(Why.NUMBER)
    unit = folded(found.group(2))
    if unit and unit not in {folded(question.unit_fr), folded(question.unit_en)}:
        raise Wrong(Why.UNIT, question.unit_en)
    number = _decimal(found.group(1))
    low, high = question.low if question.low is not None else 0, question.high if question.high is not None else 10**9
    if not low <= number <= high:
        raise Wrong(Why.RANGE, f"{low}-{high}")
    return format(number.normalize(), "f")


def _decimal(text: str) -> Decimal:
    """Read a number as French and English people write it: the last of comma and point parts decimals off."""
    bare = _THOUSANDS.sub("", text)
    if "," in bare and "." in bare:
        thousands = "," if bare.rindex(".") > bare.rindex(",") else "."
        bare = bare.replace(thousands, "")
    try:
        return Decimal(bare.replace(",", "."))
    except InvalidOperation:
        raise Wrong(Why.NUMBER) from None


def _day(text: str, today: date) -> str:
    found = _DAY.fullmatch(text.split(" ", maxsplit=1)[0])
    if found is None:
        raise Wrong(Why.DATE)
    year, month, day, of_day, of_month, of_year = found.groups()
    try:
        read = date(int(year or of_year), int(month or of_month), int(day or of_day))
    except ValueError:
        raise Wrong(Why.DATE) from None
    if not EARLIEST <= read <= today + AHEAD:
        raise Wrong(Why.DAY, f"{EARLIEST.isoformat()}/{(today + AHEAD).isoformat()}")
    return read.isoformat()


def validity(text: str, today: date) -> date | None:
    """Return until when an answer holds, None where nothing is written. Raises `Wrong`."""
    if not text.strip():
        return None
    found = _DAY.fullmatch(text.strip().split(" ")[0])
    try:
        read = date.fromisoformat(_iso(found)) if found else None
    except ValueError:
        read = None
    if read is None:
        raise Wrong(Why.DATE)
    if not today <= read <= today + LONGEST_VALIDITY:
        raise Wrong(Why.DAY, f"{today.isoformat()}/{(today + LONGEST_VALIDITY).isoformat()}")
    return read


def _iso(found: re.Match[str]) -> str:
    year, month, day, of_day, of_month, of_year = found.groups()
    return f"{year or of_year}-{int(month or of_month):02}-{int(day or of_day):02}"


def is_stale(said_on: date, valid_until: date | None, today: date) -> bool:
    """Tell whether an answer is to be asked again: a year after, or once its validity has ended."""
    return today > valid_until if valid_until else today >= said_on + STALE_AFTER


def subjects_of(kind: str) -> Subject:
    """Return what questions an item of a kind is asked: those of packaging, or those of ingredients."""
    return Subject.PACKAGING if kind == "packaging" else Subject.INGREDIENT


class Book:
    """All answers of one owner that stand, looked up with what is inherited."""

    def __init__(self, answers: Iterable[A], site_of: Mapping[int, int | None]) -> None:
        """Keep them; `site_of` gives the site of each item (keys)."""
        self._by = {(each.question, each.site_id, each.item_id): each for each in answers}
        self._site_of = site_of

    def find(self, question: str, about: About) -> tuple[Kept | None, str]:
        """Return the answer that holds, and whence: "" for its own, "site" or "company" where it is inherited.

        An item inherits from its site, then from the firm; a site from the firm; an exception overrides.
        """
        own = self._by.get((question, about.site, about.item))
        if own is not None or about == About():
            return own, ""
        if about.item is not None and (site := self._site_of.get(about.item)):
            of_site = self._by.get((question, site, None))
            if of_site is not None:
                return of_site, "site"
        of_firm = self._by.get((question, None, None))
        return (of_firm, "company") if of_firm is not None else (None, "")
