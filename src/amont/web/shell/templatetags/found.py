"""Words of consortia in pages."""

from django import template
from django.utils.functional import Promise

from amont.consortia.facts import SeatState
from amont.web.found.words import SEATS

register = template.Library()


@register.filter
def seat_word(state: SeatState) -> Promise:
    """Say where an offered seat is."""
    return SEATS[state]
