"""Invitations: bound to an address, used once, passed on, declined, expired."""

from datetime import timedelta

import pytest

from amont.chain.models import Invitation, Source
from amont.disclosure.guard import looking_as
from amont.kernel import clock
from amont.kernel.errors import NotKnown, Refused
from amont.ledger.models import Entry
from amont.parties.models import Organization
from amont.requests import actions, read
from amont.requests.models import RequestLine
from stories import cast

pytestmark = [pytest.mark.django_db, pytest.mark.both]

ADDRESS = "olea@olea.example"
COLLEAGUE = "carla@olea.example"


@pytest.fixture
def brand() -> cast.Firm:
    firm = cast.member("Maison Claire")
    cast.ask(firm, cast.line(firm, "Emulsifier", "Olea", ADDRESS))
    return firm


@pytest.fixture
def token(brand: cast.Firm) -> str:
    assert brand
    return cast.token(ADDRESS)


def test_a_link_is_used_once(token: str) -> None:
    cast.join(ADDRESS, "Olea")
    before = Organization.objects.count()
    with pytest.raises(Refused):
        actions.join(token=token, person_name="Eve", organization_name="Evil", country="IT", language="en")
    assert Organization.objects.count() == before


def test_a_link_expires_and_a_fresh_one_comes_to_the_same_address(token: str) -> None:
    with clock.held_at(clock.now() + timedelta(days=31)):
        with pytest.raises(Refused):
            read.invitation(token)
        with pytest.raises(Refused):
            actions.decline_invitation(token, reason="no")
        actions.send_fresh_link(token=token)
        assert read.invitation(cast.token(ADDRESS)).references == ("Emulsifier",)


def test_passing_on_gives_the_colleague_a_link_and_ends_the_first(token: str) -> None:
    actions.forward(token, email=COLLEAGUE, language="fr")
    with pytest.raises(Refused):
        read.invitation(token)
    carla = cast.join(COLLEAGUE, "Olea")
    assert [task.reference for task in cast.tasks(carla)] == ["Emulsifier"]
    with pytest.raises(NotKnown):
        actions.send_fresh_link(token=token)


def test_it_is_passed_on_three_times_at_most(token: str) -> None:
    for number in range(3):
        address = f"c{number}@olea.example"
        actions.forward(token, email=address, language="en")
        token = cast.token(address)
    with pytest.raises(Refused):
        actions.forward(token, email="d@olea.example", language="en")
    with pytest.raises(Refused):
        actions.forward(token, email="nobody", language="en")
    assert not cast.mails("d@olea.example")


def test_declining_needs_no_account_and_is_told_to_the_asker_alone(brand: cast.Firm, token: str) -> None:
    with pytest.raises(Refused):
        actions.decline_invitation(token, reason=" ")
    actions.decline_invitation(token, reason="We have stopped that product")
    (line,) = cast.all_rows(RequestLine)
    assert (line.status, line.reason) == ("declined", "We have stopped that product")
    assert cast.all_rows(Source)[0].refused_at
    with pytest.raises(Refused):
        read.invitation(token)
    assert len(cast.mails(brand.email)) == 1
    cast.ask(brand, cast.line(brand, "Emulsifier", "Olea", ADDRESS))
    assert len(cast.mails(ADDRESS)) == 2


def test_a_person_signed_in_under_another_address_learns_nothing(brand: cast.Firm, token: str) -> None:
    other = cast.member("Rivale", cast.consortium())
    before = Entry.objects.count()
    with pytest.raises(Refused) as refused:
        read.invitation(token, person_id=other.viewer.person_id)
    assert brand.name not in str(refused.value)
    with looking_as(other.viewer), pytest.raises(Refused):
        actions.accept_invitation(other.viewer, token=token)
    (row,) = cast.all_rows(Invitation)
    with looking_as(other.viewer), pytest.raises(NotKnown):
        actions.accept_invitation(other.viewer, invitation=row.public_id)
    assert row.used_at is None
    assert Entry.objects.count() == before


def test_what_became_of_an_invitation_is_not_told_to_whom_it_was_not_sent(token: str) -> None:
    other = cast.member("Rivale", cast.consortium())
    actions.decline_invitation(token, reason="We stopped making it.")
    (row,) = cast.all_rows(Invitation)
    with looking_as(other.viewer), pytest.raises(NotKnown):
        actions.accept_invitation(other.viewer, invitation=row.public_id)


def test_nobody_accepts_an_invitation_of_its_own_organization() -> None:
    brand = cast.member("Maison Claire")
    cast.ask(brand, cast.line(brand, "Emulsifier", "Ourselves", brand.email))
    with looking_as(brand.viewer), pytest.raises(Refused):
        actions.accept_invitation(brand.viewer, token=cast.token(brand.email))


def test_a_copied_link_tells_nothing_of_the_address(token: str) -> None:
    assert token
    (row,) = cast.all_rows(Invitation)
    told = read.copied(row.public_id)
    assert (told.email, told.proved, told.has_account) == ("", False, False)


def test_fresh_links_stop_after_three_mails_an_hour_without_a_word(token: str) -> None:
    assert token
    (row,) = cast.all_rows(Invitation)
    for minute in range(5):
        with clock.held_at(clock.now() + timedelta(seconds=minute)):
            actions.send_fresh_link(invitation=row.public_id)
    assert len(cast.mails(ADDRESS)) == 3


def test_beginning_is_noted_once(token: str) -> None:
    actions.begin(token)
    first = cast.all_rows(Invitation)[0].opened_at
    actions.begin(token)
    assert first
    assert cast.all_rows(Invitation)[0].opened_at == first


def test_a_firm_confirms_by_the_link_alone_and_stays_a_stated_source(brand: cast.Firm, token: str) -> None:
    (line,) = read.invitation(token).lines
    assert (line.reference, line.country, line.confirmed) == ("Emulsifier", "IT", False)
    actions.confirm_statement(token, lines=[line.line])
    (source,) = cast.all_rows(Source)
    assert source.confirmed_at
    assert source.link_id is None
    assert Organization.objects.count() == 1
    assert len(cast.mails(brand.email)) == 1
    assert read.invitation(token).may_confirm == ()
    told = Entry.objects.count()
    actions.confirm_statement(token, lines=[line.line])
    assert Entry.objects.count() == told, "twice tells nothing twice"
    assert len(cast.mails(brand.email)) == 1
    cast.join(ADDRESS, "Olea")


def test_a_firm_confirms_only_what_it_is_asked(token: str) -> None:
    other = cast.member("Rivale", cast.consortium())
    cast.ask(other, cast.line(other, "Secret", "Else", "else@else.example"))
    foreign = next(row.public_id for row in cast.all_rows(RequestLine) if row.reference == "Secret")
    before = Entry.objects.count()
    for lines in ([], [foreign], ["nothing"]):
        with pytest.raises(Refused):
            actions.confirm_statement(token, lines=lines)
    with pytest.raises(NotKnown):
        actions.confirm_statement("no such link", lines=[foreign])
    assert Entry.objects.count() == before
    assert not any(row.confirmed_at for row in cast.all_rows(Source))
