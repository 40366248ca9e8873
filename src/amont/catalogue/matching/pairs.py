"""Which of many writings are worth comparing, and what comparing them comes to. Pure."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from itertools import combinations
from math import floor
from typing import TypeVar

from amont.catalogue.matching import firms, names, sites
from amont.catalogue.matching.firms import PreparedFirm
from amont.catalogue.matching.sites import Decision, Prepared, Verdict

T = TypeVar("T")
MOST_IN_BLOCK = 40
CELLS_A_DEGREE = 50
Pair = tuple[str, str, Verdict]
"""(reference, reference, verdict): the lesser reference first."""


def site_pairs(ready: Mapping[str, Prepared], touched: AbstractSet[str] | None = None) -> list[Pair]:
    """Return the pairs of sites that are the same or perhaps the same, the surest first.

    With `touched` only those pairs of which one is touched.
    """
    return _pairs(ready, _site_keys, sites.compared, touched)


def firm_pairs(ready: Mapping[str, PreparedFirm], touched: AbstractSet[str] | None = None) -> list[Pair]:
    """Return the same for firms."""
    return _pairs(ready, _firm_keys, firms.compared, touched)


def _pairs(
    ready: Mapping[str, T],
    keys_of: Callable[[T], Iterator[str]],
    compared: Callable[[T, T], Verdict],
    touched: AbstractSet[str] | None,
) -> list[Pair]:
    keys = {ref: frozenset(keys_of(each)) for ref, each in ready.items()}
    found = []
    for one, other in sorted(candidates(keys, touched)):
        verdict = compared(ready[one], ready[other])
        if verdict.decision is not Decision.DIFFERENT:
            found.append((one, other, verdict))
    return sorted(found, key=lambda each: (-each[2].score, each[0], each[1]))


def candidates(keys: Mapping[str, Collection[str]], touched: AbstractSet[str] | None = None) -> set[tuple[str, str]]:
    """Return the pairs that share a key; where many share it, those that share another as well.

    With `touched` only those pairs of which one is touched.
    """
    blocks: dict[str, list[str]] = {}
    for ref in sorted(keys):
        for key in keys[ref]:
            blocks.setdefault(key, []).append(ref)
    found: set[tuple[str, str]] = set()
    for key, block in blocks.items():
        parts = [block] if len(block) <= MOST_IN_BLOCK else _parts(key, block, keys)
        for part in parts:
            if touched is None:
                found.update(combinations(part, 2))
            elif not touched.isdisjoint(part):
                found.update(pair for pair in combinations(part, 2) if pair[0] in touched or pair[1] in touched)
    return found


def _parts(key: str, block: Sequence[str], keys: Mapping[str, Collection[str]]) -> list[list[str]]:
    smaller: dict[str, list[str]] = {}
    for ref in block:
        for other in keys[ref]:
            if other > key:
                smaller.setdefault(other, []).append(ref)
    return [part for part in smaller.values() if len(part) <= MOST_IN_BLOCK]


def _site_keys(each: Prepared) -> Iterator[str]:
    yield from (f"#{kind}{value}" for kind, value in each.writing.ids.items())
    yield from names.keys([each.name] if each.firm is None else [each.name, each.firm])
    if each.point is not None:
        north, east = (side * CELLS_A_DEGREE for side in each.point)
        yield from (f"@{a}:{floor(north + a / 2)}:{b}:{floor(east + b / 2)}" for a in (0, 1) for b in (0, 1))


def _firm_keys(each: PreparedFirm) -> Iterator[str]:
    if each.number:
        yield f"#{each.number}"
    yield from names.keys([each.name])
