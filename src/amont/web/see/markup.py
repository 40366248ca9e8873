"""SVG in pieces: strings escaped as Django escapes them, numbers as they are; quick, as a drawing has thousands."""

import html
from collections.abc import Iterable, Sequence

from django.utils.html import conditional_escape
from django.utils.safestring import SafeData, SafeString


def markup(text: str, *args: object, **named: object) -> SafeString:
    """Fill `text` as `format_html` does, at a third of its cost."""
    return SafeString(text.format(*map(_safe, args), **{name: _safe(value) for name, value in named.items()}))


def markup_join(between: str, text: str, rows: Iterable[Sequence[object]]) -> SafeString:
    """Fill `text` for each of the rows and put `between` (safe itself) between them."""
    return SafeString(between.join(text.format(*map(_safe, row)) for row in rows))


def _safe(value: object) -> object:
    kind = type(value)
    if kind is SafeString or kind is int or kind is float:
        return value
    return (
        html.escape(str(value))
        if kind is str
        else conditional_escape(value if isinstance(value, SafeData) else str(value))
    )
