"""Two random worlds that differ only in what a viewer may not see give that viewer the same bytes, on every route.

`make noninterference SECONDS=1200 SEED=7` runs by the clock; a run of the tests makes a few pairs.
"""

import random
from collections import Counter

import pytest
from django.db import connection

from house.routes import routes
from proof.campaign import SECONDS, SEED, Campaign
from proof.pairs import KINDS, Count, deck, pair_of, run_pair
from proof.secrets_of import CHANGES
from proof.strategies import Handles, ask

PAIRS = 18 if connection.vendor == "sqlite" else 6


@pytest.mark.both
@pytest.mark.django_db
def test_what_a_viewer_may_not_see_changes_not_a_byte() -> None:
    campaign, count = Campaign("noninterference", small=PAIRS), Count()

    def step(number: int) -> None:
        found = run_pair(SEED, number, count)
        assert not found, "\n".join(map(str, found[:3]))
        campaign.done.update({"pairs": count.pairs, "requests": count.requests, "left out": count.impossible})
        campaign.done.update({f"·{cell}": times for cell, times in count.cells.items()})
        count.pairs = count.requests = count.impossible = 0
        count.cells.clear()

    campaign.steps(step)
    assert campaign.done["pairs"] > campaign.done["left out"]
    if SECONDS:
        cells = [campaign.done[f"·{route.name} {kind}"] for route in routes() for kind in KINDS]
        print(f"each of {len(cells)} routes by kinds of viewer at least {min(cells)} times")  # noqa: T201 - with -s


def test_every_route_is_asked_as_every_kind_of_viewer_in_turn() -> None:
    laps = len(routes()) // 16 + 1
    asked = Counter(
        (route.name, number % len(KINDS)) for number in range(laps * len(KINDS)) for route in deck(1, number)
    )
    assert set(asked) == {(route.name, kind) for route in routes() for kind in range(len(KINDS))}


def test_every_route_has_a_strategy() -> None:
    nothing = Handles({}, {}, ["no@one.example"])
    for route in routes():
        assert ask(route.name, route.parameters, nothing, random.Random(route.name)).url  # noqa: S311


def test_pairs_differ_by_every_kind_of_change_and_are_told_the_same() -> None:
    seen = Counter[str]()
    for number in range(80):
        pair = pair_of(1, number)
        seen.update(pair.changes)
        assert pair.eyes(pair.one).told() == pair.eyes(pair.other).told()
    assert {change.__name__ for change in CHANGES} - set(seen) == set()
