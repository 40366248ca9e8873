"""Money: whole minor units of a currency (cents), and how amounts become them. Never a binary float."""

from decimal import Decimal
from fractions import Fraction

_DIGITS = {
    **dict.fromkeys("BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF".split(), 0),  # noqa: SIM905
    **dict.fromkeys("BHD IQD JOD KWD LYD OMR TND".split(), 3),  # noqa: SIM905
    **dict.fromkeys("CLF UYW".split(), 4),  # noqa: SIM905
}
"""Currencies whose minor unit is not a hundredth, by ISO 4217."""


def digits(currency: str) -> int:
    """Return how many decimals a currency has: 2 unless ISO 4217 says otherwise."""
    return _DIGITS.get(currency, 2)


def half_up(numerator: int, denominator: int) -> int:
    """Return a fraction rounded to a whole number, halves away from zero, so that a credit note mirrors its invoice."""
    found = (2 * abs(numerator) + denominator) // (2 * denominator)
    return found if numerator >= 0 else -found


def rounded(amount: Fraction) -> int:
    """Return an exact number of minor units rounded half-up to whole ones."""
    return half_up(amount.numerator, amount.denominator)


def minor(amount: Decimal, currency: str) -> int:
    """Return an amount of a currency as whole minor units, rounded half-up once."""
    numerator, denominator = amount.as_integer_ratio()
    return half_up(numerator * 10 ** digits(currency), denominator)


def exact(amount: Decimal, currency: str) -> Fraction:
    """Return an amount of a currency in minor units as it stands, not rounded."""
    return Fraction(amount) * int(10 ** digits(currency))


def amount(units: int, currency: str) -> Decimal:
    """Return whole minor units as an amount of the currency, with its decimals: 2400000 is 24000.00 EUR."""
    sign, places = ("-" if units < 0 else ""), digits(currency)
    whole, part = divmod(abs(units), 10**places)
    return Decimal(f"{sign}{whole}.{part:0{places}}" if places else f"{sign}{whole}")
