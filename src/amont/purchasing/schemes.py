"""The tier scheme of a stored agreement, as the rules read it."""

from decimal import Decimal
from fractions import Fraction

from amont.kernel.money import exact
from amont.purchasing.models import Agreement
from amont.purchasing.rules.schemes import Band, Formula, Period, Scheme


def scheme_of(row: Agreement) -> Scheme:
    """Return an agreement's tier scheme."""
    bands = tuple(
        Band(exact(Decimal(each["from"]), row.currency), Fraction(Decimal(each["rate"]))) for each in row.bands
    )
    return Scheme(row.currency, Formula(row.formula), bands, Period(row.first_on, row.last_on))
