"""An owner grants and revokes: only about its own, only to whom it knows, at once, once."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from amont.disclosure import actions, read
from amont.disclosure.actions import Subject
from amont.disclosure.guard import looking_as
from amont.disclosure.levels import Audience, Covers, Level
from amont.disclosure.models import Grant
from amont.disclosure.unsealed import unsealed
from amont.kernel import clock
from amont.kernel.errors import Denied, NotKnown, Refused
from amont.kernel.viewer import Role, Viewer
from amont.ledger.read import lines_of, network_version
from amont.sight import read as sight
from amont.sight.facts import Mark
from small_world import SmallWorld

pytestmark = [pytest.mark.django_db, pytest.mark.both]


@pytest.fixture
def world(db: None) -> SmallWorld:  # noqa: ARG001 - rows need the database
    """Give M above which T1 and T2 stand; everybody asked and answered."""
    world = SmallWorld()
    world.member("M")
    for name, firm in (("m1", "M"), ("t1", "T1"), ("t2", "T2")):
        world.item(name, firm)
    world.ask(world.link("m1", "t1"))
    world.ask(world.link("t1", "t2"), passed=True)
    return world


@pytest.fixture
def owner(world: SmallWorld) -> Iterator[Viewer]:
    """Look as T2."""
    with looking_as(world.viewer("T2")):
        yield world.viewer("T2")


def _marks(world: SmallWorld, firm: str) -> list[Mark]:
    with looking_as(world.viewer(firm)):
        return [place.mark for place in sight.view(world.viewer(firm)).places]


def _rows() -> int:
    with unsealed("a test counts"):
        return Grant.objects.count()


def test_a_grant_narrows_and_a_revocation_ends_it_at_once(world: SmallWorld, owner: Viewer) -> None:
    assert _marks(world, "M") == [Mark.NAMED, Mark.NAMELESS]
    made = actions.grant(
        owner,
        covers=Covers.IDENTITY,
        audience=Audience.REQUESTERS,
        level=Level.ORIGIN,
        subject=Subject(item=world.items["t2"].public_id),
    )
    assert made.in_force
    assert _marks(world, "M") == [Mark.NAMED, Mark.ORIGIN]
    ended = actions.revoke(owner, made.public_id)
    assert not ended.in_force
    assert _marks(world, "M") == [Mark.NAMED, Mark.NAMELESS]


def test_the_same_decision_twice_is_one_grant_and_one_line(owner: Viewer) -> None:
    said = {"covers": Covers.SOURCING, "audience": Audience.CHAIN, "level": Level.SEALED}
    first = actions.grant(owner, **said)
    lines = lines_of(owner)
    assert actions.grant(owner, **said) == first
    assert lines_of(owner) == lines
    actions.revoke(owner, first.public_id)
    lines = lines_of(owner)
    actions.revoke(owner, first.public_id)
    assert lines_of(owner) == lines
    assert _rows() == 1


def test_each_decision_moves_the_network(owner: Viewer) -> None:
    before = network_version()
    made = actions.grant(owner, covers=Covers.IDENTITY, audience=Audience.CHAIN, level=Level.SEALED)
    actions.revoke(owner, made.public_id)
    assert network_version() == before + 2


def test_a_direct_customer_may_be_named_and_nobody_else(world: SmallWorld, owner: Viewer) -> None:
    said = {"covers": Covers.IDENTITY, "audience": Audience.ORGANIZATION, "level": Level.FULL}
    made = actions.grant(owner, **said, organization=world.firm("T1").public_id)
    assert made.organization_name == "T1"
    for stranger in (world.firm("M").public_id, "2" * 20, ""):
        with pytest.raises(Refused) as refused:
            actions.grant(owner, **said, organization=stranger)
        assert list(refused.value.errors) == ["organization"]
    assert _rows() == 1


def test_what_is_not_ones_own_is_not_known(world: SmallWorld, owner: Viewer) -> None:
    with unsealed("a test picks links"):
        from_m = world.items["m1"].public_id
    said = {"audience": Audience.CHAIN, "level": Level.SEALED}
    for subject in (Subject(item=from_m), Subject(item="2" * 20), Subject(link="2" * 20)):
        with pytest.raises(NotKnown):
            actions.grant(owner, covers=Covers.IDENTITY, subject=subject, **said)
    with pytest.raises(NotKnown):
        actions.revoke(owner, "2" * 20)
    assert _rows() == 0


def test_a_link_is_its_suppliers_for_identity_and_its_buyers_for_sourcing(world: SmallWorld) -> None:
    world.item("t3", "T3")
    link = world.link("t2", "t3")
    said = {"audience": Audience.CHAIN, "level": Level.SEALED, "subject": Subject(link=link.public_id)}
    for firm, covers in (("T2", Covers.IDENTITY), ("T3", Covers.SOURCING)):
        with looking_as(world.viewer(firm)), pytest.raises(NotKnown):
            actions.grant(world.viewer(firm), covers=covers, **said)
    for firm, covers in (("T2", Covers.SOURCING), ("T3", Covers.IDENTITY)):
        with looking_as(world.viewer(firm)):
            assert actions.grant(world.viewer(firm), covers=covers, **said).link == link.public_id


def test_another_owners_grant_is_neither_read_nor_revoked(world: SmallWorld, owner: Viewer) -> None:
    made = actions.grant(owner, covers=Covers.IDENTITY, audience=Audience.CHAIN, level=Level.SEALED)
    rival = world.viewer("T1")
    with looking_as(rival):
        assert read.grants_of(rival) == ()
        with pytest.raises(NotKnown):
            actions.revoke(rival, made.public_id)
    assert read.grants_of(owner)[0].in_force


def test_no_grant_reaches_back(owner: Viewer) -> None:
    said = {"covers": Covers.IDENTITY, "audience": Audience.CHAIN, "level": Level.NAMED}
    now = clock.now()
    with pytest.raises(Refused):
        actions.grant(owner, **said, starts_at=now - timedelta(days=1))
    with pytest.raises(Refused):
        actions.grant(owner, **said, starts_at=now + timedelta(days=2), until_at=now + timedelta(days=1))
    later = actions.grant(owner, **said, starts_at=now + timedelta(days=2))
    assert not later.in_force
    assert _rows() == 1


def test_readers_and_unchecked_firms_do_not_grant(world: SmallWorld, owner: Viewer) -> None:
    said = {"covers": Covers.IDENTITY, "audience": Audience.CHAIN, "level": Level.SEALED}
    with pytest.raises(Denied):
        actions.grant(Viewer(owner.organization_id, role=Role.READER), **said)
    firm = world.firm("T2")
    firm.checked_by = "none"
    firm.save()
    with pytest.raises(Denied):
        actions.grant(owner, **said)
    assert _rows() == 0
