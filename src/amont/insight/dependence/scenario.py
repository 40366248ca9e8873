"""Scenarios: a set of things stops; which lines stop, when, what replaces. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from amont.insight.dependence.falling import Standing
from amont.insight.dependence.net import Net, code_of
from amont.insight.dependence.region import Region, lies_in
from amont.insight.dependence.stops import Failing, volume_percent
from amont.insight.facts_dependence import Fall, Kind, Outcome, Reading
from amont.sight.facts import Mark, Place


@dataclass(frozen=True, slots=True)
class Scenario:
    """What stops: codes by kind, and a region."""

    codes: Mapping[Kind, frozenset[str]] = field(default_factory=dict)
    region: Region | None = None

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing stops."""
        return self.region is None and not any(self.codes.values())


def is_hit(scenario: Scenario, place: Place) -> bool | None:
    """Tell whether a scenario stops a place itself; None where what is not known of it may make it so."""
    if place.mark is Mark.OWN:
        return False
    found: list[bool | None] = [_is_one(place, kind, codes) for kind, codes in scenario.codes.items() if codes]
    if scenario.region is not None:
        found.append(lies_in(scenario.region, place))
    return True if True in found else None if None in found else False


def _is_one(place: Place, kind: Kind, codes: frozenset[str]) -> bool | None:
    code = code_of(place, kind)
    if code:
        return code in codes
    if kind is Kind.FIRM and place.firm in codes:
        return True
    return None


def outcome(failing: Failing, scenario: Scenario, reading: Reading, bands: Mapping[str, str]) -> Outcome:
    """Return what a scenario does to the lines, in one reading."""
    found = failing.net
    said = {ref: is_hit(scenario, place) for ref, place in found.places.items()}
    hit = [ref for ref, each in said.items() if each]
    sure = failing.any_path if reading is Reading.ANY_PATH else failing.every_input
    worst = failing.any_path if reading is Reading.ANY_PATH else failing.feared
    weeks = sure.falling([sure.number[ref] for ref in hit])
    doubtful = [ref for ref, each in said.items() if each is None or ref in found.open]
    feared = worst.fallen([worst.number[ref] for ref in {*hit, *doubtful}])
    stops = tuple(line for line in found.lines if sure.number[line] in weeks)
    rest = [line for line in found.lines if sure.number[line] not in weeks]
    fallen = {sure.refs[number] for number in weeks}
    falls = [_fall(found, line, weeks[sure.number[line]], fallen) for line in stops]
    going = tuple(line for line in rest if worst.number[line] not in feared)
    return Outcome(
        lines=len(found.lines),
        hit=len(hit),
        unplaced=sum(each is None for each in said.values()),
        stops=tuple(sorted(falls, key=lambda each: each.weeks)),
        may=tuple(line for line in rest if worst.number[line] in feared),
        goes_on=going,
        weakened=_weakened(found, rest, fallen, sure),
        volume_percent=volume_percent(stops, found.lines, bands),
    )


def _fall(found: Net, line: str, weeks: int, fallen: set[str]) -> Fall:
    """Say what stops one line: the stock and the time to switch declared on the way to it, and what is left beside."""
    inputs = [each for ref in _way(found, line, fallen) for each in found.inputs.get(ref, ())]
    struck = [each for each in inputs if not fallen.isdisjoint(each.sources)]
    months = [each.months for each in struck if each.months is not None]
    left = {source for each in struck for source in each.sources if source not in fallen}
    return Fall(
        line=line,
        weeks=weeks,
        declared=any(each.weeks is not None for each in struck),
        switch_months=max(months, default=None),
        replaced_by=tuple(sorted({_title(found.places[ref]) for ref in left} - {""})),
    )


def _way(found: Net, line: str, fallen: set[str]) -> set[str]:
    """Return a line and the fallen places that it reaches over fallen places."""
    seen = {line}
    waiting = [line]
    while waiting:
        for source in found.sources(waiting.pop()):
            if source in fallen and source not in seen:
                seen.add(source)
                waiting.append(source)
    return seen


def _weakened(found: Net, lines: list[str], fallen: set[str], standing: Standing) -> Mapping[str, tuple[str, ...]]:
    """Return the lines that go on because something replaces what fell in their chain, with what it is."""
    told = {}
    for line in lines:
        names = {
            _title(found.places[source])
            for ref in _reached(found, line, fallen)
            for each in found.inputs.get(ref, ())
            if not fallen.isdisjoint(each.sources)
            for source in each.sources
            if source not in fallen
        }
        if names - {""} and line in standing.number:
            told[line] = tuple(sorted(names - {""}))
    return told


def _reached(found: Net, line: str, fallen: set[str]) -> set[str]:
    seen = {line}
    waiting = [line]
    while waiting:
        for source in found.sources(waiting.pop()):
            if source not in seen and source not in fallen:
                seen.add(source)
                waiting.append(source)
    return seen


def _title(place: Place) -> str:
    return place.organization or place.country
