"""Where the places of a chain stand on the map: at their site where its coordinates show, else in their country. Pure.

Nothing here is finer than the view: coordinates are there only where sight gave them, and a place without a name has
no more than its country.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from amont.sight.facts import Chain, Mark, Place
from amont.web.see.mapping.projection import Point

Spot = tuple[str, Point]


@dataclass(frozen=True, slots=True)
class Stand:
    """Places that stand together: at one site (`is_site`), or somewhere in one country, at its middle.

    `number` is the position of the first of them within the chain.
    """

    number: int
    point: Point
    country: str
    is_site: bool
    places: tuple[Place, ...]

    @property
    def counts(self) -> dict[Mark, int]:
        """Return how many of the places are known in which way, in the order of the legend."""
        found = Counter(place.mark for place in self.places)
        return {mark: found[mark] for mark in Mark if found[mark]}


@dataclass(frozen=True, slots=True)
class Arc:
    """A way between two stands (by number), from supplier to buyer: `steps` steps known in one way (`kind`)."""

    supplier: int
    buyer: int
    kind: str
    steps: int


@dataclass(frozen=True, slots=True)
class Standing:
    """A chain on the map. `nowhere` is how many places show no country, and so stand nowhere."""

    stands: tuple[Stand, ...]
    arcs: tuple[Arc, ...]
    nowhere: int


def standing(chain: Chain, middles: Mapping[str, Point], *, home: str = "") -> Standing:
    """Return where the places of a chain stand. `home` is the viewer's own country, for its items that bear none."""
    groups: dict[Spot, list[int]] = {}
    for number, place in enumerate(chain.places):
        spot = _spot(place, middles, home)
        if spot is not None:
            groups.setdefault(spot, []).append(number)
    stands = tuple(
        Stand(numbers[0], point, code, not code, tuple(chain.places[number] for number in numbers))
        for (code, point), numbers in groups.items()
    )
    at = {place.ref: stand.number for stand in stands for place in stand.places}
    return Standing(stands, _arcs(chain, at), len(chain.places) - len(at))


def _spot(place: Place, middles: Mapping[str, Point], home: str) -> Spot | None:
    site = place.site
    if site is not None and site.latitude is not None and site.longitude is not None:
        return "", (site.longitude, site.latitude)
    country = place.country or (home if place.mark is Mark.OWN else "")
    return (country, middles[country]) if country in middles else None


def _arcs(chain: Chain, at: Mapping[str, int]) -> tuple[Arc, ...]:
    marks = {place.ref: place.mark for place in chain.places}
    counts: dict[tuple[int, int, str], int] = {}
    for step in chain.steps:
        if step.buyer in at and step.supplier in at and at[step.buyer] != at[step.supplier]:
            mark = marks[step.supplier]
            kind = mark.value if mark in {Mark.STATED, Mark.CLAIMED} else "confirmed"
            key = (at[step.supplier], at[step.buyer], kind)
            counts[key] = counts.get(key, 0) + 1
    return tuple(Arc(*key, count) for key, count in counts.items())
