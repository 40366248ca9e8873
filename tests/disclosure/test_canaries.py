"""The canary sweep: every route, as every persona, with every id of every owner, tells nobody what it was not given."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction

from amont.sight.cut.whole import _Shelf
from disclosure.entries import ENTRIES
from disclosure.leaks import LEAKS
from disclosure.leaks_of_books import BOOKS
from disclosure.leaks_of_grants import GRANTED
from disclosure.sweep import PERSONAS, Sweep
from house.routes import routes
from world.build import World, whole
from world.given import give_all

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:  # noqa: ARG001 - the database's own
    """The test consortium, written once and taken back at the end."""
    with django_db_blocker.unblock(), transaction.atomic():
        made = whole()
        give_all(made)
        yield made
        transaction.set_rollback(True)


def test_every_route_has_an_entry_in_the_sweep_and_no_entry_is_stale() -> None:
    names = {route.name for route in routes()}
    assert names - set(ENTRIES) == set()
    assert set(ENTRIES) - names == set()


@pytest.mark.parametrize("name", PERSONAS)
def test_no_answer_and_no_mail_holds_a_word_that_its_reader_was_not_given(world: World, name: str) -> None:
    sweep = Sweep(world)
    found = sweep.run(name)
    print(f"{name}: {sweep.fetched} answers")  # noqa: T201 - with -s
    assert found == []
    assert sweep.crashes == []


def test_leaks_are_planted_where_data_is_brought_matched_and_decided_about() -> None:
    assert len(BOOKS) >= 20
    assert len(GRANTED) >= 10
    assert {route for leak in BOOKS.values() for route in leak.routes} >= {
        *("bring:start", "bring:file", "bring:marked", "bring:lines", "bring:contacts", "bring:sites", "bring:site"),
        *("bring:alike", "bring:merge_undo", "see:line", "see:lines", "home:behind", "account:organization"),
    }


@pytest.mark.parametrize("leak", LEAKS)
def test_the_sweep_is_red_for_a_planted_leak(world: World, leak: str, monkeypatch: pytest.MonkeyPatch) -> None:
    where = LEAKS[leak]  # that nothing is found without it the test above shows
    _Shelf.kept.clear()
    where.plant(monkeypatch)
    assert next(Sweep(world, where.routes).each(where.persona), None)
    _Shelf.kept.clear()
