"""Price lists: what a quantity costs, which lines overlap, and whether an invoice line asks what was agreed."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from amont.kernel.money import digits, rounded
from amont.purchasing.rules.schemes import ALWAYS, Period


@dataclass(frozen=True, slots=True)
class PriceLine:
    """One agreed price: `price` for `base` units (a price per 100 has base 100), from a quantity on, on some days."""

    reference: str
    unit: str
    price: Decimal
    base: Decimal = Decimal(1)
    from_quantity: Decimal = Decimal(0)
    valid: Period = ALWAYS
    pack: Decimal = Decimal(1)


class NoSuchUnit(ValueError):
    """A quantity in a unit that nothing says how to convert: refused, never guessed."""


def converted(quantity: Decimal, *, unit: str, into: str, factors: Mapping[tuple[str, str], Fraction]) -> Fraction:
    """Return a quantity in another unit, exactly; `factors` says how many of the second one of the first is.

    Raises `NoSuchUnit`.
    """
    if unit == into:
        return Fraction(quantity)
    if (unit, into) in factors:
        return Fraction(quantity) * factors[unit, into]
    if (into, unit) in factors:
        return Fraction(quantity) / factors[into, unit]
    raise NoSuchUnit(unit)


def line_amount(quantity: Decimal, price: Decimal, *, base: Decimal = Decimal(1), currency: str) -> int:
    """Return what a line costs in minor units, rounded half-up once; a total is the sum of rounded lines."""
    return rounded(Fraction(quantity) * Fraction(price) / Fraction(base) * int(10 ** digits(currency)))


def exchanged(units: int, rate: Decimal, *, currency: str, into: str) -> int:
    """Return minor units of a foreign currency in the agreement's, once, at a rate (one of it in the agreement's)."""
    return rounded(Fraction(units, int(10 ** digits(currency))) * Fraction(rate) * int(10 ** digits(into)))


def overlaps(lines: Sequence[PriceLine]) -> Iterator[tuple[int, int]]:
    """Give each line that would price one quantity on one day twice, by position, after the first line it meets."""
    alike: dict[tuple[str, str, Decimal], list[int]] = defaultdict(list)
    for number, line in enumerate(lines):
        key = line.reference, line.unit, line.from_quantity
        there = next((one for one in alike[key] if meet(lines[one].valid, line.valid)), None)
        if there is None:
            alike[key].append(number)
        else:
            yield there, number


def meet(one: Period, other: Period) -> bool:
    """Tell whether two periods have a day in common."""
    ended = one.last is not None and other.first is not None and one.last < other.first
    begins = other.last is not None and one.first is not None and other.last < one.first
    return not ended and not begins


class Verdict(StrEnum):
    """What an invoice line is beside the list."""

    RIGHT = "right"
    OVER = "over"
    UNDER = "under"
    OFF_LIST = "off-list"


@dataclass(frozen=True, slots=True)
class Sold:
    """What an invoice line says was sold; a credit note's quantity is below zero."""

    reference: str
    unit: str
    quantity: Decimal
    on: date
    units: int


@dataclass(frozen=True, slots=True)
class Matched:
    """A line held against the list: the verdict, what it should have been and by how much it differs; minor units."""

    verdict: Verdict
    expected: int | None = None

    def differs_by(self, units: int) -> int:
        """Return by how much an amount lies above what was agreed; 0 for a line off the list."""
        return units - self.expected if self.expected is not None else 0


def priced(lines: Sequence[PriceLine], sold: Sold) -> PriceLine | None:
    """Return the line that prices what was sold: of those in force that day, that with the largest break reached."""
    held = [
        line
        for line in lines
        if (line.reference, line.unit) == (sold.reference, sold.unit)
        and sold.on in line.valid
        and line.from_quantity <= abs(sold.quantity)
    ]
    return max(held, key=lambda line: line.from_quantity, default=None)


def matched(lines: Sequence[PriceLine], sold: Sold, *, currency: str) -> Matched:
    """Hold a line against the list: right to the minor unit, over, under, or off the list."""
    line = priced(lines, sold)
    if line is None:
        return Matched(Verdict.OFF_LIST)
    expected = line_amount(sold.quantity, line.price, base=line.base, currency=currency)
    if sold.units == expected:
        return Matched(Verdict.RIGHT, expected)
    return Matched(Verdict.OVER if abs(sold.units) > abs(expected) else Verdict.UNDER, expected)
