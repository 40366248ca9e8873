"""Pure rules on chains: what is reachable, at which tier, what was not asked, how far a line is seen, the tree."""

from collections import Counter, deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from amont.sight.facts import Chain, Gap, Mark, Place, Step

Above = Mapping[str, tuple[Step, ...]]

CONFIRMED = frozenset({Mark.OWN, Mark.NAMED, Mark.NAMELESS, Mark.ORIGIN, Mark.SEALED})


@dataclass(frozen=True, slots=True)
class Reach:
    """How far a chain is seen: the highest tier by kind of knowledge, the stated ends, and whether all ways end."""

    tier: int
    stated_tier: int
    claimed_tier: int
    ends: frozenset[str]
    closed: bool
    countries: frozenset[str]
    suppliers: frozenset[str]
    counts: dict[Mark, int]
    gaps: dict[Gap, int]
    schemes: frozenset[str]
    uncertified: frozenset[str]
    texts: frozenset[str]


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a chain unfolded as a tree, depth first.

    `depth` is 0 for the line itself. `repeated`: the place is unfolded higher up already. `above`: how many rows of
    the tree stand above this one; they follow it. `closes`: how many branches end with this row.
    """

    place: Place
    depth: int
    input: str
    repeated: bool
    closes: int
    above: int
    gaps: tuple[Gap, ...]


def tiers(root: str, above: Above) -> dict[str, int]:
    """Return the tier of each place reachable from the root: the fewest steps to it, the root's own being 0."""
    found = {root: 0}
    waiting = deque([root])
    while waiting:
        ref = waiting.popleft()
        for step in above.get(ref, ()):
            if step.supplier not in found:
                found[step.supplier] = found[ref] + 1
                waiting.append(step.supplier)
    return found


def gaps_at(place: Place, above: Above) -> tuple[Gap, ...]:
    """Return what was not asked or not said at a place; a stated end, or anything confirmed above, is no gap."""
    has_sources = any(not step.supplier.startswith("claimed-") for step in above.get(place.ref, ()))
    if place.chain_end or has_sources:
        return ()
    silent = {
        Mark.OWN: Gap.NO_SUPPLIER,
        Mark.STATED: Gap.REFUSED if place.refused else Gap.NO_ANSWER_YET if place.asked else Gap.NOT_ASKED,
        Mark.NAMED: Gap.NOTHING_SAID if place.requested else Gap.NOT_ASKED,
        Mark.NAMELESS: Gap.NOTHING_SAID if place.requested else Gap.NOT_ASKED,
    }
    return (silent[place.mark],) if place.mark in silent else ()


def reach(root: str, places: Mapping[str, Place], above: Above, *, on: date = date.min) -> Reach:
    """Return how far the chain above the root is seen. Silence, statements and claims are never taken for progress.

    A certificate whose end shows counts where it has not ended before the day `on`.
    """
    tier_of = tiers(root, above)
    found = {ref: places[ref] for ref in tier_of}
    confirmed = {ref: place for ref, place in found.items() if place.mark in CONFIRMED}
    above_root = [found[step.supplier] for step in above.get(root, ())]
    return Reach(
        tier=_highest(tier_of, confirmed, Mark.OWN, Mark.NAMED, Mark.NAMELESS, Mark.ORIGIN),
        stated_tier=_highest(tier_of, found, Mark.STATED),
        claimed_tier=_highest(tier_of, found, Mark.CLAIMED),
        ends=frozenset(place.chain_end for place in confirmed.values() if place.chain_end),
        closed=_closed(confirmed, found, above),
        countries=frozenset(place.country for ref, place in confirmed.items() if place.country and ref != root),
        suppliers=frozenset(place.organization for place in above_root if place.organization),
        counts=dict(Counter(place.mark for ref, place in found.items() if ref != root)),
        gaps=dict(Counter(gap for place in found.values() for gap in gaps_at(place, above))),
        schemes=frozenset(each.scheme for place in found.values() for each in place.certificates),
        uncertified=frozenset(
            place.step
            for place in found.values()
            if place.step and place.mark in {Mark.NAMED, Mark.NAMELESS} and not _certified(place, on)
        ),
        texts=frozenset(text for place in found.values() for text in _texts(place)),
    )


def _certified(place: Place, on: date) -> bool:
    return any(each.valid is not False and (each.valid_until or on) >= on for each in place.certificates)


def _texts(place: Place) -> Iterator[str]:
    site = (place.site.name, place.site.town) if place.site else ()
    for text in (place.organization, place.name, place.reference, place.external_id, place.group, *site):
        if text:
            yield text


def unfolded(chain: Chain) -> tuple[Row, ...]:
    """Return the chain as a tree, depth first: a place met again is marked and not unfolded again, so cycles end."""
    places = {place.ref: place for place in chain.places}
    gaps: dict[str, tuple[Gap, ...]] = {}
    for ref, gap in chain.gaps:
        gaps[ref] = (*gaps.get(ref, ()), gap)
    found = list(_depth_first(chain.root.ref, above_of(chain)))
    below = _below([depth for _, depth, _, _ in found])
    rows = []
    for number, (ref, depth, name, repeated) in enumerate(found):
        after = found[number + 1][1] if number + 1 < len(found) else 0
        closes = max(0, depth - after)
        rows.append(Row(places[ref], depth, name, repeated, closes, below[number], gaps.get(ref, ())))
    return tuple(rows)


def above_of(chain: Chain) -> Above:
    """Return the steps of a chain by the place that they start from, in their order."""
    found: dict[str, list[Step]] = {}
    for step in chain.steps:
        found.setdefault(step.buyer, []).append(step)
    return {ref: tuple(steps) for ref, steps in found.items()}


def _depth_first(root: str, above: Above) -> Iterator[tuple[str, int, str, bool]]:
    seen: set[str] = set()
    waiting = [(root, 0, "")]
    while waiting:
        ref, depth, name = waiting.pop()
        repeated = ref in seen
        seen.add(ref)
        yield ref, depth, name, repeated
        if not repeated:
            waiting.extend((step.supplier, depth + 1, step.input) for step in reversed(above.get(ref, ())))


def _below(depths: list[int]) -> list[int]:
    """Return how many rows stand above each, in the tree: those that follow until one as low as itself."""
    found = [0] * len(depths)
    starts: list[int] = []
    for number, depth in enumerate([*depths, -1]):
        while starts and depths[starts[-1]] >= depth:
            start = starts.pop()
            found[start] = number - start - 1
        starts.append(number)
    return found


def _highest(tier_of: Mapping[str, int], places: Mapping[str, Place], *marks: Mark) -> int:
    return max((tier_of[ref] for ref, place in places.items() if place.mark in marks), default=0)


def _closed(confirmed: Mapping[str, Place], found: Mapping[str, Place], above: Above) -> bool:
    """Tell whether every confirmed way comes to a stated end, and no stated source is left without one."""
    if any(place.mark is Mark.STATED and not place.chain_end for place in found.values()):
        return False
    leaves = [
        place for ref, place in confirmed.items() if not any(step.supplier in confirmed for step in above.get(ref, ()))
    ]
    return bool(leaves) and all(place.chain_end for place in leaves)
