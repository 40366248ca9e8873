"""Rules of claimed paths: what a row comes to, cycles, and the tree that is drawn of them. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from hashlib import sha256

from amont.chain.facts_book import ClaimNode


@dataclass(frozen=True, slots=True)
class PlaceFact:
    """A place as it stands in the tree, wherever it stands."""

    contact: str
    firm: str
    group: str = ""
    facility: str = ""
    country: str = ""
    region: str = ""
    town: str = ""
    external_id: str = ""
    step: str = ""
    family: str = ""
    latitude: float | None = None
    longitude: float | None = None
    details: Mapping[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class _Branch:
    paths: set[int] = field(default_factory=set)
    closes: bool = False
    above: "dict[int, _Branch]" = field(default_factory=dict)


def fingerprint(places: Sequence[str]) -> str:
    """Return what tells a path from others above one item: SHA-256 over the places' public ids in order."""
    return sha256("\n".join(places).encode()).hexdigest()


def collapsed(walk: Sequence[int]) -> list[int]:
    """Return the walk with a place that stands several times in a row standing once."""
    return [place for at, place in enumerate(walk) if at == 0 or walk[at - 1] != place]


def cycle_of(walk: Sequence[int]) -> tuple[int, int] | None:
    """Return the positions (from 0) of the first place that recurs on a walk and of its return, None if none does."""
    seen: dict[int, int] = {}
    for at, place in enumerate(walk):
        if place in seen:
            return seen[place], at
        seen[place] = at
    return None


def branches(walk: Sequence[int]) -> Iterator[tuple[list[int], bool]]:
    """Give the branches to draw for a walk, with whether each ends in a cycle.

    A walk without a cycle is one branch. Where a place returns, one branch ends at its return, and what stands above
    the return stands above its first place as well: the loop is shown, and nothing beyond it is lost.
    """
    rest = list(walk)
    while (found := cycle_of(rest)) is not None:
        first, back = found
        yield rest[: back + 1], True
        rest = rest[: first + 1] + rest[back + 1 :]
    yield rest, False


def tree(walks: Sequence[Sequence[int]], places: Mapping[int, PlaceFact]) -> tuple[ClaimNode, ...]:
    """Return the prefix tree of the walks, depth first, siblings by firm and facility."""
    root = _Branch()
    for number, walk in enumerate(walks):
        for branch, closes in branches(walk):
            _grow(root, number, branch, closes=closes)
    return tuple(_nodes(root, places))


def _grow(root: _Branch, number: int, branch: Sequence[int], *, closes: bool) -> None:
    at = root
    for position, place in enumerate(branch):
        key = -place if closes and position == len(branch) - 1 else place
        at = at.above.setdefault(key, _Branch())
        at.paths.add(number)
        at.closes = key < 0


def _nodes(root: _Branch, places: Mapping[int, PlaceFact]) -> Iterator[ClaimNode]:
    waiting = [(key, branch, "", 1, "") for key, branch in _sorted(root, places)]
    number = 0
    while waiting:
        key, branch, parent, depth, foot = waiting.pop()
        number += 1
        place = places[abs(key)]
        foot = foot or place.contact
        yield ClaimNode(
            ref=str(number),
            parent=parent,
            depth=depth,
            foot=foot,
            paths=len(branch.paths),
            ends_in_cycle=branch.closes,
            **asdict(place),
        )
        waiting.extend((up, each, str(number), depth + 1, foot) for up, each in _sorted(branch, places))


def _sorted(branch: _Branch, places: Mapping[int, PlaceFact]) -> list[tuple[int, _Branch]]:
    def label(each: tuple[int, _Branch]) -> tuple[str, str, str, int]:
        place = places[abs(each[0])]
        return place.firm.casefold(), place.facility.casefold(), place.external_id, each[0]

    return sorted(branch.above.items(), key=label, reverse=True)
