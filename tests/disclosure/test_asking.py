"""Asking for more on random worlds: who is asked, and that all their consents name the place."""

import json
from typing import Any

import pytest

from amont.chain.walk import keepers
from amont.kernel.errors import Denied
from amont.kernel.viewer import Role, Viewer
from disclosure import naive
from disclosure.house import House, _at
from disclosure.naive_asking import asked
from disclosure.worlds import moments, random_world

Json = dict[str, Any]
SEEDS = range(1, 81)


def chosen(world: Json, seed: int) -> str:
    times = list(moments(world))
    return times[seed * 7 % len(times)]


def askable(world: Json, house: House, at: str) -> list[tuple[str, tuple[int, int]]]:
    """Give every (viewer, nameless place) of a world at a moment."""
    return [
        (each["key"], place)
        for each in world["organizations"]
        for place in sorted(house.walked(each["key"], at).nameless)
    ]


def product(house: House, viewer: str, place: tuple[int, int], at: str) -> set[tuple[str, str, str]]:
    links = {number: key for key, number in house.links.items()}
    firms = {number: key for key, number in house.organizations.items()}
    found = keepers(house.network, house.organizations[viewer], place, _at(at))
    return {(links[link], side.value, firms[owner]) for link, side, owner in found}


def test_those_who_keep_a_place_nameless_are_asked_and_nobody_else() -> None:
    places = 0
    for seed in SEEDS:
        world, at = random_world(seed), chosen(random_world(seed), seed)
        house = House(world)
        for viewer, place in askable(world, house, at):
            item, head = (house.item_keys[number] for number in place)
            found = product(house, viewer, place, at)
            assert found == asked(world, viewer, at, item=item, head=head), f"seed {seed}, {viewer}, {item}@{head}"
            assert found, "a nameless place is always kept so by somebody"
            assert viewer not in {owner for _, _, owner in found}
            places += 1
    assert places > 300


def test_once_all_have_consented_the_place_is_named() -> None:
    for seed in SEEDS:
        world, at = random_world(seed), chosen(random_world(seed), seed)
        house = House(world)
        for viewer, place in askable(world, house, at)[:6]:
            given = json.loads(json.dumps(world))
            given.setdefault("grants", []).extend(
                {
                    "grantor": owner,
                    "covers": side,
                    "link": link,
                    "audience": {"organization": viewer},
                    "level": 3,
                    "from": at,
                }
                for link, side, owner in product(house, viewer, place, at)
            )
            named = {each["ref"] for each in naive.view(given, viewer, at)["named"]}
            assert f"item:{house.item_keys[place[0]]}" in named, f"seed {seed}, {viewer}"


def test_a_place_that_is_not_nameless_is_kept_by_nobody() -> None:
    world = random_world(3)
    house = House(world)
    at = chosen(world, 3)
    for each in world["organizations"]:
        walked = house.walked(each["key"], at)
        for item in walked.named:
            assert keepers(house.network, house.organizations[each["key"]], (item, 0), _at(at)) == frozenset()


@pytest.mark.django_db
def test_readers_do_not_ask() -> None:
    from amont.disclosure.actions import ask_owners  # noqa: PLC0415 - it needs the database

    with pytest.raises(Denied):
        ask_owners(Viewer(1, role=Role.READER), place="x", key=(1, 2), purpose="Why", keepers=())
