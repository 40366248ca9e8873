"""A fact that is changed shows below level 3 from the next quarter on, a first statement at once."""

import json
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import transaction

from amont.catalogue.actions.former import keep_former
from amont.catalogue.models import FormerFacts, Item
from amont.chain.actions.sources import state_inputs
from amont.chain.facts_inputs import InputValues, SourceKind, SourceValues
from amont.chain.models import Contact
from amont.disclosure.guard import looking_as
from amont.disclosure.levels import Audience, Covers, Level
from amont.disclosure.models import Grant
from amont.disclosure.unsealed import unsealed
from amont.evidence.actions import rely
from amont.evidence.models import FormerSchemes
from amont.exchange.world.load import load
from amont.exchange.world.show import view_as_json
from amont.kernel import clock
from amont.kernel.viewer import Viewer
from amont.ledger import actions as ledger
from amont.parties.models import Organization
from amont.sight import operator
from amont.sight.facts import Mark
from amont.sight.read import view

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


def hold(name: str, *certificates: tuple[str, str, date | None], at: datetime) -> None:
    with clock.held_at(at), unsealed("a test speaks for an owner"):
        item = Item.objects.get(name=name)
        rely(Viewer(item.owner_id), [(item, certificates)])


def let_it_be_nameless() -> None:
    """Let t2 show under a pseudonym, with its schemes."""
    with unsealed("a test grants"):
        for firm, covers in (("T1", Covers.SOURCING), ("T2", Covers.IDENTITY), ("T2", Covers.SOURCING)):
            owner = Organization.objects.get(name=firm)
            Grant.objects.create(owner=owner, covers=covers, audience=Audience.CHAIN, level=Level.NAMELESS)
    with looking_as(None), unsealed("a test grants"):
        ledger.append(None, "test", network=True)


def schemes(at: datetime) -> dict[str, bool]:
    (found,) = shown("M", at)["nameless"]
    return {each["scheme"]: each["valid"] for each in found["certificates"]}


def test_a_renewal_waits_for_the_next_quarter_below_level_three() -> None:
    let_it_be_nameless()
    hold("t2", ("RSPO", "1", date(2026, 3, 1)), at=datetime(2026, 2, 1, tzinfo=UTC))
    assert schemes(MAY) == {"RSPO": False}
    hold("t2", ("RSPO", "1", date(2027, 3, 1)), at=MAY)
    assert schemes(JUNE) == {"RSPO": False}
    assert schemes(JULY) == {"RSPO": True}


def test_a_renewal_under_another_number_waits_as_well() -> None:
    let_it_be_nameless()
    hold("t2", ("RSPO", "1", date(2026, 3, 1)), at=datetime(2026, 2, 1, tzinfo=UTC))
    hold("t2", ("RSPO", "2", date(2027, 3, 1)), at=MAY)
    assert schemes(JUNE) == {"RSPO": False}
    assert schemes(JULY) == {"RSPO": True}


def test_a_certificate_given_up_shows_until_the_quarter_ends_and_a_new_one_at_once() -> None:
    let_it_be_nameless()
    hold("t2", ("RSPO", "1", None), at=datetime(2026, 2, 1, tzinfo=UTC))
    hold("t2", ("FSC", "7", None), at=MAY)
    assert schemes(JUNE) == {"FSC": True, "RSPO": True}
    assert schemes(JULY) == {"FSC": True}


def test_a_renewal_moves_every_item_that_relies_on_it() -> None:
    let_it_be_nameless()
    hold("t2", ("RSPO", "1", date(2026, 3, 1)), at=datetime(2026, 2, 1, tzinfo=UTC))
    with unsealed("a test speaks for an owner"):
        Item.objects.create(owner=Item.objects.get(name="t2").owner, name="t2 too")
    hold("t2 too", ("RSPO", "1", date(2027, 3, 1)), at=MAY)
    assert schemes(JUNE) == {"RSPO": False}
    assert schemes(JULY) == {"RSPO": True}


def test_saying_the_same_certificate_again_keeps_nothing() -> None:
    hold("t2", ("RSPO", "1", date(2027, 3, 1)), at=MAY)
    hold("t2", ("RSPO", "1", date(2028, 3, 1)), at=MAY)
    with unsealed("a test counts"):
        assert not FormerSchemes.objects.exists()


def state(*, at: datetime, **codes: str) -> None:
    """Let T2 state from what t2 is made."""
    with clock.held_at(at), unsealed("a test speaks for an owner"):
        item = Item.objects.get(name="t2")
        viewer = Viewer(item.owner_id)
        with looking_as(viewer), transaction.atomic():
            firm, _ = Contact.objects.get_or_create(owner_id=viewer.organization_id, name="A farm")
            source = SourceValues(kind=SourceKind.STATED, contact=firm.public_id, **codes)
            state_inputs(viewer, [(item, [InputValues("fruit", sources=(source,))])], own={}, charter=0)
            ledger.append(viewer, "test", network=True)


def stated(viewer: str, at: datetime) -> str:
    organization = Organization.objects.get(name=viewer)
    with looking_as(Viewer(organization.pk)):
        (found,) = (place for place in view(Viewer(organization.pk), at=at).places if place.mark is Mark.STATED)
    return found.country


def test_a_stated_source_that_is_changed_waits_for_the_next_quarter_below_level_three() -> None:
    let_it_be_nameless()
    state(at=datetime(2026, 2, 1, tzinfo=UTC), country="ID")
    state(at=MAY, country="MY")
    state(at=MAY, country="PH")
    assert stated("M", JUNE) == "ID"
    assert stated("M", JULY) == "PH"
    assert stated("T2", JUNE) == "PH"
