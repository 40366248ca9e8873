"""A chain as a small upright drawing: the viewer's own line at the foot, its sources above, tier over tier.

Positions are computed here; the marks are those of every other drawing. Labels say what the viewer may know.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from textwrap import wrap

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from amont.catalogue.lists import steps as known_steps
from amont.kernel.countries import country_name
from amont.sight.facts import Chain, Mark, Place

WIDTH = 320
GAP = 26
LINE = 13
MARK = 22
HEAD = 14
MOST_LABELLED = 4
LONGEST = {1: 40, 2: 24, 3: 16}
SHORTEST = 12


@dataclass(frozen=True, slots=True)
class Spot:
    """A place, or several gathered, where it stands in the drawing, with the lines of its label, strong and soft."""

    places: tuple[Place, ...]
    x: float
    y: float
    strong: tuple[str, ...]
    soft: tuple[str, ...]

    @property
    def foot(self) -> float:
        """Return where its label ends."""
        return self.y + MARK / 2 + 4 + LINE * (len(self.strong) + len(self.soft))


def climb(chain: Chain, *, title: str) -> SafeString:
    """Return the chain as an SVG picture with a title for screen readers; needs `mark_symbols` on the page."""
    spots, height = _placed(tiers(chain))
    by_ref = {place.ref: spot for spot in spots for place in spot.places}
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
        format_html_join("", "{}", ((_spot(spot),) for spot in spots)),
    )


def _placed(rows: list[list[list[Place]]]) -> tuple[list[Spot], float]:
    """Return the spots, each row as high as its longest label needs, and the height of the whole."""
    labels = [[_label(group, len(row)) for group in row] for row in rows]
    depths = [MARK + 4 + LINE * max(len(strong) + len(soft) for strong, soft in row) for row in labels]
    height = HEAD + sum(depths) + GAP * (len(rows) - 1) + LINE
    spots, foot = [], float(height)
    for row, told, depth in zip(rows, labels, depths, strict=True):
        y = foot - depth - LINE / 2 + MARK / 2
        for at, (group, (strong, soft)) in enumerate(zip(row, told, strict=True)):
            spots.append(Spot(tuple(group), WIDTH * (at + 0.5) / len(row), y, strong, soft))
        foot -= depth + GAP
    return spots, height


def _label(group: list[Place], beside: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the lines of a label: nothing is cut, what is too long for one line goes on in the next."""
    above, below = words(group[0])
    if len(group) > 1:
        above, below = below or above, _("%d steps") % len(group)
    most = LONGEST.get(beside, SHORTEST)
    return tuple(wrap(above, most)), tuple(wrap(below, most))


def tiers(chain: Chain) -> list[list[list[Place]]]:
    """Return the places by tier, each row in the order of the places below it; what supplies a place is above it.

    A place reached by ways of several lengths stands as high as the longest; a way that closes a cycle counts for
    nothing. A row with more than can be labelled is gathered: places of one mark and one country stand together.
    """
    above: dict[str, list[str]] = defaultdict(list)
    for step in chain.steps:
        above[step.buyer].append(step.supplier)
    by_ref = {place.ref: place for place in (chain.root, *chain.places)}
    order, onward = _upward(chain.root.ref, {ref: [r for r in above[ref] if r in by_ref] for ref in by_ref})
    height = dict.fromkeys(order, 0)
    for ref in order:
        for supplier in onward[ref]:
            height[supplier] = max(height[supplier], height[ref] + 1)
    rows: list[list[Place]] = [[] for _tier in range(max(height.values()) + 1)]
    for ref in order:
        rows[height[ref]].append(by_ref[ref])
    return [_gathered(row) for row in _in_order(rows, onward)]


def _upward(root: str, above: Mapping[str, list[str]]) -> tuple[list[str], dict[str, list[str]]]:
    """Return the places reached from the root, buyers before suppliers, and the ways on that close no cycle."""
    onward: dict[str, list[str]] = {root: []}
    done: list[str] = []
    way, open_ways = {root: None}, [(root, iter(above[root]))]
    while open_ways:
        ref, rest = open_ways[-1]
        supplier = next(rest, None)
        if supplier is None:
            open_ways.pop()
            way.pop(ref)
            done.append(ref)
        elif supplier not in way:
            onward[ref].append(supplier)
            if supplier not in onward:
                onward[supplier], way[supplier] = [], None
                open_ways.append((supplier, iter(above[supplier])))
    return done[::-1], onward


def _in_order(rows: list[list[Place]], onward: Mapping[str, list[str]]) -> list[list[Place]]:
    """Sort each row as the places below it stand."""
    placed: dict[str, float] = {}
    below: dict[str, list[str]] = defaultdict(list)
    for buyer, suppliers in onward.items():
        for number, supplier in enumerate(suppliers):
            below[supplier].append(buyer)
            placed.setdefault(f"{buyer} {supplier}", number / (len(suppliers) + 1))
    for row in rows:
        row.sort(key=lambda place: min((placed[b] + placed[f"{b} {place.ref}"] for b in below[place.ref]), default=0))
        placed |= {place.ref: float(at) for at, place in enumerate(row)}
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
        top = min(low.y, high.y) - half - GAP
        return f"M{low.x} {low.y - half}C{low.x} {top} {high.x} {top} {high.x} {high.y - half}"
    foot = high.foot + 3
    bend = (low.y - half - foot) * 0.9
    return f"M{low.x} {low.y - half}C{low.x} {low.y - half - bend} {high.x} {foot + bend} {high.x} {foot}"


def _spot(spot: Spot) -> SafeString:
    half, mark = MARK / 2, spot.places[0].mark.value
    lines = [*((line, "place") for line in spot.strong), *((line, "place soft") for line in spot.soft)]
    return format_html(
        '<use href="#mark-{}" class="mark-{}" x="{}" y="{}" width="{}" height="{}"/>{}',
        mark,
        mark,
        spot.x - half,
        spot.y - half,
        MARK,
        MARK,
        format_html_join(
            "",
            '<text x="{}" y="{}" class="{}">{}</text>',
            ((spot.x, spot.y + half + LINE * (at + 1), kind, line) for at, (line, kind) in enumerate(lines)),
        ),
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
