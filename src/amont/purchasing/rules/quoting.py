"""Quotes side by side: which price is the lowest of a line, and how far a quote lies above the lowest on average."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

LEAST_VENDORS, MOST_VENDORS = 2, 20
MOST_LINES = 200
LEAST_DAYS, MOST_DAYS = 3, 90
MOST_TERM = 365
_MOST_PRICE, _PLACES = Decimal(10) ** 11, -6


@dataclass(frozen=True, slots=True)
class Standing:
    """How one quote stands: lines priced, lines at the lowest price, and its level, 100 being the lowest everywhere.

    `one_of_each` is the sum of its prices, for a quote that prices every line.
    """

    priced: int
    lowest: int
    level: Decimal | None
    one_of_each: Decimal | None = None


def is_price(price: Decimal) -> bool:
    """Tell whether a price may be quoted: above zero, with six decimals at most."""
    return 0 < price < _MOST_PRICE and int(price.as_tuple().exponent) >= _PLACES


def lowest(quotes: Mapping[str, Mapping[int, Decimal]]) -> dict[int, Decimal]:
    """Return the lowest price of each line that anybody priced."""
    found: dict[int, Decimal] = {}
    for prices in quotes.values():
        for line, price in prices.items():
            found[line] = min(found.get(line, price), price)
    return found


def standings(quotes: Mapping[str, Mapping[int, Decimal]], lines: int) -> dict[str, Standing]:
    """Return how each quote stands. Lines weigh alike: what each buyer orders of them is nobody else's."""
    least = lowest(quotes)
    return {key: _standing(prices, least, lines) for key, prices in quotes.items()}


def _standing(prices: Mapping[int, Decimal], least: Mapping[int, Decimal], lines: int) -> Standing:
    above = [Fraction(price) / Fraction(least[line]) for line, price in prices.items()]
    level = 100 * sum(above, Fraction(0)) / len(above) if above else None
    told = None if level is None else Decimal(round(level * 10)) / 10
    whole = sum(prices.values(), Decimal(0)) if len(prices) == lines else None
    return Standing(len(prices), sum(each == 1 for each in above), told, whole)
