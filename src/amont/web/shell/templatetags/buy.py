"""Figures of purchasing as pages show them."""

from decimal import Decimal

from django import template
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

UNITS: dict[str, Promise] = {
    "EA": _("piece"),
    "C62": _("piece"),
    "BX": _("box"),
    "PK": _("pack"),
    "KGM": _("kg"),
    "LTR": _("litre"),
    "MTR": _("metre"),
    "RM": _("ream"),
    "SET": _("set"),
    "HUR": _("hour"),
}
"""Units of price lists in words: codes of UN/ECE Recommendation 20; others show as they are written."""
_CENTS = -2

register = template.Library()


@register.filter
def bare(value: Decimal | None) -> Decimal | str:
    """Return a figure without the zeros that say nothing: 2.500000 is 2.5; nothing for none."""
    return "" if value is None else Decimal(f"{value.normalize():f}")


@register.filter
def price(value: Decimal) -> Decimal:
    """Return a price with its cents, and with what lies below them only where there is something: 2.500000 is 2.50."""
    short = value.normalize()
    return short.quantize(Decimal("0.01")) if int(short.as_tuple().exponent) > _CENTS else Decimal(f"{short:f}")


@register.filter
def unit(code: str) -> Promise | str:
    """Say a unit in words."""
    return UNITS.get(code, code)
