"""The comparison of worlds is worth something: it finds each leak that is planted, one at a time.

A run of the tests replays the pairs of worlds in which leaks were found by search (`planted_search.py`).
"""

import json
import random
from collections.abc import Collection, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from amont.sight.cut import whole
from disclosure.naive_consents import moment
from house.routes import routes
from proof.loading import Loaded, public
from proof.observing import Asked, still
from proof.pairs import Observed, Pair, loaded, observed, pair_of, pseudonyms
from proof.planted import PLANTED
from proof.planted_views import CHAINS
from proof.strategies import Handles, ask, handles

FOUND = Path(__file__).with_name("planted.json")
REQUESTS = 6
FEWEST = 43


def stored() -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = json.loads(FOUND.read_text()) if FOUND.exists() else {}
    return found


def asked_for(name: str, number: int, seed: int, found: Handles, own: Sequence[str] = ()) -> list[Asked]:
    """Return what is asked while one leak is there: on its routes, by its methods; of chains those of own lines."""
    if own and PLANTED[name].routes == CHAINS:
        found = replace(found, own={**found.own, "item": own}, hidden={**found.hidden, "item": own})
    leak, dice = PLANTED[name], random.Random(f"{seed}/{number}/{name}")  # noqa: S311 - repeatable on purpose
    there = [route for route in routes() if route.name in leak.routes]
    assert {route.name for route in there} == set(leak.routes)
    return [ask(route.name, route.parameters, found, dice, leak.methods) for route in (there * REQUESTS)[:REQUESTS]]


def with_each(
    pair: Pair, rows: Loaded, wanted: dict[str, list[Asked]], patch: pytest.MonkeyPatch, *, planted: bool
) -> dict[str, list[Observed]]:
    """Return what the viewer receives in one world while each leak is there in turn (or none, all the same)."""
    rich = pair.one if not rows.salted else pair.other
    told = {}
    for name, asked in wanted.items():
        with patch.context() as planting:
            if planted:
                with still(name, moment(pair.at)):
                    PLANTED[name].plant(planting)
            try:
                told[name] = observed(pair, rich, rows, asked)
            except Exception as trouble:  # noqa: BLE001 - a leak may break a page: that is told, by its kind
                told[name] = [{"broken": type(trouble).__name__}]
        whole._Shelf.kept.clear()
    return told


def leaks_seen(seed: int, number: int, names: Collection[str], patch: pytest.MonkeyPatch) -> set[str]:
    """Return those of the leaks in which a pair of worlds differs for its viewer, and does not without them."""
    pair = pair_of(seed, number)
    names = [name for name in names if pair.kind in PLANTED[name].kinds]
    one, other = pair.eyes(pair.one), pair.eyes(pair.other)
    known = one.ids() | {("", "")}
    with loaded(pair, pair.one, known, "") as rows:
        found = handles((pair.one, one), (pair.other, other), pseudonyms(pair, rows))
        own = [public("item", key, "") for key, owner in sorted(one.owner.items()) if owner == pair.viewer]
        wanted = {name: asked_for(name, number, seed, found, own) for name in names}
        first = with_each(pair, rows, wanted, patch, planted=True)
        before = with_each(pair, rows, wanted, patch, planted=False)
    with loaded(pair, pair.other, known, "other") as rows:
        rows.salted = True
        second = with_each(pair, rows, wanted, patch, planted=True)
        after = with_each(pair, rows, wanted, patch, planted=False)
    assert before == after
    return {name for name in names if first[name] != second[name]}


@pytest.mark.django_db
def test_each_planted_leak_is_found_again(monkeypatch: pytest.MonkeyPatch) -> None:
    by_pair: dict[tuple[int, int], set[str]] = {}
    for name, told in stored().items():
        by_pair.setdefault((told["seed"], told["number"]), set()).add(name)
    for (seed, number), names in by_pair.items():
        assert names - leaks_seen(seed, number, names, monkeypatch) == set()


def test_what_is_stored_of_leaks_is_about_leaks_that_are_planted() -> None:
    assert set(stored()) <= set(PLANTED)
    assert len(stored()) >= FEWEST
