"""A chain as a map: land, the ways from supplier to buyer, and each place's mark at its site or in its country.

In a country the marks stand side by side, each as large as there are places known in that way.
"""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.utils.safestring import SafeString

from amont.kernel.shapes import Shapes
from amont.web.see import words
from amont.web.see.mapping.projection import HALF_TURN, Point, projected, way
from amont.web.see.mapping.standing import Arc, Stand, Standing
from amont.web.see.markup import markup, markup_join
from amont.web.shell import marks

WIDTH = 1000
SITE_MARK, SMALLEST_MARK, LARGEST_MARK, GAP = 10.0, 15.0, 44.0, 3.0
ROUNDS = 8
"""How often marks that overlap are moved apart."""

MANY_ARCS = 60
"""More arcs than so are drawn faint."""

Box = tuple[float, float, float, float]
"""West, north, east and south of what is taken on a map, in pixels."""

LABEL = 6.2
"""How wide a letter of a label is, on average."""

WHOLE = (projected((-180, 0))[0], projected((0, 84))[1], projected((180, 0))[0], projected((0, -56))[1])
"""West, north, east and south of what is shown of the whole world."""


@dataclass(frozen=True, slots=True)
class Frame:
    """The part of the world that a map shows, `height` pixels for a width of 1,000."""

    west: float
    north: float
    scale: float
    height: int

    def at(self, point: Point) -> Point:
        """Return where a point in degrees stands, in pixels."""
        x, y = projected(point)
        return round((x - self.west) * self.scale, 1), round((y - self.north) * self.scale, 1)


def frame(found: Standing, *, whole: bool = False) -> Frame:
    """Return the frame around all that stands on the map, with room around it, or around the whole world."""
    points = [projected(stand.point) for stand in found.stands]
    west, north, east, south = WHOLE
    if points and not (whole or _crosses_date_line(found)):
        width = max(1.25 * (max(x for x, _ in points) - min(x for x, _ in points)), 1.1)
        height = max(1.4 * (max(y for _, y in points) - min(y for _, y in points)), 0.48 * width)
        width = min(max(width, height / 0.75), east - west)
        middle = (max(x for x, _ in points) + min(x for x, _ in points)) / 2
        centre = (max(y for _, y in points) + min(y for _, y in points)) / 2
        west = max(west, min(east - width, middle - width / 2))
        east = west + width
        height = min(height, south - north)
        north = max(north, min(south - height, centre - height / 2))
        south = north + height
    scale = WIDTH / (east - west)
    return Frame(west, north, scale, round((south - north) * scale))


def _crosses_date_line(found: Standing) -> bool:
    points = {stand.number: stand.point for stand in found.stands}
    return any(abs(points[arc.supplier][0] - points[arc.buyer][0]) > HALF_TURN for arc in found.arcs)


def drawn(found: Standing, world: Shapes, shown: Frame, *, links: Mapping[int, str]) -> SafeString:
    """Return the body of a map, to stand within an `<svg>`. `links` are addresses by stand's number, if any."""
    codes = {stand.country for stand in found.stands}
    stands = {stand.number: stand for stand in found.stands}
    at = _apart(found, shown)
    labels = _labelled(found, at, shown)
    many = len(found.arcs) > MANY_ARCS
    ordered = _largest_first(found)
    return markup(
        '<defs>{}</defs><path class="land" d="{}"/><path class="land land-seen" d="{}"/>{}{}{}',
        marks.symbols(),
        _land(world, shown, without=codes),
        _land(world, shown, only=codes),
        markup_join("", "{}", ((_arc(each, stands, shown, many=many),) for each in found.arcs)),
        markup_join("", "{}", ((_stand(each, at[each.number], links),) for each in ordered)),
        markup_join("", "{}", ((_name(each, at[each.number], labels),) for each in ordered if not each.is_site)),
    )


def stand_title(stand: Stand) -> str:
    """Say in words what stands at one spot of the map."""
    counts = ", ".join(f"{count} {marks.WORDS[mark]}" for mark, count in stand.counts.items())
    if not stand.is_site:
        return f"{words.country(stand.country)}: {counts}"
    names = "; ".join(dict.fromkeys(f"{words.title(place)}, {words.about(place)}" for place in stand.places[:4]))
    return f"{names}: {counts}"


def _land(world: Shapes, shown: Frame, *, only: set[str] | None = None, without: set[str] | None = None) -> str:
    """Return the borders of countries within the frame as one path."""
    parts = []
    for code, rings in world.countries.items():
        if (only is not None and code not in only) or (without is not None and code in without):
            continue
        for ring in rings:
            points = [shown.at(point) for point in ring]
            if _is_within(points, shown):
                parts.append(_line(points) + "Z")
    return "".join(parts)


def _is_within(points: list[Point], shown: Frame) -> bool:
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return min(xs) < WIDTH and max(xs) > 0 and min(ys) < shown.height and max(ys) > 0


def _line(points: list[Point]) -> str:
    """Return a line as path data, in whole pixels where two points are not one."""
    found, before = [f"M{points[0][0]:g} {points[0][1]:g}"], points[0]
    for point in points[1:]:
        if point != before:
            found.append(f"{'L' if before is points[0] else ' '}{point[0]:g} {point[1]:g}")
            before = point
    return "".join(found)


def _arc(arc: Arc, stands: Mapping[int, Stand], shown: Frame, *, many: bool) -> SafeString:
    """Draw a way, as broad as there are steps on it, with a tip in its middle that points to the buyer."""
    start, end = stands[arc.supplier].point, stands[arc.buyer].point
    lines = [[shown.at(point) for point in line] for line in way(start, end)]
    longest = max(lines, key=len)
    return markup(
        '<path class="arc arc-{}{}" data-from="{}" data-to="{}" stroke-width="{}" d="{}"/>'
        '<path class="arc-tip" data-from="{}" data-to="{}" data-at="{} {}" d="{}"/>',
        arc.kind,
        SafeString(" arc-many" if many else ""),
        arc.buyer,
        arc.supplier,
        round(min(5.0, 0.9 + 0.55 * math.sqrt(arc.steps)), 1),
        "".join(_line(line) for line in lines),
        arc.buyer,
        arc.supplier,
        *longest[len(longest) // 2],
        _tip(longest[len(longest) // 2 - 1], longest[len(longest) // 2]),
    )


def _tip(before: Point, after: Point) -> str:
    """Return a small arrow head at the second of two points, as path data."""
    angle = math.atan2(after[1] - before[1], after[0] - before[0])
    sides = ((after[0] - 7 * math.cos(angle + turn), after[1] - 7 * math.sin(angle + turn)) for turn in (0.45, -0.45))
    (x1, y1), (x2, y2) = sides
    return f"M{x1:.1f} {y1:.1f}L{after[0]:.1f} {after[1]:.1f}L{x2:.1f} {y2:.1f}Z"


def _stand(stand: Stand, at: Point, links: Mapping[int, str]) -> SafeString:
    """Draw the marks at one spot side by side, with their counts."""
    body = markup(
        "<title>{}</title>{}",
        stand_title(stand),
        markup_join("", "{}", ((each,) for each in _marks(stand, at))),
    )
    if stand.number not in links:
        return markup('<g class="stand" id="spot-{}" data-at="{} {}">{}</g>', stand.number, *at, body)
    link = links[stand.number]
    return markup('<a class="stand" id="spot-{}" data-at="{} {}" href="{}">{}</a>', stand.number, *at, link, body)


def _name(stand: Stand, at: Point, labels: Mapping[int, Point]) -> SafeString:
    """Write a country's name; where there is no room for it, it shows only when one comes nearer."""
    x, y = labels.get(stand.number, (round(at[0]), round(at[1] - _height(stand) / 2 - 5)))
    crowded = SafeString("" if stand.number in labels else " crowded")
    name = words.country(stand.country)
    return markup('<text class="place-name{}" data-at="{} {}" x="{}" y="{}">{}</text>', crowded, *at, x, y, name)


def _marks(stand: Stand, at: Point) -> Iterator[SafeString]:
    x, y = at
    sizes = {mark: _size(stand, count) for mark, count in stand.counts.items()}
    left = x - _width(stand) / 2
    for mark, count in stand.counts.items():
        size = sizes[mark]
        middle = left + size / 2
        number = (
            markup('<text class="count" x="{}" y="{}">{}</text>', round(middle), round(y + size / 2 + 11), count)
            if count > 1
            else ""
        )
        yield markup(
            '<circle class="ground" cx="{}" cy="{}" r="{}"/>'
            '<use href="#mark-{}" class="mark-{}" x="{}" y="{}" width="{}" height="{}"/>{}',
            round(middle, 1),
            y,
            round(size / 2, 1),
            mark.value,
            mark.value,
            round(left, 1),
            round(y - size / 2, 1),
            size,
            size,
            number,
        )
        left += size + GAP


def _size(stand: Stand, count: int) -> float:
    """Return how large a mark is: at a site small, in a country by how many places it stands for."""
    if stand.is_site:
        return SITE_MARK
    return round(min(LARGEST_MARK, SMALLEST_MARK + 3.2 * (math.sqrt(count) - 1)), 1)


def _width(stand: Stand) -> float:
    counts = stand.counts.values()
    return sum(_size(stand, count) for count in counts) + GAP * (len(counts) - 1)


def _height(stand: Stand) -> float:
    return max(_size(stand, count) for count in stand.counts.values())


def _largest_first(found: Standing) -> list[Stand]:
    return sorted(found.stands, key=lambda each: (each.is_site, -len(each.places), each.number))


def _apart(found: Standing, shown: Frame) -> dict[int, Point]:
    """Return where the marks of each stand are drawn: those of countries are moved where they would overlap."""
    at = {stand.number: shown.at(stand.point) for stand in found.stands}
    countries = [stand for stand in found.stands if not stand.is_site]
    for _ in range(ROUNDS):
        for number, one in enumerate(countries):
            for other in countries[number + 1 :]:
                _push(at, one, other)
    return {number: (round(x, 1), round(y, 1)) for number, (x, y) in at.items()}


def _push(at: dict[int, Point], one: Stand, other: Stand) -> None:
    """Move two stands apart by half of what they overlap, up and down or sideways, whichever is less."""
    (x1, y1), (x2, y2) = at[one.number], at[other.number]
    across = (_width(one) + _width(other)) / 2 + 4 - abs(x1 - x2)
    down = (_height(one) + _height(other)) / 2 + 16 - abs(y1 - y2)
    if across <= 0 or down <= 0:
        return
    if across < down:
        half = across / 2 if x1 >= x2 else -across / 2
        at[one.number], at[other.number] = (x1 + half, y1), (x2 - half, y2)
    else:
        half = down / 2 if y1 >= y2 else -down / 2
        at[one.number], at[other.number] = (x1, y1 + half), (x2, y2 - half)


def _labelled(found: Standing, at: Mapping[int, Point], shown: Frame) -> dict[int, Point]:
    """Return where the names of countries are written: the fullest first, each only where nothing stands already.

    Sites alone may be written over: they are small, and come apart as one goes nearer.
    """
    taken: list[Box] = []
    for stand in found.stands:
        (x, y), half, tall = at[stand.number], _width(stand) / 2, _height(stand) / 2
        if not stand.is_site:
            counts = 12 if any(count > 1 for count in stand.counts.values()) else 0
            taken.append((x - half, y - tall, x + half, y + tall + counts))
    labels: dict[int, Point] = {}
    for stand in _largest_first(found):
        if not stand.is_site:
            for x, y in _beside(stand, at[stand.number]):
                half = LABEL * len(words.country(stand.country)) / 2
                box = (x - half, y - 11, x + half, y + 1)
                if _is_inside(box, shown) and not any(_overlap(box, other) for other in taken):
                    labels[stand.number] = (round(x), round(y))
                    taken.append(box)
                    break
    return labels


def _beside(stand: Stand, at: Point) -> Iterator[Point]:
    """Give where a country's name may be written: above its marks, below their counts, to the left, to the right."""
    (x, y), tall = at, _height(stand) / 2
    aside = (_width(stand) + LABEL * len(words.country(stand.country))) / 2 + 5
    yield x, y - tall - 5
    yield x, y + tall + (25 if any(count > 1 for count in stand.counts.values()) else 14)
    yield x - aside, y + 4
    yield x + aside, y + 4


def _is_inside(box: Box, shown: Frame) -> bool:
    return box[0] > 0 and box[1] > 0 and box[2] < WIDTH and box[3] < shown.height


def _overlap(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
