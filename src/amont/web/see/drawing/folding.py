"""What stands in a drawing: each place by itself, or places that are alike folded into one group. Pure."""

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from amont.sight.facts import Chain, Mark, Place
from amont.sight.rules import above_of, tiers

Key = tuple[str, str]
Group = tuple[int, Mark, Key]

MOST_UNFOLDED = 60
"""A chain of no more places is never folded unasked."""

MOST_ROWS = 26
"""A longer chain is folded unasked until no tier has more rows than this: so many stand readable on one screen."""

MOST_DRAWN = 1_500
"""No drawing has more spots than this: the nearest are drawn, and the drawing says how many are left out."""


@dataclass(frozen=True, slots=True)
class Spot:
    """One spot of a drawing: one place, or several alike of one tier.

    `number` is the position of its first place within the chain: it tells spots of one answer apart, no more.
    """

    number: int
    tier: int
    places: tuple[Place, ...]

    @property
    def place(self) -> Place:
        """Return the first place of the spot."""
        return self.places[0]

    @property
    def folded(self) -> int:
        """Return how many places are folded into this spot; 0 for one place by itself."""
        return len(self.places) if len(self.places) > 1 else 0


@dataclass(frozen=True, slots=True)
class Figure:
    """A chain as it is to be drawn.

    `spots` tier after tier, the line itself first; `steps` between numbers of spots, buyer first, and how many each
    stands for; `by` how it is
    folded ("" not at all); `opened` the groups that stand open, by number; `left_out` how many places are not drawn.
    """

    spots: tuple[Spot, ...]
    steps: Mapping[tuple[int, int], int]
    by: str
    opened: tuple[Spot, ...]
    left_out: int


def _firm(place: Place) -> Key:
    """Return the firm by its name, or a nameless one by its pseudonym, which tells it apart beside one head alone."""
    if place.organization:
        return "name", place.organization
    return ("firm", place.firm) if place.firm else ("none", place.ref)


FOLDS: Mapping[str, Callable[[Place], Key]] = {
    "firm": _firm,
    "country": lambda place: ("country", place.country),
    "step": lambda place: ("step", place.step),
}


def figure(chain: Chain, *, by: str | None = None, opened: Collection[int] = (), most: int = MOST_DRAWN) -> Figure:
    """Return what is drawn of a chain.

    `by` is firm, country or step, "" for no folding, None for what suits the chain's size. Folded into one are places
    of one tier that are known in the same way and have this in common; groups whose number is in `opened` stand open.
    """
    numbers = {place.ref: number for number, place in enumerate(chain.places)}
    above = above_of(chain)
    tier_of = tiers(chain.root.ref, above)
    found = [(chain.places[numbers[ref]], tier) for ref, tier in tier_of.items()]
    if by is None:
        by = _fitting(found)
    spots, stand_open = [], []
    for (tier, _mark, _key), places in _groups(found, by).items():
        spot = Spot(numbers[places[0].ref], tier, tuple(places))
        if spot.folded and spot.number in opened:
            stand_open.append(spot)
            spots += [Spot(numbers[place.ref], spot.tier, (place,)) for place in places]
        else:
            spots.append(spot)
    spots.sort(key=lambda spot: spot.tier)
    drawn = spots[:most]
    at = {place.ref: spot.number for spot in drawn for place in spot.places}
    steps = Counter(
        (at[step.buyer], at[step.supplier])
        for spot in drawn
        for place in spot.places
        for step in above.get(place.ref, ())
        if step.supplier in at
    )
    return Figure(
        spots=tuple(drawn),
        steps=steps,
        by=by if by in FOLDS else "",
        opened=tuple(stand_open),
        left_out=sum(len(spot.places) for spot in spots[most:]),
    )


def _groups(found: Sequence[tuple[Place, int]], by: str) -> dict[Group, list[Place]]:
    """Return the places, given each with its tier, in groups of one tier, one mark and one key."""
    key_of = FOLDS.get(by)
    groups: dict[Group, list[Place]] = {}
    for place, tier in found:
        key = key_of(place) if key_of and tier else ("place", place.ref)
        groups.setdefault((tier, place.mark, key), []).append(place)
    return groups


def _fitting(found: Sequence[tuple[Place, int]]) -> str:
    """Return the finest folding whose tiers all stand on one screen, or the one that comes nearest to that."""
    if len(found) <= MOST_UNFOLDED:
        return ""
    rows = {by: max(Counter(tier for tier, *_ in _groups(found, by)).values()) for by in ("", *FOLDS)}
    return next((by for by, most in rows.items() if most <= MOST_ROWS), min(rows, key=lambda by: rows[by]))
