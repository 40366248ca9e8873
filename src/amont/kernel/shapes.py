"""The shapes of countries: read from the file that is shipped or the operator's own, made from TopoJSON. Pure.

The file holds degrees, longitude first, in steps of `STEP`. It is Natural Earth 1:50m as npm world-atlas has it, its
arcs thinned; who replaces it (AMONT_MAP_SHAPES) takes the borders of the new file with its name as source.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any

from babel.core import get_global

SHIPPED = Path(__file__).parent / "data" / "shapes.json"
STEP = 0.02
TOLERANCE = 0.12
"""Degrees by which a thinned border may stand off."""

HALF_TURN = 180.0
SMALLEST = 0.06
"""Square degrees: a smaller part of a country is left out, unless it is its largest."""

APART = {"GF": (-53.1, 4.0), "GP": (-61.5, 16.2), "MQ": (-61.0, 14.7), "RE": (55.5, -21.1), "YT": (45.2, -12.8)}
APART |= {"GI": (-5.3, 36.1), "TV": (179.2, -8.5), "SJ": (16.0, 78.5), "BQ": (-68.3, 12.2), "TK": (-171.8, -9.2)}
APART |= {"LI": (9.6, 47.2), "MC": (7.4, 43.7), "MO": (113.6, 22.2), "SX": (-63.1, 18.0), "MF": (-63.1, 18.1)}
APART |= {"CX": (105.6, -10.5), "CC": (96.8, -12.2), "XK": (20.9, 42.6)}
"""Middles of countries by ISO 3166 that the shapes draw with another country, or not at all."""

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Shapes:
    """`countries` are rings of points by ISO 3166 code ("" for land without one); `middles` a point within each."""

    source: str
    countries: Mapping[str, tuple[tuple[Point, ...], ...]]
    middles: Mapping[str, Point]


@lru_cache(maxsize=2)
def shapes(path: Path = SHIPPED) -> Shapes:
    """Return the shapes of a file."""
    found = json.loads(path.read_text(encoding="utf-8"))
    countries = {code: tuple(_read(ring) for ring in rings) for code, rings in found["countries"].items()}
    middles = APART | {code: _middle(max(rings, key=_area)) for code, rings in countries.items() if code and rings}
    return Shapes(found["source"], countries, middles)


def thinned(topology: Mapping[str, Any], *, source: str) -> str:
    """Return the text of a file of shapes made from TopoJSON whose ids are ISO 3166-1 numeric codes.

    Each border is thinned once for both its countries, so that they still meet. Antarctica is left out.
    """
    scale, translate = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = [_simplified(list(_absolute(arc, scale, translate))) for arc in topology["arcs"]]
    codes = get_global("territory_aliases")
    countries: dict[str, list[list[int]]] = {}
    for each in topology["objects"]["countries"]["geometries"]:
        code = (codes.get(str(each.get("id"))) or [""])[0]
        if code == "AQ":
            continue
        parts = each["arcs"] if each["type"] == "MultiPolygon" else [each["arcs"]]
        rings = [ring for part in parts for joined in part for ring in _at_date_line(_joined(arcs, joined))]
        largest = max(map(_area, rings), default=0.0)
        kept = [ring for ring in rings if _area(ring) >= min(SMALLEST, largest)]
        countries.setdefault(code, []).extend(_written(ring) for ring in kept)
    return json.dumps(
        {"source": source, "step": STEP, "countries": dict(sorted(countries.items()))}, separators=(",", ":")
    )


def _absolute(arc: Sequence[Sequence[int]], scale: Sequence[float], translate: Sequence[float]) -> Iterator[Point]:
    x = y = 0
    for dx, dy in arc:
        x, y = x + dx, y + dy
        yield x * scale[0] + translate[0], y * scale[1] + translate[1]


def _simplified(line: list[Point]) -> list[Point]:
    """Leave out points that stand off the line by less than the tolerance (Douglas and Peucker, 1973)."""
    kept = {0, len(line) - 1}
    waiting = [(0, len(line) - 1)]
    while waiting:
        first, last = waiting.pop()
        if last - first < 2:  # noqa: PLR2004 - nothing stands between two neighbours
            continue
        off, at = max((_off(line[number], line[first], line[last]), number) for number in range(first + 1, last))
        if off > TOLERANCE:
            kept.add(at)
            waiting += [(first, at), (at, last)]
    is_lost = line[0] == line[-1] and len(kept) < 4  # noqa: PLR2004 - an island is a triangle at least, closed
    return line if is_lost else [line[number] for number in sorted(kept)]


def _off(point: Point, start: Point, end: Point) -> float:
    (x, y), (x1, y1), (x2, y2) = point, start, end
    length = float((x2 - x1) ** 2 + (y2 - y1) ** 2)
    along = max(0.0, min(1.0, ((x - x1) * (x2 - x1) + (y - y1) * (y2 - y1)) / length)) if length else 0.0
    return float(((x - x1 - along * (x2 - x1)) ** 2 + (y - y1 - along * (y2 - y1)) ** 2) ** 0.5)


def _joined(arcs: Sequence[list[Point]], ring: Sequence[int]) -> list[Point]:
    points: list[Point] = []
    for number in ring:
        arc = arcs[number] if number >= 0 else arcs[~number][::-1]
        points += arc[1:] if points else arc
    return points


def _at_date_line(ring: list[Point]) -> list[list[Point]]:
    """Return a ring that crosses the date line as two, each on its own side; any other as it is."""
    points, turn = [ring[0]], 0.0
    for (x, _), (to_x, to_y) in pairwise(ring):
        turn += 360 if x - to_x > HALF_TURN else -360 if to_x - x > HALF_TURN else 0
        points.append((to_x + turn, to_y))
    found = []
    for shift in (-360.0, 0.0, 360.0):
        moved = [(x + shift, y) for x, y in points]
        cut = _on_one_side(_on_one_side(moved, HALF_TURN, 1), -HALF_TURN, -1)
        found += [[*cut, cut[0]]] if len({*cut}) > 2 else []  # noqa: PLR2004 - two points are no ring
    return found


def _on_one_side(ring: list[Point], border: float, side: int) -> list[Point]:
    """Return what of a ring lies west (`side` 1) or east (-1) of a meridian (Sutherland and Hodgman, 1974)."""
    found: list[Point] = []
    for (x, y), (to_x, to_y) in zip(ring[-1:] + ring[:-1], ring, strict=True):
        if ((x - border) * side <= 0) != ((to_x - border) * side <= 0):
            found.append((border, y + (to_y - y) * (border - x) / (to_x - x)))
        if (to_x - border) * side <= 0:
            found.append((to_x, to_y))
    return found


def _area(ring: Sequence[Point]) -> float:
    return abs(sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairwise(ring))) / 2


def _middle(ring: Sequence[Point]) -> Point:
    """Return the centre of gravity of a ring, by the formula for polygons."""
    terms = [(x1 * y2 - x2 * y1, x1 + x2, y1 + y2) for (x1, y1), (x2, y2) in pairwise(ring)]
    area = sum(term for term, _, _ in terms) * 3
    if not area:
        return ring[0]
    return sum(term * x for term, x, _ in terms) / area, sum(term * y for term, _, y in terms) / area


def _written(ring: Sequence[Point]) -> list[int]:
    """Return a ring as differences from point to point, in steps."""
    found: list[int] = []
    x = y = 0
    for point in ring:
        to_x, to_y = round(point[0] / STEP), round(point[1] / STEP)
        found += [to_x - x, to_y - y]
        x, y = to_x, to_y
    return found


def _read(ring: Sequence[int]) -> tuple[Point, ...]:
    points, x, y = [], 0, 0
    for dx, dy in zip(ring[::2], ring[1::2], strict=True):
        x, y = x + dx, y + dy
        points.append((x * STEP, y * STEP))
    return tuple(points)
