"""Words of certificates on pages."""

from django import template

from amont.web.see import words

register = template.Library()


@register.filter
def listed(code: str) -> str:
    """Say a scheme, step or family in the language of the page."""
    return words.listed(code)
