"""What the walk returns: integers only."""

from collections.abc import Mapping
from dataclasses import dataclass, field

PlaceKey = tuple[int, int]
"""(item, head): head is 0 for an own or named place, else the item of the last named place of the way."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How a place stands in a view: its level (0 to 4) and whether the viewer comes from it as a requester."""

    level: int
    requested: bool


@dataclass(frozen=True, slots=True)
class Step:
    """One step that leads to a place, for an operator's eyes.

    From where, over which link, at which level of the way, and the numbers of the grants that decided the link's.
    """

    origin: PlaceKey
    link: int
    level: int
    grants: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Walked:
    """All places that a viewer sees, as keys of items (disclosure rule, section 4).

    `links` joins places that have a key, buyer's side first. `origins` and `sealed` are (place, item) pairs: the
    item is counted beside the place; the item's key is for grouping and explaining, never shown. `ways` is filled
    only when an explanation was asked for: the steps that lead to each place.
    """

    own: frozenset[int]
    named: Mapping[int, Standing]
    nameless: Mapping[PlaceKey, Standing]
    links: frozenset[tuple[PlaceKey, PlaceKey]]
    origins: frozenset[tuple[PlaceKey, int]]
    sealed: frozenset[tuple[PlaceKey, int]]
    ways: Mapping[PlaceKey, tuple[Step, ...]] = field(default_factory=dict)
