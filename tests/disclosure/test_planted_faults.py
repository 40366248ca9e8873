"""The comparison with the naive reading is worth something: it turns red for each fault planted in the product."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from amont.chain import network, walk
from amont.disclosure import rules
from amont.disclosure.facts import LONG_AGO, Defaults, GrantFact, Stance
from amont.sight.cut import dress
from disclosure import naive
from disclosure.house import House, compared
from disclosure.worlds import moments, random_world

Plant = Callable[[pytest.MonkeyPatch], None]
WORLDS = 150


def standing(change: Callable[[Stance], Stance]) -> Plant:
    """Plant a viewer that stands otherwise than it does."""
    true = walk._Walk._stance
    return lambda patch: patch.setattr(walk._Walk, "_stance", lambda *args, **words: change(true(*args, **words)))


def joining(change: Callable[[network.Link], network.Link]) -> Plant:
    """Plant links that are otherwise than they are."""
    true = network._Building.link
    return lambda patch: patch.setattr(network._Building, "link", lambda *args: change(true(*args)))


def weighing(weight: Callable[[GrantFact], Any]) -> Plant:
    """Plant another order among grants."""
    return lambda patch: patch.setattr(rules, "_weight", weight)


def holding(in_force: Callable[[GrantFact, Any], bool]) -> Plant:
    """Plant another notion of a grant in force."""
    return lambda patch: patch.setattr(rules, "in_force", in_force)


def putting(place: Any, name: str, planted: Any) -> Plant:
    """Plant anything in place of something."""
    return lambda patch: patch.setattr(place, name, planted, raising=False)


def since_ever(terms: Any, at: Any, true: Any = rules._moments) -> Any:
    return true(replace(terms, accepted=LONG_AGO), at)


def floor_of_any_age(floors: Any, row: Any) -> int:
    return max((level for level, _ in floors.get((row.charter, row.family), ())), default=0)


def walked_a_moment_late(self: Any, item: int) -> Any:
    return (link for link in self.network.above.get(item, ()) if link.terms.accepted < self.at)


def from_everywhere(self: Any, link: Any, true: Any = walk._Walk._stance, **words: bool) -> Stance:
    return true(self, link, **words | {"from_named": True})


def counting_its_own(self: Any, place: Any, met: Any, true: Any = walk._Walk._count_beside) -> None:
    true(self, place, met)
    items = {item for host, item in self.origins if host == place}
    if any(link.supplier_item == place[0] for item in items for link in self._above(item)):
        self.origins.add((place, place[0]))


def earliest(grant: GrantFact) -> Any:
    return (-grant.subject, -(grant.starts - LONG_AGO).total_seconds(), -grant.level)


FAULTS: dict[str, Plant] = {
    "nothing is remembered": putting(rules, "_was_named", lambda *_: False),
    "only today is remembered": putting(rules, "_moments", lambda _terms, at: [at]),
    "the time before acceptance is remembered": putting(rules, "_moments", since_ever),
    "never once a requester": standing(lambda stance: replace(stance, once_requester=False)),
    "always once a requester": standing(lambda stance: replace(stance, once_requester=True)),
    "ended purchases are forgotten": standing(lambda stance: replace(stance, once_customer=stance.customer)),
    "never a customer": standing(lambda stance: replace(stance, customer=False)),
    "always a customer": standing(lambda stance: replace(stance, customer=True)),
    "a customer from nameless places too": putting(walk._Walk, "_stance", from_everywhere),
    "every viewer is a member": standing(lambda stance: replace(stance, member=True)),
    "no viewer is a member": standing(lambda stance: replace(stance, member=False)),
    "floors hold for old links": putting(network, "_floor", floor_of_any_age),
    "who passes on becomes a requester": joining(lambda link: replace(link, answered_itself=link.answered)),
    "only own requests carry on": joining(lambda link: replace(link, answered=link.answered_itself)),
    "requests carry on unanswered": putting(walk, "_passes_on", lambda place, _link: place.requested),
    "requests stop within a firm": putting(walk, "_passes_on", lambda place, link: place.requested and link.answered),
    "the charter holds within a firm": putting(rules, "_WITHIN_A_FIRM", Defaults()),
    "one consent is enough": putting(rules, "min", max),
    "the widest subject decides": weighing(lambda grant: (grant.subject, grant.starts, -grant.level)),
    "the earliest start decides": weighing(earliest),
    "the higher level decides": weighing(lambda grant: (-grant.subject, grant.starts, grant.level)),
    "an end still holds": holding(lambda grant, at: grant.starts <= at <= grant.ends),
    "a start does not hold yet": holding(lambda grant, at: grant.starts < at < grant.ends),
    "a link is walked a moment late": putting(walk._Walk, "_above", walked_a_moment_late),
    "a place is counted beside itself": putting(walk._Walk, "_count_beside", counting_its_own),
    "certificates are those of today": putting(dress, "quarter_start", lambda day: day),
    "coordinates show at any level": putting(dress, "shows", lambda _fact, _level: True),
}


def differs(seed: int) -> bool:
    """Tell whether any view of a seed's world differs from the naive reading."""
    world = random_world(seed)
    house, times = House(world), list(moments(world))
    return any(
        compared(house.view(each["key"], at)) != compared(naive.view(world, each["key"], at))
        for turn in range(2)
        for at in [times[(seed * 7 + turn * 5) % len(times)]]
        for each in world["organizations"]
    )


@pytest.mark.parametrize("fault", FAULTS)
def test_a_planted_fault_is_found(fault: str, monkeypatch: pytest.MonkeyPatch) -> None:
    FAULTS[fault](monkeypatch)
    assert any(differs(seed) for seed in range(1, WORLDS))
