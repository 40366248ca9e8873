"""A chain as a small upright drawing: the viewer's own line at the foot, its sources above, tier over tier.

Positions are computed here; the marks are those of every other drawing. Labels say what the viewer may know.
"""

from collections import defaultdict
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from amont.catalogue.lists import steps as known_steps
from amont.kernel.countries import country_name
from amont.sight.facts import Chain, Mark, Place

WIDTH = 320
ROW = 74
FOOT = 46
MARK = 22
HEAD = 30
MOST_LABELLED = 4
LONGEST = {1: 40, 2: 26, 3: 18}
SHORTEST = 14


@dataclass(frozen=True, slots=True)
class Spot:
    """A place, or several gathered, where it stands in the drawing; `beside` counts the spots of its row."""

    places: tuple[Place, ...]
    x: float
    y: float
    beside: int


def climb(chain: Chain, *, title: str) -> SafeString:
    """Return the chain as an SVG picture with a title for screen readers; needs `mark_symbols` on the page."""
    rows = tiers(chain)
    height = (len(rows) - 1) * ROW + FOOT + HEAD
    spots = {
        group[0].ref: Spot(tuple(group), WIDTH * (at + 0.5) / len(row), height - FOOT - tier * ROW, len(row))
        for tier, row in enumerate(rows)
        for at, group in enumerate(row)
    }
    by_ref = {place.ref: spot for spot in spots.values() for place in spot.places}
    drawn = {
        (by_ref[step.buyer], by_ref[step.supplier])
        for step in chain.steps
        if {step.buyer, step.supplier} <= set(by_ref)
    }
    return format_html(
        '<svg class="climb" viewBox="0 0 {} {}" role="img" aria-label="{}">{}{}</svg>',
        WIDTH,
        height,
        title,
        format_html_join("", '<path class="way" d="{}"/>', ((_way(*pair),) for pair in sorted(drawn, key=_order))),
        format_html_join("", "{}", ((_spot(spot),) for spot in spots.values())),
    )


def tiers(chain: Chain) -> list[list[list[Place]]]:
    """Return the places by their distance from the root, each row in the order of the places below it.

    A row with more than can be labelled is gathered: places of one mark and one country stand together.
    """
    above: dict[str, list[str]] = defaultdict(list)
    for step in chain.steps:
        above[step.buyer].append(step.supplier)
    by_ref = {place.ref: place for place in (chain.root, *chain.places)}
    row, seen, rows = [chain.root], {chain.root.ref}, []
    while row:
        rows.append(_gathered(row))
        following = [ref for place in row for ref in above[place.ref] if ref in by_ref]
        row = [by_ref[ref] for ref in dict.fromkeys(following) if ref not in seen]
        seen.update(place.ref for place in row)
    return rows


def _gathered(row: list[Place]) -> list[list[Place]]:
    if len(row) <= MOST_LABELLED:
        return [[place] for place in row]
    groups: dict[tuple[str, str, str], list[Place]] = defaultdict(list)
    for place in row:
        groups[place.mark, place.country, place.organization].append(place)
    return list(groups.values())


def _order(pair: tuple[Spot, Spot]) -> tuple[float, ...]:
    return (pair[0].y, pair[0].x, pair[1].y, pair[1].x)


def _way(low: Spot, high: Spot) -> str:
    """Return the path from a buyer up to its supplier; within a row, or downwards, an arc over their marks."""
    half = MARK / 2 + 2
    if high.y >= low.y:
        top = min(low.y, high.y) - half - ROW * 0.3
        return f"M{low.x} {low.y - half}C{low.x} {top} {high.x} {top} {high.x} {high.y - half}"
    foot = high.y + half + 30
    bend = (low.y - half - foot) * 0.9
    return f"M{low.x} {low.y - half}C{low.x} {low.y - half - bend} {high.x} {foot + bend} {high.x} {foot}"


def _spot(spot: Spot) -> SafeString:
    above, below = words(spot.places[0])
    if len(spot.places) > 1:
        above, below = below or above, _("%d steps") % len(spot.places)
    half, most = MARK / 2, LONGEST.get(spot.beside, SHORTEST)
    mark = spot.places[0].mark.value
    return format_html(
        '<use href="#mark-{}" class="mark-{}" x="{}" y="{}" width="{}" height="{}"/>'
        '<text x="{}" y="{}" class="place">{}</text><text x="{}" y="{}" class="place soft">{}</text>',
        mark,
        mark,
        spot.x - half,
        spot.y - half,
        MARK,
        MARK,
        spot.x,
        spot.y + half + 13,
        _short(above, most),
        spot.x,
        spot.y + half + 26,
        _short(below, most),
    )


def words(place: Place) -> tuple[str, str]:
    """Return two short lines for a place: who or what it is, and where or at which step."""
    language = get_language() or "fr"
    where = country_name(place.country, language) if place.country else ""
    step = next((code.label(language) for code in known_steps() if code.code == place.step), "")
    if place.mark is Mark.OWN:
        return place.organization or place.name, where if place.organization else ""
    if place.mark is Mark.SEALED:
        return _("sealed"), ""
    return (place.organization or step or where), (where if place.organization or step else "")


def _short(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1].rstrip(" ,") + "…"
