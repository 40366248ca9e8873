"""Which document lines count: each once, whatever the channel it came by and however often."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from amont.kernel.money import minor
from amont.purchasing.rules.settling import Event


@dataclass(frozen=True, slots=True)
class DocumentLine:
    """One line of an invoice or credit note as it was received: `amount` net of VAT, as written."""

    document: str
    line: str
    amount: Decimal
    event: Event


Key = tuple[str, str]


def contradictions(lines: Iterable[DocumentLine]) -> Iterator[tuple[int, int]]:
    """Give every line that came before with another amount, day or adherent, and that one, by their places from 0."""
    first: dict[Key, tuple[int, DocumentLine]] = {}
    for number, line in enumerate(lines):
        place, said = first.setdefault((line.document, line.line), (number, line))
        if _says(said) != _says(line):
            yield number, place


def counted_once(lines: Iterable[DocumentLine], currency: str) -> Iterator[Event]:
    """Give one event for each document line, rounded half-up to the minor unit, known from the first day it came.

    Of lines without `contradictions`; their order and repetition change nothing.
    """
    seen: dict[Key, DocumentLine] = {}
    for line in lines:
        key = (line.document, line.line)
        if key not in seen or line.event.known < seen[key].event.known:
            seen[key] = line
    for line in seen.values():
        yield replace(line.event, units=minor(line.amount, currency))


def _says(line: DocumentLine) -> tuple[Decimal, str, date]:
    return line.amount, line.event.adherent, line.event.on


_SIREN, _SIRET = 9, 14


def is_of(seller: str, supplier: str) -> bool:
    """Tell whether a document is the supplier's own by the register's numbers: one of another firm never counts.

    So what a buyer resells to another stays out. A French establishment's number stands for its firm; a number that is
    not known rules nothing out.
    """
    numbers = [_firm(each) for each in (seller, supplier)]
    return not all(numbers) or numbers[0] == numbers[1]


def _firm(number: str) -> str:
    said = "".join(each for each in number.upper() if each.isalnum())
    return said[:_SIREN] if said.isdigit() and len(said) == _SIRET else said


def day_that_counts(dated_on: date, *, corrected: date | None = None) -> date:
    """Return the day on which a document counts: its own date, whatever the day it was ordered, delivered or received.

    A credit note counts on the day of the invoice that it corrects.
    """
    return corrected or dated_on
