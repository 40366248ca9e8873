"""Words of lines in pages."""

from collections.abc import Mapping

from django import template
from django.utils.functional import Promise

from amont.web.bring.words import BANDS, KINDS

register = template.Library()


@register.filter
def kind_word(kind: str) -> Promise | str:
    """Say the kind of a line in words."""
    return KINDS.get(kind, kind)


@register.filter
def band_word(band: str) -> Promise | str:
    """Say a band of yearly volume in words."""
    return BANDS.get(band, band)


@register.filter
def of(words: Mapping[str, str], code: str) -> str:
    """Return the word of a code, or the code itself."""
    return words.get(code, code)
