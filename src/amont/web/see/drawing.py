"""A chain as a drawing: an SVG laid out here on the server, safe by construction, coloured by classes alone."""

from collections.abc import Iterator, Mapping

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from amont.sight.facts import Chain, Place, Step
from amont.web.see import words
from amont.web.see.layout import Layout, Spot, laid_out
from amont.web.shell import marks

MOST_PLACES = 400


MARGIN = 8
BOX_WIDTH, BOX_HEIGHT = 212, 44
COLUMN, ROW = 256, 54
LETTERS = 31
"""Measures in pixels, and how many characters a line of text takes."""


def drawn(chain: Chain, *, name: str, links: Mapping[str, str]) -> SafeString:
    """Draw a chain: columns are tiers, the line itself at the left. `links` are addresses by place's ref.

    `name` is the id of the drawing, unique in its page. It can be walked through by keyboard, place by place.
    """
    layout = laid_out(chain, most=MOST_PLACES)
    places = {place.ref: place for place in chain.places}
    width = MARGIN * 2 + COLUMN * (layout.columns - 1) + BOX_WIDTH
    height = MARGIN * 2 + ROW * (layout.rows - 1) + BOX_HEIGHT
    title = _("The chain above %(line)s") % {"line": words.title(chain.root)}
    said = _("%(count)s places in %(tiers)s tiers; the same as a tree and as a table on this page.")
    return format_html(
        '<svg class="chain" id="{0}" role="group" aria-labelledby="{0}-title {0}-desc" viewBox="0 0 {1} {2}" '
        'width="{1}" height="{2}"><title id="{0}-title">{3}</title><desc id="{0}-desc">{4}</desc>{5}{6}</svg>',
        name,
        width,
        height,
        title,
        said % {"count": len(chain.places) - 1, "tiers": layout.columns - 1},
        format_html_join("", "{}", ((line,) for line in _lines(layout, places))),
        format_html_join("", "{}", ((box,) for box in _boxes(layout, places, links))),
    )


def _lines(layout: Layout, places: Mapping[str, Place]) -> Iterator[SafeString]:
    for step in layout.tree:
        yield _line(step, layout, places, "step")
    for step in layout.others:
        yield _line(step, layout, places, "step step-again")


def _line(step: Step, layout: Layout, places: Mapping[str, Place], kind: str) -> SafeString:
    """Draw one step as a curve from the right of the buyer's box to the left of the supplier's."""
    left, top = _corner(layout.spots[step.buyer])
    right, bottom = _corner(layout.spots[step.supplier])
    start, half = left + BOX_WIDTH, BOX_HEIGHT / 2
    bend = (COLUMN - BOX_WIDTH) / 2
    return format_html(
        '<path class="{} step-{}" d="M{} {}C{} {} {} {} {} {}"/>',
        kind,
        places[step.supplier].mark.value,
        start,
        top + half,
        start + bend,
        top + half,
        right - bend,
        bottom + half,
        right,
        bottom + half,
    )


def _boxes(layout: Layout, places: Mapping[str, Place], links: Mapping[str, str]) -> Iterator[SafeString]:
    for ref, spot in layout.spots.items():
        box = _box(places[ref], spot, layout.folded.get(ref, 0))
        yield format_html('<a href="{}">{}</a>', links[ref], box) if ref in links else box


def _box(place: Place, spot: Spot, folded: int) -> SafeString:
    """Draw one place: its mark, and beside it two lines of text; the whole of it as the box's own title."""
    left, top = _corner(spot)
    who, what = words.title(place), words.about(place)
    what = f"{what}. {words.ENDS[place.chain_end]}" if place.chain_end else what
    word = marks.WORDS[place.mark]
    more = _("+ %(count)s more") % {"count": folded} if folded else ""
    return format_html(
        '<g class="place place-{}"><title>{}: {}. {}</title><rect x="{}" y="{}" width="{}" height="{}" rx="3"/>{}'
        '<g class="mark-{}" transform="translate({} {})">{}</g>'
        '<text class="who-text" x="{}" y="{}">{}</text><text class="what-text" x="{}" y="{}">{}</text></g>',
        place.mark.value,
        word,
        who,
        what,
        left,
        top,
        BOX_WIDTH,
        BOX_HEIGHT,
        _end_bar(left + BOX_WIDTH - 3, top) if place.chain_end else "",
        place.mark.value,
        left + 8,
        top + BOX_HEIGHT / 2 - 8,
        marks.shapes(place.mark),
        left + 31,
        top + BOX_HEIGHT / 2 - 3,
        _cut(who, LETTERS - 5),
        left + 31,
        top + BOX_HEIGHT / 2 + 13,
        _cut(more or _short(place), LETTERS - 1),
    )


def _end_bar(left: float, top: float) -> SafeString:
    """Draw the bar at the right of a place where the chain ends."""
    return format_html('<path class="end-bar" d="M{} {}v{}"/>', left, top + 4, BOX_HEIGHT - 8)


def _short(place: Place) -> str:
    """Say what fits under a name: country, then step or family. That a chain ends there is the bar at the right."""
    parts = (words.country(place.country), words.listed(place.step) or words.listed(place.family))
    return " · ".join(part for part in parts if part)


def _corner(spot: Spot) -> tuple[float, float]:
    return MARGIN + spot.column * COLUMN, MARGIN + spot.row * ROW


def _cut(text: str, letters: int) -> str:
    return text if len(text) <= letters else text[: letters - 1].rstrip() + "…"
