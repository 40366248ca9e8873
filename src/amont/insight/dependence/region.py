"""A region: a circle around a point, or a polygon; what lies in it, what may. Pure, on shapely's plane of degrees."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from shapely import Point as Dot
from shapely import Polygon, box
from shapely.validation import explain_validity

from amont.kernel.points import boxes, metres
from amont.sight.facts import Mark, Place

Pair = tuple[float, float]
"""A point as (latitude, longitude) in degrees."""

FARTHEST_KM = 20_000
MOST_CORNERS = 500
_HALF_TURN = 180
_QUARTER_TURN = 90
_KM_OF_A_DEGREE = 111.2


class Why(StrEnum):
    """Why a region is none."""

    NUMBERS = "numbers"
    CORNERS = "corners"
    DATE_LINE = "date_line"
    CROSSES = "crosses"


class Unusable(ValueError):
    """A region that is none: why, and at which point (latitude, longitude) where there is one."""

    def __init__(self, why: Why, where: str = "") -> None:
        """Keep the reason."""
        self.why, self.where = why, where
        super().__init__(why.value, where)


@dataclass(frozen=True, slots=True)
class Region:
    """A polygon by its corners, or a circle of `km` around its one point."""

    corners: tuple[Pair, ...]
    km: float = 0.0

    @property
    def shape(self) -> Polygon:
        """Return it as a polygon of degrees, longitude first."""
        return Polygon([(longitude, latitude) for latitude, longitude in self.corners])


def circle(latitude: float, longitude: float, km: float) -> Region:
    """Return what lies within `km` of a point. Raises `Unusable`."""
    _check([(latitude, longitude)])
    if not 0 < km <= FARTHEST_KM:
        raise Unusable(Why.NUMBERS)
    return Region(((latitude, longitude),), km)


def polygon(corners: Sequence[Pair]) -> Region:
    """Return a polygon. Raises `Unusable` for one of less than three corners, crossing itself or the date line.

    Two corners more than half a turn apart cannot be told from a line around the other side of the earth.
    """
    _check(corners)
    found = tuple(dict.fromkeys(corners))
    if not 3 <= len(found) <= MOST_CORNERS:  # noqa: PLR2004 - a triangle
        raise Unusable(Why.CORNERS)
    around = zip(found, (*found[1:], found[0]), strict=True)
    for one, other in around:
        if abs(one[1] - other[1]) > _HALF_TURN:
            raise Unusable(Why.DATE_LINE, f"{one[0]:g}, {one[1]:g}")
    region = Region(found)
    if not region.shape.is_valid or not region.shape.area:
        raise Unusable(Why.CROSSES, _where(explain_validity(region.shape)))
    return region


def _check(points: Sequence[Pair]) -> None:
    for latitude, longitude in points:
        if not abs(latitude) <= _QUARTER_TURN:
            raise Unusable(Why.NUMBERS)
        if not abs(longitude) <= _HALF_TURN:
            raise Unusable(Why.DATE_LINE, f"{latitude:g}, {longitude:g}")


def _where(explained: str) -> str:
    """Return the point of what shapely explains, latitude first: "Self-intersection[2 1]" is "1, 2"."""
    _, _, rest = explained.partition("[")
    parts = rest.rstrip("]").split()
    return f"{float(parts[1]):.4g}, {float(parts[0]):.4g}" if len(parts) == 2 else ""  # noqa: PLR2004 - a pair


def lies_in(region: Region, place: Place) -> bool | None:
    """Tell whether a place lies in a region; None where that is not known: it may, as far as its country shows.

    Own items are no places to be stopped.
    """
    if place.mark is Mark.OWN:
        return False
    site = place.site
    if site is not None and site.latitude is not None and site.longitude is not None:
        if region.km:
            return metres(region.corners[0], (site.latitude, site.longitude)) <= region.km * 1000
        return bool(region.shape.covers(Dot(site.longitude, site.latitude)))
    if not place.country or not boxes(place.country):
        return None
    return None if _may_hold(region, place.country) else False


def _may_hold(region: Region, country: str) -> bool:
    """Tell whether the box of a part of a country touches a region; of a circle, whether its point nearest does."""
    for each in boxes(country):
        if not region.km and region.shape.intersects(box(each.west, each.south, each.east, each.north)):
            return True
        if region.km:
            latitude, longitude = region.corners[0]
            near = min(max(latitude, each.south), each.north), min(max(longitude, each.west), each.east)
            if metres((latitude, longitude), near) <= region.km * 1000 + _KM_OF_A_DEGREE * 1000:
                return True
    return False
