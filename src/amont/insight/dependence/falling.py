"""What falls with what: places whose need is met by nothing any more, and when. Pure.

A place falls when one of its needs has lost every source. Where any path is enough a place has one need, all its
sources; where every input is needed each input is one. A place without needs stands by itself. Places in a loop that
stood by something outside it fall when nothing outside feeds the loop: a loop feeds nobody.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from heapq import heappop, heappush

from amont.insight.dependence.loops import loops
from amont.insight.dependence.net import Net
from amont.insight.facts_dependence import Reading


@dataclass(frozen=True, slots=True)
class Need:
    """What one place (by number) needs: at least one of its sources, and for how many weeks its stock lasts."""

    buyer: int
    sources: tuple[int, ...]
    weeks: int


class Standing:
    """All places of a net by number, what each needs in one reading, and which loops they stand in."""

    def __init__(self, found: Net, reading: Reading, *, feared: bool = False) -> None:
        """Give each place a number. `feared`: each source whose input is not told is taken as needed."""
        self.refs = tuple(found.places)
        self.number = {ref: number for number, ref in enumerate(self.refs)}
        self.needs = tuple(self._needs(found, reading, feared=feared))
        self.fed: list[list[int]] = [[] for _ in self.refs]
        self.needed: list[list[int]] = [[] for _ in self.refs]
        for at, need in enumerate(self.needs):
            self.needed[need.buyer].append(at)
            for source in need.sources:
                self.fed[source].append(at)
        self.loop = loops([[source for at in needs for source in self.needs[at].sources] for needs in self.needed])
        self.members: dict[int, list[int]] = defaultdict(list)
        for place, loop in self.loop.items():
            self.members[loop].append(place)
        self.grounded = self._from_the_ends() if self.members else frozenset()

    def _needs(self, found: Net, reading: Reading, *, feared: bool) -> Iterator[Need]:
        for ref, inputs in found.inputs.items():
            buyer = self.number[ref]
            groups = [(each.sources, each.weeks or 0) for each in inputs]
            if reading is Reading.ANY_PATH:
                groups = [(found.sources(ref), max((each.weeks or 0 for each in inputs), default=0))]
            elif feared:
                groups = [
                    (sources, each.weeks or 0)
                    for each in inputs
                    for sources in ([each.sources] if each.is_told else [(one,) for one in each.sources])
                ]
            for sources, weeks in groups:
                yield Need(buyer, tuple(dict.fromkeys(self.number[source] for source in sources)), weeks)

    def _from_the_ends(self) -> frozenset[int]:
        """Return the places that stand by what stands by itself, round by round from the ends of chains."""
        unmet = [len(needs) for needs in self.needed]
        met: set[int] = set()
        found = [place for place, count in enumerate(unmet) if not count]
        for place in found:
            for at in self.fed[place]:
                if at not in met:
                    met.add(at)
                    unmet[self.needs[at].buyer] -= 1
                    if not unmet[self.needs[at].buyer]:
                        found.append(self.needs[at].buyer)
        return frozenset(found)

    def _fed_from_outside(self, fallen: Iterable[int], among: Iterable[int]) -> set[int]:
        """Return which places of a loop, of those `among`, stand by what is outside these and has not fallen."""
        waiting = set(among).difference(fallen)
        gone = frozenset(fallen)
        fed: set[int] = set()
        moved = True
        while moved:
            moved = False
            for place in sorted(waiting - fed):
                if all(self._is_met(self.needs[at], waiting, fed, gone) for at in self.needed[place]):
                    fed.add(place)
                    moved = True
        return fed

    def _is_met(self, need: Need, waiting: set[int], fed: set[int], gone: frozenset[int]) -> bool:
        return any(source not in gone and (source in fed or source not in waiting) for source in need.sources)

    def fallen(self, hit: Iterable[int]) -> set[int]:
        """Return all that falls when these places stop, themselves included."""
        return set(self.falling(hit)) if self.members else self._cone(hit)

    def _cone(self, hit: Iterable[int]) -> set[int]:
        found = set(hit)
        waiting = list(found)
        lost: dict[int, int] = {}
        needs, fed = self.needs, self.fed
        while waiting:
            for at in fed[waiting.pop()]:
                need = needs[at]
                lost[at] = count = lost.get(at, 0) + 1
                if count == len(need.sources) and need.buyer not in found:
                    found.add(need.buyer)
                    waiting.append(need.buyer)
        return found

    def falling(self, hit: Iterable[int]) -> dict[int, int]:
        """Return all that falls, with after how many weeks: when a need has lost its last source and its stock is out.

        Of a stock that is not declared nothing is counted. Places of a loop fall with the last that fed it.
        """
        weeks: dict[int, int] = {}
        waiting = [(0, place) for place in sorted(set(hit))]
        lost: dict[int, int] = {}
        touched: set[int] = set()
        last = 0
        while waiting:
            last = self._fall(waiting, weeks, lost, touched)
            for place in self._starved(touched, weeks):
                heappush(waiting, (last, place))
        return weeks

    def _fall(
        self, waiting: list[tuple[int, int]], weeks: dict[int, int], lost: dict[int, int], touched: set[int]
    ) -> int:
        """Let fall what waits, in the order of time, and what falls with it; return when the last fell."""
        when = 0
        while waiting:
            when, place = heappop(waiting)
            if place in weeks:
                continue
            weeks[place] = when
            for at in self.fed[place]:
                need = self.needs[at]
                if need.buyer in self.loop:
                    touched.add(self.loop[need.buyer])
                lost[at] = lost.get(at, 0) + 1
                if lost[at] == len(need.sources) and need.buyer not in weeks:
                    heappush(waiting, (when + need.weeks, need.buyer))
        return when

    def _starved(self, touched: Iterable[int], weeks: Mapping[int, int]) -> set[int]:
        """Return the places of these loops that were fed from outside and are so no more."""
        found: set[int] = set()
        for loop in touched:
            checked = [place for place in self.members[loop] if place in self.grounded]
            found |= set(checked).difference(self._fed_from_outside(weeks, checked), weeks)
        return found
