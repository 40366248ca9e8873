"""The seven marks of how a place is known, drawn once: for pages, tables, drawings, maps and legends.

Each is made of shapes in a square of 16 units. They differ in form, not in colour: in black and white, in print
and for whoever does not see colours they stay distinct.

own: a disc within a ring. named: a full disc. nameless: a ring, hatched. origin: an empty ring.
sealed: a closed square with a bar. stated: a dotted ring. claimed: a ring drawn by hand, in pencil.
"""

from collections.abc import Iterator

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from amont.sight.facts import Mark

Shape = tuple[str, dict[str, str]]

STROKE = {"fill": "none", "stroke": "currentColor", "stroke-width": "1.5"}
FULL = {"fill": "currentColor", "stroke": "none"}
HATCH = "M3.4 8.9 8.9 3.4M4 11.9 11.9 4M7.1 12.6 12.6 7.1"
PENCIL = (
    "M11.8 1.6C7.6.7 2.6 3.1 2 7.4 1.5 11.3 4.6 14.2 8.3 14"
    " 12 13.8 14.3 10.8 13.9 7.6 13.4 3.9 9.6 1.8 6 3.1 3.9 3.9 2.7 5.6 2.9 8.6"
)

SHAPES: dict[Mark, tuple[Shape, ...]] = {
    Mark.OWN: (
        ("circle", {"cx": "8", "cy": "8", "r": "6.25", **STROKE}),
        ("circle", {"cx": "8", "cy": "8", "r": "3.25", **FULL}),
    ),
    Mark.NAMED: (("circle", {"cx": "8", "cy": "8", "r": "6.5", **FULL}),),
    Mark.NAMELESS: (
        ("circle", {"cx": "8", "cy": "8", "r": "6", **STROKE}),
        ("path", {"d": HATCH, **STROKE, "stroke-width": "1.2"}),
    ),
    Mark.ORIGIN: (("circle", {"cx": "8", "cy": "8", "r": "6", **STROKE}),),
    Mark.SEALED: (("path", {"d": "M2.5 2.5H13.5V13.5H2.5ZM4.5 7.2V8.8H11.5V7.2Z", "fill-rule": "evenodd", **FULL}),),
    Mark.STATED: (
        (
            "circle",
            {
                "cx": "8",
                "cy": "8",
                "r": "6",
                **STROKE,
                "stroke-width": "2",
                "stroke-linecap": "round",
                "stroke-dasharray": "0 3.77",
            },
        ),
    ),
    Mark.CLAIMED: (("path", {"d": PENCIL, **STROKE, "stroke-width": "1", "stroke-linecap": "round"}),),
}

WORDS = {
    Mark.OWN: _("Yours"),
    Mark.NAMED: _("Named"),
    Mark.NAMELESS: _("Nameless"),
    Mark.ORIGIN: _("Origin only"),
    Mark.SEALED: _("Sealed"),
    Mark.STATED: _("Stated, not confirmed"),
    Mark.CLAIMED: _("Your own claim"),
}

MEANINGS = {
    Mark.OWN: _("an article line of your organization"),
    Mark.NAMED: _("the firm agreed that you know it by name"),
    Mark.NAMELESS: _("country, step and certificates, without the name"),
    Mark.ORIGIN: _("country, step and family, nothing more"),
    Mark.SEALED: _("there is something; its owner keeps it closed"),
    Mark.STATED: _("what a firm says of its own supplier, who has not confirmed it"),
    Mark.CLAIMED: _("what you wrote yourself; you alone see it"),
}


def shapes(mark: Mark) -> SafeString:
    """Return the SVG elements of a mark, within a square of 16 units; they take the colour of the text."""
    return format_html_join("", "<{} {}/>", ((name, _written(drawn)) for name, drawn in SHAPES[mark]))


def svg(mark: Mark, *, size: int = 16) -> SafeString:
    """Return a mark as an inline picture of `size` pixels, silent for screen readers: words stand beside it."""
    return format_html(
        '<svg class="mark mark-{}" viewBox="0 0 16 16" width="{}" height="{}" aria-hidden="true" focusable="false">'
        "{}</svg>",
        mark.value,
        size,
        size,
        shapes(mark),
    )


def symbols() -> SafeString:
    """Return the seven marks as `<symbol id="mark-named">` and so on, for the `<defs>` of a drawing.

    Used as `<use href="#mark-named" class="mark-named" x=".." y=".." width="16" height="16"/>`.
    """
    return format_html_join(
        "", '<symbol id="mark-{}" viewBox="0 0 16 16">{}</symbol>', ((mark.value, shapes(mark)) for mark in Mark)
    )


def legend() -> Iterator[dict[str, object]]:
    """Give each mark's picture, word and meaning, in the order of the legend."""
    for mark in Mark:
        yield {"svg": svg(mark), "word": WORDS[mark], "meaning": MEANINGS[mark]}


def _written(drawn: dict[str, str]) -> SafeString:
    return format_html_join(" ", '{}="{}"', drawn.items())
