"""Points on the earth: how far apart they are, and in which country they may lie."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from math import asin, cos, radians, sin, sqrt
from pathlib import Path

_FILE = Path(__file__).parent / "data" / "country_boxes.csv"
_EARTH = 6_371_008.8
_MARGIN = 0.2


@dataclass(frozen=True, slots=True)
class Box:
    """A part of a country between two parallels and two meridians, in degrees."""

    south: float
    west: float
    north: float
    east: float

    def holds(self, latitude: float, longitude: float) -> bool:
        """Tell whether a point lies in it, or within a fifth of a degree of it."""
        return (
            self.south - _MARGIN <= latitude <= self.north + _MARGIN
            and self.west - _MARGIN <= longitude <= self.east + _MARGIN
        )


@lru_cache(maxsize=1)
def _boxes() -> Mapping[str, tuple[Box, ...]]:
    found: dict[str, tuple[Box, ...]] = {}
    with _FILE.open(encoding="utf-8", newline="") as rows:
        for row in csv.DictReader(rows):
            box = Box(*(float(row[side]) for side in ("south", "west", "north", "east")))
            found[row["code"]] = (*found.get(row["code"], ()), box)
    return found


def boxes(country: str) -> tuple[Box, ...]:
    """Return the boxes of a country's parts, none for a country that has none in the list."""
    return _boxes().get(country, ())


def metres(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Return the distance between two points, (latitude, longitude) in degrees, along the earth's surface."""
    south, west = map(radians, one)
    north, east = map(radians, other)
    half = sin((north - south) / 2) ** 2 + cos(south) * cos(north) * sin((east - west) / 2) ** 2
    return 2 * _EARTH * asin(min(1.0, sqrt(half)))
