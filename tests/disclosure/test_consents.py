"""Consents are held until all are in, whoever comes last; what was agreed may be taken back by a click."""

import pytest

from amont.disclosure import actions, read
from amont.disclosure.guard import looking_as
from amont.disclosure.models import Consent, Grant
from amont.disclosure.unsealed import unsealed
from amont.kernel.errors import Denied, NotKnown
from amont.kernel.viewer import Role, Viewer
from amont.ledger import read as ledger
from amont.sight import read as sight
from amont.sight.actions import ask_for_more
from amont.sight.facts import Mark
from small_world import SmallWorld
from stories.races import at_once

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.both]


@pytest.fixture
def world() -> SmallWorld:
    """Give M <- T1 <- T2, asked and answered; M asks who T2 is."""
    made = SmallWorld()
    made.member("M")
    for name, firm in (("m1", "M"), ("t1", "T1"), ("t2", "T2")):
        made.item(name, firm)
    made.ask(made.link("m1", "t1"))
    made.ask(made.link("t1", "t2"), passed=True)
    viewer = made.viewer("M")
    with looking_as(viewer):
        place = next(each.ref for each in sight.view(viewer).places if each.mark is Mark.NAMELESS)
        ask_for_more(viewer, place, purpose="To visit")
        ask_for_more(viewer, place, purpose="To visit, again")
    return made


def _question(world: SmallWorld, firm: str) -> str:
    with looking_as(world.viewer(firm)):
        return read.consents_of(world.viewer(firm))[0].public_id


def _say(world: SmallWorld, firm: str, *, yes: bool) -> None:
    with looking_as(world.viewer(firm)):
        actions.say(world.viewer(firm), _question(world, firm), yes=yes)


def _grants() -> list[tuple[str, str]]:
    with unsealed("a test reads"):
        rows = Grant.objects.filter(revoked_at=None).select_related("owner")
        return sorted((row.owner.name, row.covers) for row in rows)


def test_one_question_for_each_owner_however_often_it_is_asked(world: SmallWorld) -> None:
    with unsealed("a test reads"):
        asked = sorted((row.owner.name, row.covers) for row in Consent.objects.select_related("owner"))
    assert asked == [("T1", "sourcing"), ("T2", "identity")]
    with looking_as(world.viewer("M")):
        assert [each.purpose for each in read.askings_of(world.viewer("M"))] == ["To visit"]


def test_two_last_consents_at_once_make_each_grant_once(world: SmallWorld) -> None:
    raised = at_once(lambda: _say(world, "T1", yes=True), lambda: _say(world, "T2", yes=True))
    assert raised == []
    assert _grants() == [("T1", "sourcing"), ("T2", "identity")]
    assert ledger.first_broken_line() is None


def test_a_consent_given_twice_is_one_and_one_taken_back_is_none(world: SmallWorld) -> None:
    for yes in (True, True, False):
        _say(world, "T1", yes=yes)
    _say(world, "T2", yes=True)
    assert _grants() == []
    _say(world, "T1", yes=True)
    assert _grants() == [("T1", "sourcing"), ("T2", "identity")]
    _say(world, "T2", yes=False)
    assert _grants() == [("T1", "sourcing")]


def test_a_reader_says_nothing_and_an_unchecked_firm_no_alone(world: SmallWorld) -> None:
    owner = world.viewer("T2")
    with looking_as(owner):
        question = _question(world, "T2")
        with pytest.raises(Denied):
            actions.say(Viewer(owner.organization_id, role=Role.READER), question, yes=False)
        with pytest.raises(NotKnown):
            actions.say(owner, "2" * 20, yes=True)
        world.firm("T2").checked_by = "none"
        world.firm("T2").save()
        with pytest.raises(Denied):
            actions.say(owner, question, yes=True)
        actions.say(owner, question, yes=False)
    with unsealed("a test reads"):
        assert sorted(Consent.objects.values_list("said", flat=True)) == ["no", "nothing"]


def test_a_firm_that_nobody_checked_does_not_ask(world: SmallWorld) -> None:
    viewer = world.viewer("M")
    world.firm("M").checked_by = "none"
    world.firm("M").save()
    with unsealed("a test empties"):
        Consent.objects.all().delete()
    with looking_as(viewer):
        place = next(each.ref for each in sight.view(viewer).places if each.mark is Mark.NAMELESS)
        with pytest.raises(Denied):
            ask_for_more(viewer, place, purpose="Who?")
        with pytest.raises(NotKnown):
            ask_for_more(viewer, "2" * 24, purpose="Who?")
    with unsealed("a test counts"):
        assert Consent.objects.count() == 0
