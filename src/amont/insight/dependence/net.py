"""What lines are made from, as far as one viewer knows: places, their inputs, and where knowledge ends. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from amont.insight.facts_dependence import Kind, Scope
from amont.sight.facts import Mark, Place, Step

SHOWN: Mapping[Scope, frozenset[Mark]] = {
    Scope.CONFIRMED: frozenset({Mark.OWN, Mark.NAMED, Mark.NAMELESS, Mark.ORIGIN, Mark.SEALED}),
    Scope.STATED: frozenset({Mark.OWN, Mark.NAMED, Mark.NAMELESS, Mark.ORIGIN, Mark.SEALED, Mark.STATED}),
    Scope.CLAIMED: frozenset(Mark),
}
SETTLED = frozenset({"origin_reached", "recycled", "synthetic"})
"""Ends above which nothing is left to know; pooled supply and a refusal leave it open."""

_BY_NAME = frozenset({Mark.OWN, Mark.NAMED})


@dataclass(frozen=True, slots=True)
class Input:
    """One thing that a place needs, and its alternative sources by ref. `is_told`: that they serve it is known.

    Where it is not, what stands in one input may be several. `weeks` of stock and `months` to switch where declared.
    """

    sources: tuple[str, ...]
    is_told: bool = True
    weeks: int | None = None
    months: int | None = None


@dataclass(frozen=True, slots=True)
class Net:
    """What a viewer's lines are made from. `open` are places above or at which something is not known."""

    lines: tuple[str, ...]
    places: Mapping[str, Place]
    inputs: Mapping[str, tuple[Input, ...]]
    open: frozenset[str]

    def sources(self, ref: str) -> tuple[str, ...]:
        """Return all sources of a place, each once."""
        return tuple(dict.fromkeys(source for each in self.inputs.get(ref, ()) for source in each.sources))


def net(lines: Iterable[str], places: Iterable[Place], steps: Sequence[Step], scope: Scope) -> Net:
    """Return what lines (refs of own places) are made from, counting what `scope` counts."""
    shown = {place.ref: place for place in places if place.mark in SHOWN[scope]}
    every = {place.ref: place.mark for place in places}
    found: dict[str, list[Step]] = defaultdict(list)
    left_out: set[str] = set()
    for step in steps:
        if step.buyer not in shown:
            continue
        if step.supplier in shown:
            found[step.buyer].append(step)
        elif every.get(step.supplier) is Mark.STATED:
            left_out.add(step.buyer)
    inputs = {ref: _inputs(shown[ref], each, shown) for ref, each in found.items()}
    reached = _reached(lines, inputs)
    return Net(
        tuple(line for line in lines if line in shown),
        {ref: place for ref, place in shown.items() if ref in reached},
        {ref: each for ref, each in inputs.items() if ref in reached},
        frozenset(ref for ref in reached if ref in shown and (ref in left_out or _is_open(shown[ref], inputs))),
    )


def code_of(place: Place, kind: Kind) -> str:
    """Return what a place is of one kind, empty where that is not known. An own place is none: it is not a source.

    A firm that is not named is not known: two pseudonyms may be one firm, and either may be one that is named.
    """
    if place.mark is Mark.OWN:
        return ""
    if kind is Kind.COUNTRY:
        return place.country
    if kind is Kind.FAMILY:
        return place.family
    if kind is Kind.FIRM:
        return place.organization
    if kind is Kind.SITE:
        return site_code(place)
    return place.ref if place.mark in {Mark.NAMED, Mark.NAMELESS} else ""


def site_code(place: Place) -> str:
    """Return a site's code: its firm, its name and its town, as they show; empty where no site shows."""
    if place.site is None or not place.organization or not (place.site.name or place.site.town):
        return ""
    return " · ".join(part for part in (place.organization, place.site.name, place.site.town or "") if part)


def _inputs(buyer: Place, steps: Iterable[Step], places: Mapping[str, Place]) -> tuple[Input, ...]:
    """Return a place's steps by input.

    The inputs of own and named places are told by name, to own and named sources and to stated ones. What else stands
    above a place stands in one input of which it is not told that it is one; what one claims, in one of its own.
    """
    stated = {each.name: each for each in buyer.inputs}
    groups: dict[tuple[str, str], dict[str, None]] = defaultdict(dict)
    for step in steps:
        mark = places[step.supplier].mark
        told = buyer.mark in _BY_NAME and (mark in _BY_NAME or (mark is Mark.STATED and bool(step.input)))
        told = told or buyer.mark is Mark.OWN
        how = "claimed" if mark is Mark.CLAIMED else "told" if told else "untold"
        groups[how, step.input if how == "told" else ""][step.supplier] = None
    found = []
    for (how, name), sources in sorted(groups.items()):
        each = stated.get(name) if how == "told" else None
        weeks, months = (each.stock_weeks, each.switch_months) if each else (None, None)
        found.append(Input(tuple(sources), how != "untold", weeks, months))
    return tuple(found)


def _reached(lines: Iterable[str], inputs: Mapping[str, tuple[Input, ...]]) -> set[str]:
    found = set(lines)
    waiting = list(found)
    while waiting:
        for each in inputs.get(waiting.pop(), ()):
            for source in each.sources:
                if source not in found:
                    found.add(source)
                    waiting.append(source)
    return found


def _is_open(place: Place, inputs: Mapping[str, tuple[Input, ...]]) -> bool:
    if place.mark in {Mark.SEALED, Mark.ORIGIN}:
        return True
    return place.ref not in inputs and place.chain_end not in SETTLED
