"""The frame around every picture of a chain, on the page and in files."""

from django.utils.html import format_html
from django.utils.safestring import SafeString

Size = tuple[int, int]


def framed(body: SafeString, size: Size, *, kind: str, title: str, description: str) -> SafeString:
    """Put a picture's body into its frame of `size` pixels, named for whoever does not see it.

    `kind` is chain or map: the class that dresses it.
    """
    return format_html(
        '<svg class="picture {0}" id="picture" role="group" aria-labelledby="picture-title picture-desc" '
        'viewBox="0 0 {1} {2}" width="{1}" height="{2}"><title id="picture-title">{3}</title>'
        '<desc id="picture-desc">{4}</desc>{5}</svg>',
        kind,
        *size,
        title,
        description,
        body,
    )
