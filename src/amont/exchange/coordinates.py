"""Points as people write them: decimals, degrees and minutes, both in one cell, decimal points lost, sides swapped."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product

from amont.exchange.cells import Wrong, number
from amont.kernel.points import Box, boxes

LATITUDE, LONGITUDE = 90, 180
MINUTES, SECONDS = 60, 3600
SHORTEST_LOST = 4
_PARTS = re.compile(r"\d+(?:[.,]\d+)?")
_SIDE = re.compile(r"(?<![A-Za-z])([NSEWO])(?![A-Za-z])", re.IGNORECASE)
_IS_ANGLE = re.compile(r"[°º˚'’′\"”″]|\d\s+\d+([.,]\d+)?\s+\d|(?<![A-Za-z])[NSEWO](?![A-Za-z])", re.IGNORECASE)
_WELL_KNOWN = re.compile(r"point\s*\(\s*(-?[\d.]+)\s+(-?[\d.]+)\s*\)", re.IGNORECASE)
_DECIMALS = re.compile(r"[-−+]?\s?\d{1,3}[.,]\d+|[-−+]?\s?\d{1,3}(?![\d.,])")


@dataclass(frozen=True, slots=True)
class Point:
    """A point as read; `how` says what was done to it ("" as written), `written` what stood there."""

    latitude: float
    longitude: float
    how: str = ""
    written: str = ""


@dataclass(frozen=True, slots=True)
class _Degrees:
    """One cell: its value in degrees, or the digits of one that lost its point; "N" or "E" where the cell says so."""

    value: float | None
    digits: str = ""
    sign: int = 1
    side: str = ""


def point(latitude: str, longitude: str, country: str, *, others: Sequence[Box] = ()) -> Point:
    """Return the point that two cells mean (or the first alone, with both in it).

    What the cells say goes before what they may mean: a value without its decimal point, sides swapped, or a sign left
    out is read otherwise only where that alone leads into the country, or, without one that is known, among the points
    of the `others`. Raises `Wrong`.
    """
    if not longitude.strip() or not latitude.strip():
        latitude, longitude = in_one(latitude.strip() or longitude.strip())
    north, east = _degrees(latitude, LATITUDE), _degrees(longitude, LONGITUDE)
    if (north.side, east.side) in {("E", "N"), ("E", ""), ("", "N")}:
        north, east = east, north
    parts = boxes(country) or tuple(others)
    plain = _plain(north, east)
    if plain is not None and (not parts or _lies(plain, parts) or not boxes(country)):
        return Point(*plain)
    written = f"{latitude.strip()}; {longitude.strip()}"[:80]
    found = list(dict.fromkeys(_otherwise(north, east, parts)))
    if len({(a, b) for a, b, _how in found}) == 1:
        return Point(*found[0], written)
    if found and plain is None:
        raise Wrong(code="point_lost")
    raise Wrong(code="point_elsewhere" if plain is not None else "no_point", country=country)


def in_one(written: str) -> tuple[str, str]:
    """Return the two cells that one holds: "1.76, 100.49", "1,76; 100,49", "1°45'N 100°29'E", "POINT(100.49 1.76)"."""
    known = _WELL_KNOWN.search(written)
    if known:
        return known[2], known[1]
    for mark in (";", "|", "/", "\t", "\n", ", "):
        parts = [each for each in written.split(mark) if any(letter.isdigit() for letter in each)]
        if len(parts) == 2:  # noqa: PLR2004 - a pair
            return parts[0], parts[1]
    sides = list(_SIDE.finditer(written))
    if len(sides) == 2:  # noqa: PLR2004 - a pair
        cut = sides[0].end() if written[: sides[0].start()].strip() else sides[1].start()
        return written[:cut], written[cut:]
    parts = written.split(",")
    if len(parts) == 2 and all("." in each for each in parts):  # noqa: PLR2004 - a pair
        return parts[0], parts[1]
    found = _DECIMALS.findall(written)
    if len(found) == 2 and not _DECIMALS.sub("", written).strip(" ,()[]"):  # noqa: PLR2004 - a pair
        return found[0], found[1]
    raise Wrong(code="no_pair")


def _degrees(written: str, most: int) -> _Degrees:
    text = written.strip().replace("−", "-").replace("–", "-")
    side = _SIDE.search(text)
    letter = side[1].upper() if side else ""
    sign = -1 if letter in {"S", "W", "O"} else 1
    axis = {"N": "N", "S": "N", "E": "E", "W": "E", "O": "E"}.get(letter, "")
    limit = {"N": LATITUDE, "E": LONGITUDE}.get(axis, LONGITUDE)
    if _IS_ANGLE.search(text):
        return _Degrees(sign * _angle(text), side=axis) if _angle(text) <= limit else _raise(most)
    bare = "".join(text.split())
    digits = bare.lstrip("+-").replace(".", "").replace(",", "").replace("'", "")
    lost = digits.isdigit() and len(digits) >= SHORTEST_LOST and _has_no_point(bare.lstrip("+-"))
    value = None if lost else float(number(bare))
    if value is not None and abs(value) > LONGITUDE:
        lost, value = len(digits) >= SHORTEST_LOST, None
        if not lost:
            _raise(most)
    return _Degrees(value, digits if lost else "", -1 if bare.startswith("-") else 1)


def _raise(most: int) -> _Degrees:
    raise Wrong(code="no_degrees", most=str(most))


def _has_no_point(bare: str) -> bool:
    """Tell whether no decimal point stands here: digits alone, or points that part them by threes."""
    for mark in (".", ","):
        first, *rest = bare.split(mark)
        if len(rest) > 1 and first.isdigit() and all(each.isdigit() for each in rest):
            return True
    return bare.isdigit()


def _angle(text: str) -> float:
    parts = [float(each.replace(",", ".")) for each in _PARTS.findall(text)]
    if not parts or len(parts) > 3 or any(each >= MINUTES for each in parts[1:]):  # noqa: PLR2004 - degrees to seconds
        raise Wrong(code="no_angle")
    degrees, minutes, seconds = (*parts, 0.0, 0.0)[:3]
    found = degrees + minutes / MINUTES + seconds / SECONDS
    return round(-found if text.lstrip().startswith("-") else found, 7)


def _plain(north: _Degrees, east: _Degrees) -> tuple[float, float] | None:
    if north.value is None or east.value is None or abs(north.value) > LATITUDE or abs(east.value) > LONGITUDE:
        return None
    return north.value, east.value


def _lies(found: tuple[float, float], parts: Sequence[Box]) -> bool:
    return any(part.holds(*found) for part in parts)


def _otherwise(north: _Degrees, east: _Degrees, parts: Sequence[Box]) -> Iterator[tuple[float, float, str]]:
    """Give the readings that lie in the country, the nearest to what is written first: these alone are given."""
    lost = north.value is None or east.value is None
    ways = (
        ("lost" if lost else "", north, east, (1,)),
        ("swapped", east, north, (1,)),
        ("sign", north, east, (1, -1)),
    )
    for how, first, second, signs in ways:
        found = [
            (a * one, b * other, how)
            for a, b in product(_values(first, LATITUDE), _values(second, LONGITUDE))
            for one, other in product(signs, signs)
            if _lies((a * one, b * other), parts)
        ]
        if found and how:
            yield from found
            return


def _values(cell: _Degrees, most: int) -> Iterator[float]:
    if cell.value is not None:
        if abs(cell.value) <= most:
            yield cell.value
        return
    for at in range(1, min(4, len(cell.digits))):
        value = float(f"{cell.digits[:at]}.{cell.digits[at:]}")
        if value <= most:
            yield cell.sign * value


def around(points: Sequence[tuple[float, float]]) -> tuple[Box, ...]:
    """Return the box around points that are certain, one degree wider; none of fewer than three."""
    if len(points) < 3:  # noqa: PLR2004 - two points say too little
        return ()
    norths, easts = zip(*points, strict=True)
    return (Box(min(norths) - 1, min(easts) - 1, max(norths) + 1, max(easts) + 1),)
