"""Founding a consortium."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from amont.consortia import actions, lists, read
from amont.consortia.facts import ConsortiumFacts, FloorChoice
from amont.consortia.models import Charter, Consortium, Participation
from amont.kernel.errors import Denied, NotKnown, Refused
from amont.kernel.viewer import Role, Viewer
from amont.ledger import read as ledger
from amont.ledger.models import Entry
from consortia.conftest import last_token

pytestmark = [pytest.mark.django_db, pytest.mark.both]
PROPOSAL = lists.sector("cosmetics").proposal


def test_a_founder_coordinates_and_is_a_member_under_the_proposed_charter(beauty: ConsortiumFacts) -> None:
    assert beauty.is_coordinator
    assert beauty.is_member
    assert (beauty.charter.customers, beauty.charter.requesters, beauty.charter.chain) == (3, 2, 1)
    assert "palm" in {each.code for each in beauty.charter.families_at_risk}
    assert (beauty.charter.thresholds.suppliers, beauty.charter.thresholds.member_share) == (5, 50)
    assert beauty.charter.minutes == sum(each.minutes for each in beauty.charter.questions) > 0


def test_a_federation_may_coordinate_without_being_a_member(claire: Viewer) -> None:
    made = actions.found(claire, name="Wood", template="blank", joins_as_member=False)
    assert (made.is_member, made.is_coordinator) == (False, True)
    assert read.members(claire, made.public_id) == ()


def test_founding_twice_founds_once(claire: Viewer, beauty: ConsortiumFacts) -> None:
    lines = Entry.objects.count()
    again = actions.found(claire, name=" Clear beauty ", template="cosmetics")
    assert again == beauty
    assert (Consortium.objects.count(), Entry.objects.count()) == (1, lines)


def test_founding_is_one_line_in_a_ledger_that_holds(claire: Viewer, beauty: ConsortiumFacts) -> None:
    assert ledger.lines_of(claire)[0].act == "found_consortium"
    assert ledger.lines_of(claire)[0].about == beauty.public_id
    assert ledger.first_broken_line() is None


def test_floors_hold_from_the_founding(claire: Viewer) -> None:
    chosen = replace(PROPOSAL, floors=(FloorChoice("palm", 2),))
    made = actions.found(claire, name="Palm", template="cosmetics", charter=chosen)
    assert [(each.family, each.level) for each in made.charter.floors] == [("palm", 2)]
    assert made.charter.floors[0].holds_from == made.charter.in_force_from


@pytest.mark.parametrize(
    ("name", "template", "field"),
    [("", "cosmetics", "name"), ("Palm", "nothing", "template"), ("Palm", "", "template")],
)
def test_a_founding_that_does_not_do_is_refused_at_the_field(
    claire: Viewer, name: str, template: str, field: str
) -> None:
    with pytest.raises(Refused) as refused:
        actions.found(claire, name=name, template=template)
    assert set(refused.value.errors) == {field}
    assert not Consortium.objects.exists()


def test_a_floor_above_everything_is_refused_and_nothing_is_kept(claire: Viewer) -> None:
    lines = Entry.objects.count()
    with pytest.raises(Refused) as refused:
        actions.found(
            claire, name="Palm", template="cosmetics", charter=replace(PROPOSAL, floors=(FloorChoice("palm", 5),))
        )
    assert set(refused.value.errors) == {"floors"}
    assert not any(table.objects.exists() for table in (Consortium, Charter, Participation))
    assert Entry.objects.count() == lines


def test_only_an_administrator_founds(claire: Viewer) -> None:
    with pytest.raises(Denied):
        actions.found(replace(claire, role=Role.CONTRIBUTOR), name="Palm", template="cosmetics")
    assert not Consortium.objects.exists()


def test_a_stranger_knows_nothing_of_a_consortium(beauty: ConsortiumFacts, firm: Callable[[str], Viewer]) -> None:
    rival = firm("rival")
    for ask in (read.consortium, read.members, read.coordinators, read.seats):
        with pytest.raises(NotKnown):
            ask(rival, beauty.public_id)
    assert read.consortia(rival) == ()
    assert read.current(rival) is None


def test_a_partner_takes_part_once_and_does_not_know_the_members(
    beauty: ConsortiumFacts, firm: Callable[[str], Viewer]
) -> None:
    tom = firm("tom")
    actions.join_as_partner(tom, consortium_key=beauty.key)
    actions.join_as_partner(tom, consortium_key=beauty.key)
    facts = read.consortium(tom, beauty.public_id)
    assert (facts.is_member, facts.is_coordinator) == (False, False)
    assert read.coordinators(tom, beauty.public_id) == ("Maison Claire",)
    with pytest.raises(NotKnown):
        read.members(tom, beauty.public_id)
    with pytest.raises(Denied):
        read.seats(tom, beauty.public_id)
    assert [line.act for line in ledger.lines_of(tom)].count("join_as_partner") == 1


@pytest.mark.usefixtures("db")
def test_a_founder_without_account_proves_its_address_first() -> None:
    actions.ask_to_found(email=" New@Firm.example ", language="fr")
    token = last_token("open")
    assert read.founder_address(token) == "new@firm.example"
    viewer = actions.open_account_to_found(
        token, person_name="Nora", organization_name="Nouvelle", country="FR", language="fr"
    )
    assert actions.found(viewer, name="Bois", template="blank").is_coordinator


def test_a_founders_link_opens_one_account(claire: Viewer) -> None:
    actions.ask_to_found(email="claire@firm.example", language="en")
    with pytest.raises(Refused) as refused:
        actions.open_account_to_found(
            last_token("open"), person_name="Eve", organization_name="Eve", country="FR", language="en"
        )
    assert set(refused.value.errors) == {"email"}
    assert read.consortia(claire) == ()


@pytest.mark.usefixtures("db")
def test_a_forged_founders_link_is_none() -> None:
    for token in ("", "x", "eyJ4IjoxfQ.signature"):
        with pytest.raises(NotKnown):
            read.founder_address(token)
