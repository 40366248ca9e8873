"""Figures of purchasing as pages show them."""

from decimal import Decimal

from django import template

register = template.Library()


@register.filter
def bare(value: Decimal | None) -> Decimal | str:
    """Return a figure without the zeros that say nothing: 2.500000 is 2.5; nothing for none."""
    return "" if value is None else Decimal(f"{value.normalize():f}")
