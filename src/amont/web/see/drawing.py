"""A chain as a drawing: an SVG laid out here on the server, safe by construction, coloured by classes alone."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from amont.sight.facts import Chain, Place, Step
from amont.web.see import words
from amont.web.see.layout import Layout, Spot, laid_out
from amont.web.shell import marks

MOST_PLACES = 400


@dataclass(frozen=True, slots=True)
class Size:
    """Measures of a drawing, in pixels, and how many characters a line of text takes."""

    box_width: int
    box_height: int
    column: int
    row: int
    letters: int


LARGE = Size(box_width=212, box_height=44, column=256, row=54, letters=31)
SMALL = Size(box_width=150, box_height=40, column=178, row=48, letters=21)
MARGIN = 8


def drawn(chain: Chain, *, name: str, links: Mapping[str, str] | None = None, small: bool = False) -> SafeString:
    """Draw a chain: columns are tiers, the line itself at the left. `links` are addresses by place's ref.

    `name` is the id of the drawing, unique in its page. Small ones bear no links and are one picture to a screen
    reader, described in words; large ones can be walked through by keyboard.
    """
    size = SMALL if small else LARGE
    layout = laid_out(chain, most=MOST_PLACES)
    places = {place.ref: place for place in chain.places}
    width = MARGIN * 2 + size.column * (layout.columns - 1) + size.box_width
    height = MARGIN * 2 + size.row * (layout.rows - 1) + size.box_height
    return format_html(
        '<svg class="chain{}" id="{}" role="{}" aria-labelledby="{}-title {}-desc" viewBox="0 0 {} {}" '
        'width="{}" height="{}"><title id="{}-title">{}</title><desc id="{}-desc">{}</desc>{}{}</svg>',
        " chain-small" if small else "",
        name,
        "img" if small else "group",
        name,
        name,
        width,
        height,
        width,
        height,
        name,
        _("The chain above %(line)s") % {"line": words.title(chain.root)},
        name,
        _("%(count)s places in %(tiers)s tiers; the same as a tree and as a table on this page.")
        % {"count": len(chain.places) - 1, "tiers": layout.columns - 1},
        format_html_join("", "{}", ((line,) for line in _lines(layout, places, size))),
        format_html_join("", "{}", ((box,) for box in _boxes(layout, places, size, links or {}))),
    )


def _lines(layout: Layout, places: Mapping[str, Place], size: Size) -> Iterator[SafeString]:
    for step in layout.tree:
        yield _line(step, layout, places, size, "step")
    for step in layout.others:
        yield _line(step, layout, places, size, "step step-again")


def _line(step: Step, layout: Layout, places: Mapping[str, Place], size: Size, kind: str) -> SafeString:
    """Draw one step as a curve from the right of the buyer's box to the left of the supplier's."""
    left, top = _corner(layout.spots[step.buyer], size)
    right, bottom = _corner(layout.spots[step.supplier], size)
    start, half = left + size.box_width, size.box_height / 2
    bend = (size.column - size.box_width) / 2
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


def _boxes(layout: Layout, places: Mapping[str, Place], size: Size, links: Mapping[str, str]) -> Iterator[SafeString]:
    for ref, spot in layout.spots.items():
        box = _box(places[ref], spot, size, layout.folded.get(ref, 0))
        yield format_html('<a href="{}">{}</a>', links[ref], box) if ref in links else box


def _box(place: Place, spot: Spot, size: Size, folded: int) -> SafeString:
    """Draw one place: its mark, and beside it two lines of text; the whole of it as the box's own title."""
    left, top = _corner(spot, size)
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
        size.box_width,
        size.box_height,
        _end_bar(left + size.box_width - 3, top, size) if place.chain_end else "",
        place.mark.value,
        left + 8,
        top + size.box_height / 2 - 8,
        marks.shapes(place.mark),
        left + 31,
        top + size.box_height / 2 - 3,
        _cut(who, size.letters - 5),
        left + 31,
        top + size.box_height / 2 + 13,
        _cut(more or _short(place), size.letters - 1),
    )


def _end_bar(left: float, top: float, size: Size) -> SafeString:
    """Draw the bar at the right of a place where the chain ends."""
    return format_html('<path class="end-bar" d="M{} {}v{}"/>', left, top + 4, size.box_height - 8)


def _short(place: Place) -> str:
    """Say what fits under a name: country, then step or family. That a chain ends there is the bar at the right."""
    parts = (words.country(place.country), words.listed(place.step) or words.listed(place.family))
    return " · ".join(part for part in parts if part)


def _corner(spot: Spot, size: Size) -> tuple[float, float]:
    return MARGIN + spot.column * size.column, MARGIN + spot.row * size.row


def _cut(text: str, letters: int) -> str:
    return text if len(text) <= letters else text[: letters - 1].rstrip() + "…"
