"""The frame around every picture of a chain, on the page and in files."""

from django.utils.html import format_html
from django.utils.safestring import SafeString

Size = tuple[int, int]


def framed(body: SafeString, size: Size, *, kind: str, title: str, description: str, top: int = 0) -> SafeString:
    """Put a picture's body into its frame of `size` pixels, named for whoever does not see it.

    `kind` is chain or map: the class that dresses it; `top` where the frame begins within the body, in pixels.
    """
    width, height = size
    return format_html(
        '<svg class="picture {0}" id="picture" role="group" aria-labelledby="picture-title picture-desc" '
        'viewBox="0 {1} {2} {3}" width="{2}" height="{3}"><title id="picture-title">{4}</title>'
        '<desc id="picture-desc">{5}</desc>{6}</svg>',
        kind,
        top,
        width,
        height,
        title,
        description,
        body,
    )
