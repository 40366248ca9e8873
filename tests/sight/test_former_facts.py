"""A fact that is changed shows below level 3 from the next quarter on, a first statement at once."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from amont.catalogue.actions.former import keep_former
from amont.catalogue.models import FormerFacts, Item
from amont.disclosure.unsealed import unsealed
from amont.exchange.world.load import load
from amont.exchange.world.show import view_as_json
from amont.kernel import clock
from amont.sight import operator

pytestmark = [pytest.mark.django_db, pytest.mark.both]

MAY = datetime(2026, 5, 10, 12, tzinfo=UTC)
JUNE = datetime(2026, 6, 30, 23, tzinfo=UTC)
JULY = datetime(2026, 7, 1, tzinfo=UTC)


@pytest.fixture(autouse=True)
def world() -> None:
    """Load m1 <- t1 <- t2: the member sees t1 by name and t2 as an origin beside it."""
    chain = (("m1", "M"), ("t1", "T1"), ("t2", "T2"))
    items = [{"key": key, "organization": firm, "name": key} for key, firm in chain]
    items[2]["country"] = "ID"
    content = {
        "consortium": {"name": "Small"},
        "organizations": [{"key": firm, "name": firm, "country": "FR"} for _, firm in chain],
        "items": items,
        "links": [
            {"key": "a", "buyer_item": "m1", "supplier_item": "t1"},
            {"key": "b", "buyer_item": "t1", "supplier_item": "t2"},
        ],
    }
    load(json.dumps(content))


def say(name: str, *, at: datetime, **codes: str) -> None:
    with clock.held_at(at), unsealed("a test speaks for an owner"):
        item = Item.objects.get(name=name)
        for field, value in codes.items():
            setattr(item, field, value)
        keep_former([item])
        item.save()


def shown(viewer: str, at: datetime) -> dict[str, Any]:
    key, view, _ = operator.view_of(viewer, at=at)
    return view_as_json(key, view, at=at)


def origin(at: datetime) -> tuple[str | None, str | None]:
    (found,) = shown("M", at)["origins"]
    return found["country"], found["step"]


def test_a_change_waits_for_the_next_quarter_below_level_three() -> None:
    say("t2", at=MAY, country="MY")
    assert origin(JUNE) == ("ID", None)
    assert origin(JULY) == ("MY", None)


def test_by_name_a_change_shows_at_once() -> None:
    say("t2", at=MAY, country="MY")
    assert [each["country"] for each in shown("T1", JUNE)["named"]] == ["MY"]


def test_a_first_statement_shows_at_once_and_stays_for_the_quarter() -> None:
    say("t2", at=MAY, step="mill")
    assert origin(JUNE) == ("ID", "mill")
    say("t2", at=MAY, step="farm")
    assert origin(JUNE) == ("ID", "mill")
    assert origin(JULY) == ("ID", "farm")


def test_of_several_changes_in_a_quarter_the_first_hides() -> None:
    say("t2", at=MAY, country="MY")
    say("t2", at=JUNE, country="PH", step="mill")
    assert origin(JUNE) == ("ID", "mill")
    assert origin(JULY) == ("PH", "mill")
    with unsealed("a test counts"):
        assert FormerFacts.objects.count() == 1


def test_saying_the_same_again_keeps_nothing() -> None:
    say("t2", at=MAY, country="ID")
    with unsealed("a test counts"):
        assert not FormerFacts.objects.exists()
