"""Single points of failure: what takes lines down when it alone stops, in both readings. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from amont.insight.dependence.falling import Standing
from amont.insight.dependence.net import Net, code_of
from amont.insight.facts_dependence import Hidden, Kind, Reading, Stop
from amont.insight.rules import TONNES
from amont.sight.facts import Mark, Place

KINDS = (Kind.COUNTRY, Kind.FIRM, Kind.SITE, Kind.ITEM)


class Failing:
    """One net in both readings, ready to be asked what any stop does to its lines."""

    def __init__(self, found: Net) -> None:
        """Prepare both readings, and the fear of what is not told."""
        self.net = found
        self.any_path = Standing(found, Reading.ANY_PATH)
        self.every_input = Standing(found, Reading.EVERY_INPUT)
        self.feared = Standing(found, Reading.EVERY_INPUT, feared=True)
        self.line_numbers = {self.any_path.number[line]: line for line in found.lines}

    def lost(self, refs: Iterable[str], standing: Standing) -> tuple[str, ...]:
        """Return the lines that fall when these places stop, in their order."""
        fallen = standing.fallen([standing.number[ref] for ref in refs])
        return tuple(line for number, line in self.line_numbers.items() if number in fallen)


def things(found: Net, kind: Kind) -> Mapping[str, tuple[str, ...]]:
    """Return the places of each thing of a kind, by its code. A firm without a name goes by its pseudonym."""
    by_code: dict[str, list[str]] = defaultdict(list)
    for ref, place in found.places.items():
        if ref in found.lines:
            continue
        code = code_of(place, kind) or (place.firm if kind is Kind.FIRM else "")
        if code:
            by_code[code].append(ref)
    return {code: tuple(refs) for code, refs in by_code.items()}


def stops(failing: Failing, kind: Kind, bands: Mapping[str, str]) -> tuple[Stop, ...]:
    """Return each thing of a kind that alone takes a line down, or may, those that take most down first."""
    found = []
    for code, refs in things(failing.net, kind).items():
        feared = failing.lost(refs, failing.feared)
        if feared:
            found.append(_stop(failing, kind, code, refs, feared, bands))
    return tuple(sorted(found, key=lambda each: (-len(each.every_input), -len(each.feared), each.name, each.code)))


def volume_percent(lines: Iterable[str], of: Iterable[str], bands: Mapping[str, str]) -> int | None:
    """Return the share of volume, by the middles of bands, rounded down; None where no line has a band."""
    whole = sum(TONNES.get(bands.get(line, ""), 0) for line in of)
    part = sum(TONNES.get(bands.get(line, ""), 0) for line in lines)
    return int(100 * part / whole + 1e-9) if whole else None


def _stop(
    failing: Failing, kind: Kind, code: str, refs: Sequence[str], feared: tuple[str, ...], bands: Mapping[str, str]
) -> Stop:
    every = failing.lost(refs, failing.every_input)
    first = failing.net.places[refs[0]]
    weeks, months = _declared(failing, refs, every)
    return Stop(
        kind=kind,
        code=code,
        name=_name(kind, code, first),
        any_path=failing.lost(refs, failing.any_path),
        every_input=every,
        feared=tuple(line for line in feared if line not in set(every)),
        volume_percent=volume_percent(every, failing.net.lines, bands),
        stock_weeks=weeks,
        switch_months=months,
        country=first.country if kind is not Kind.COUNTRY else "",
        step=first.step if kind in {Kind.ITEM, Kind.SITE} else "",
    )


def _name(kind: Kind, code: str, place: Place) -> str:
    if kind is Kind.ITEM:
        return " · ".join(part for part in (place.organization, place.name) if part)
    return place.organization if kind is Kind.FIRM else code


def _declared(failing: Failing, refs: Sequence[str], lines: Iterable[str]) -> tuple[int | None, int | None]:
    """Return the shortest time to the first line's stop, if any stock is declared there, and the longest to switch."""
    months = [
        each.months
        for inputs in failing.net.inputs.values()
        for each in inputs
        if each.months is not None and set(each.sources) <= set(refs)
    ]
    weeks = None
    standing = failing.every_input
    if lines and any(each.weeks for inputs in failing.net.inputs.values() for each in inputs):
        when = standing.falling([standing.number[ref] for ref in refs])
        weeks = min(when[standing.number[line]] for line in lines)
    return weeks, max(months, default=None)


def hidden(found: Net) -> tuple[Hidden, ...]:
    """Return the unnamed firms on which two branches or more of one named supplier's chain meet.

    By the pseudonym that a firm has beside one named place, so that nothing tells whether it stands beside another.
    """
    firms: dict[str, list[str]] = defaultdict(list)
    for ref, place in found.places.items():
        if place.mark is Mark.NAMELESS and place.firm:
            firms[place.firm].append(ref)
    buyers = _buyers(found)
    told = []
    for firm, refs in firms.items():
        branches = {buyer for ref in refs for buyer in buyers.get(ref, ()) if _firm(found, buyer) != firm}
        if len(branches) > 1:
            below = _below(refs, buyers)
            head = _head(found, refs, buyers)
            first = found.places[refs[0]]
            lines = tuple(line for line in found.lines if line in below)
            told.append(Hidden(firm, head, first.country, first.step, first.family, len(branches), lines))
    return tuple(sorted(told, key=lambda each: (-len(each.lines), -each.branches, each.supplier, each.firm)))


def _firm(found: Net, ref: str) -> str:
    return found.places[ref].firm


def _buyers(found: Net) -> Mapping[str, tuple[str, ...]]:
    below: dict[str, list[str]] = defaultdict(list)
    for buyer in found.inputs:
        for source in found.sources(buyer):
            below[source].append(buyer)
    return {source: tuple(each) for source, each in below.items()}


def _below(refs: Iterable[str], buyers: Mapping[str, tuple[str, ...]]) -> set[str]:
    seen = set(refs)
    waiting = list(seen)
    while waiting:
        for buyer in buyers.get(waiting.pop(), ()):
            if buyer not in seen:
                seen.add(buyer)
                waiting.append(buyer)
    return seen


def _head(found: Net, refs: Iterable[str], buyers: Mapping[str, tuple[str, ...]]) -> str:
    """Return the name of the firm beside which these stand namelessly: the named place below them."""
    seen = set(refs)
    waiting = list(refs)
    while waiting:
        for buyer in buyers.get(waiting.pop(0), ()):
            if found.places[buyer].mark is Mark.NAMED:
                return found.places[buyer].organization
            if buyer not in seen and found.places[buyer].mark is Mark.NAMELESS:
                seen.add(buyer)
                waiting.append(buyer)
    return ""
