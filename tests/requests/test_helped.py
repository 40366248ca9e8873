"""A coordinator sees, of the firms that accepted its help, the name and how many tasks are open: never for whom."""

from dataclasses import fields
from datetime import date

import pytest

from amont.consortia import actions
from amont.consortia.models import Participation
from amont.disclosure.guard import looking_as
from amont.kernel.errors import Denied, NotKnown
from amont.kernel.viewer import Role, Viewer
from amont.ledger.read import lines_of
from amont.requests import read
from amont.requests.models import Request, RequestLine
from amont.requests.read.helped import HelpedFirm
from small_world import SmallWorld

pytestmark = [pytest.mark.django_db, pytest.mark.both]


@pytest.fixture
def world() -> SmallWorld:
    """Give two members that ask one supplier for one thing each; a coordinator of its own."""
    world = SmallWorld()
    for member in ("M1", "M2"):
        world.member(member)
        world.item(f"{member}-item", member, family="palm")
    world.item("t", "Help me", family="palm")
    world.item("u", "Silent", family="palm")
    coordinator = Participation.objects.create(
        consortium=world.charter.consortium, organization=world.firm("Coordinator"), is_coordinator=True
    )
    assert coordinator.helped_from is None
    for firm in ("Help me", "Silent"):
        Participation.objects.create(consortium=world.charter.consortium, organization=world.firm(firm))
    return world


def consortium(world: SmallWorld) -> str:
    return world.charter.consortium.public_id


def test_nothing_shows_before_a_firm_accepts_and_nothing_once_it_ends_it(world: SmallWorld) -> None:
    coordinator, firm = world.viewer("Coordinator"), world.viewer("Help me")
    assert read.helped(coordinator, consortium(world)) == ()
    actions.accept_help(firm, consortium(world))
    assert read.helped(coordinator, consortium(world)) == (HelpedFirm("Help me", 0),)
    actions.end_help(firm, consortium(world))
    assert read.helped(coordinator, consortium(world)) == ()


def test_tasks_are_counted_and_nothing_tells_for_whom(world: SmallWorld) -> None:
    actions.accept_help(world.viewer("Help me"), consortium(world))
    for member in ("M1", "M2"):
        asked(world, member, "Help me")
    asked(world, "M1", "Silent")
    assert read.helped(world.viewer("Coordinator"), consortium(world)) == (HelpedFirm("Help me", 2),)
    assert {each.name for each in fields(HelpedFirm)} == {"name", "open_tasks"}


def asked(world: SmallWorld, member: str, supplier: str) -> None:
    """Let a member's request for one line wait with a supplier."""
    owner = world.firm(member)
    contact = world.contact(member, supplier)
    with looking_as(world.viewer(member)):
        request = Request.objects.create(
            asker=owner,
            supplier=world.firm(supplier),
            contact=contact,
            consortium=world.charter.consortium,
            charter=world.charter,
            purpose="chain",
            due_on=date(2026, 6, 1),
        )
        RequestLine.objects.create(request=request, asker=owner, supplier=world.firm(supplier), reference="x")


def test_accepting_twice_writes_once(world: SmallWorld) -> None:
    firm = world.viewer("Help me")
    actions.accept_help(firm, consortium(world))
    lines = lines_of(firm)
    actions.accept_help(firm, consortium(world))
    assert lines_of(firm) == lines


def test_only_an_administrator_decides_and_only_the_coordinator_sees(world: SmallWorld) -> None:
    firm = world.viewer("Help me")
    with pytest.raises(Denied):
        actions.accept_help(Viewer(firm.organization_id, role=Role.CONTRIBUTOR), consortium(world))
    with pytest.raises(NotKnown):
        actions.accept_help(world.viewer("Stranger"), consortium(world))
    for other in ("M1", "Help me"):
        with pytest.raises(Denied):
            read.helped(world.viewer(other), consortium(world))
    with pytest.raises(NotKnown):
        read.helped(world.viewer("Stranger"), consortium(world))
    assert not Participation.objects.filter(helped_from__isnull=False).exists()
