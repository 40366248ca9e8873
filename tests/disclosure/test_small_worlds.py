"""The product against the naive reading on a handful of worlds: quick enough to be run for each mutant."""

from functools import cache
from typing import Any

from amont.chain.walk import keepers
from disclosure import naive
from disclosure.house import House, _at, compared
from disclosure.naive_asking import asked
from disclosure.worlds import moments, random_world

Json = dict[str, Any]
WORLDS, ASKED = range(2001, 2051), range(2001, 2013)


def moment_of(world: Json, seed: int) -> str:
    times = list(moments(world))
    return times[seed * 7 % len(times)]


@cache
def expected_views() -> tuple[tuple[House, str, str, Json], ...]:
    """Return (world as the product has it, viewer, moment, the naive view), for every firm of each world."""
    found = []
    for seed in WORLDS:
        world = random_world(seed)
        house, at = House(world), moment_of(world, seed)
        firms = [firm["key"] for firm in world["organizations"]]
        found.extend((house, firm, at, compared(naive.view(world, firm, at))) for firm in firms)
    return tuple(found)


@cache
def expected_askings() -> tuple[tuple[House, str, str, tuple[int, int], set[tuple[str, str, str]]], ...]:
    """Return (world, viewer, moment, nameless place, who is asked by the naive reading)."""
    found = []
    for seed in ASKED:
        world = random_world(seed)
        house, at = House(world), moment_of(world, seed)
        for firm in world["organizations"]:
            for row in naive.view(world, firm["key"], at)["nameless"]:
                item, head = row["ref"].removeprefix("item:").split("@")
                named = asked(world, firm["key"], at, item=item, head=head)
                found.append((house, firm["key"], at, (house.items[item], house.items[head]), named))
    return tuple(found)


def test_every_view_is_the_naive_one() -> None:
    for house, viewer, at, expected in expected_views():
        assert compared(house.view(viewer, at)) == expected, f"{viewer} at {at}"


def test_every_explained_walk_is_the_same_walk_with_a_way_to_each_place() -> None:
    for house, viewer, at, _expected in expected_views():
        plain = house.walked(viewer, at)
        told = house.walked(viewer, at, explain=True)
        assert plain.ways == {}
        assert (told.own, told.named, told.nameless, told.links) == (
            *(plain.own, plain.named, plain.nameless, plain.links),
        )
        assert {(step.origin, place) for place, steps in told.ways.items() for step in steps} == plain.links
        for place, steps in told.ways.items():
            if place in told.nameless:
                assert {step.level for step in steps} == {2}
            elif place[0] in told.named:
                assert max(step.level for step in steps) == told.named[place[0]].level


def test_those_are_asked_who_keep_a_place_nameless() -> None:
    assert len(expected_askings()) > 30
    for house, viewer, at, place, expected in expected_askings():
        links = {number: key for key, number in house.links.items()}
        firms = {number: key for key, number in house.organizations.items()}
        found = keepers(house.network, house.organizations[viewer], place, _at(at))
        assert {(links[link], side.value, firms[owner]) for link, side, owner in found} == expected


def test_a_place_that_is_not_nameless_is_kept_by_nobody() -> None:
    for house, viewer, at, _expected in expected_views()[:40]:
        for item in (*house.walked(viewer, at).named, *house.walked(viewer, at).own):
            assert keepers(house.network, house.organizations[viewer], (item, 0), _at(at)) == frozenset()
