"""Seats: offered, taken once, by the address they were offered to."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from amont.consortia import actions, read
from amont.consortia.facts import ConsortiumFacts, SeatState
from amont.consortia.models import Participation, Seat
from amont.kernel import clock
from amont.kernel.errors import Denied, NotKnown, Refused
from amont.kernel.viewer import Role, Viewer
from amont.ledger.models import Entry
from amont.parties.models import Organization, Person
from amont.post.models import Mail
from consortia.conftest import last_token

pytestmark = [pytest.mark.django_db, pytest.mark.both]
Firm = Callable[[str], Viewer]


def _offer(claire: Viewer, beauty: ConsortiumFacts, email: str = "nina@firm.example") -> str:
    return actions.offer_seat(claire, beauty.public_id, firm="Maison Nina", email=email, language="en")


def test_a_seat_is_taken_by_who_was_invited(claire: Viewer, beauty: ConsortiumFacts, firm: Firm) -> None:
    nina = firm("nina")
    _offer(claire, beauty)
    joined = actions.take_seat(nina, token=last_token("seat"))
    assert (joined.public_id, joined.is_member, joined.is_coordinator) == (beauty.public_id, True, False)
    assert [each.name for each in read.members(nina, beauty.public_id)] == ["Maison Claire", "Maison Nina"]
    assert read.seats(claire, beauty.public_id)[0].state is SeatState.TAKEN


def test_a_newcomer_opens_an_account_and_joins_in_one_act(claire: Viewer, beauty: ConsortiumFacts) -> None:
    _offer(claire, beauty)
    viewer, joined = actions.open_account_and_take_seat(
        last_token("seat"), person_name="Nina", organization_name="Maison Nina", country="IT", language="en"
    )
    assert joined.is_member
    assert Person.objects.get(pk=viewer.person_id or 0).email == "nina@firm.example"


def test_what_is_wrong_with_the_account_leaves_the_seat_free(claire: Viewer, beauty: ConsortiumFacts) -> None:
    _offer(claire, beauty)
    firms = Organization.objects.count()
    with pytest.raises(Refused) as refused:
        actions.open_account_and_take_seat(
            last_token("seat"), person_name="", organization_name="Maison Nina", country="IT", language="en"
        )
    assert set(refused.value.errors) == {"person_name"}
    assert (Organization.objects.count(), Seat.objects.get().used_at) == (firms, None)


def test_an_account_or_none_the_offer_is_the_same(claire: Viewer, beauty: ConsortiumFacts, firm: Firm) -> None:
    firm("nina")
    lines, mails = Entry.objects.count(), Mail.objects.count()
    for email in ("nina@firm.example", "nobody@firm.example"):
        _offer(claire, beauty, email)
    with_account, without = Mail.objects.order_by("pk")[mails:]
    assert (Entry.objects.count(), Mail.objects.count()) == (lines + 2, mails + 2)
    assert with_account.subject == without.subject
    assert len(with_account.text) == len(without.text)


def test_an_address_is_asked_once(claire: Viewer, beauty: ConsortiumFacts) -> None:
    first = _offer(claire, beauty)
    mails = Mail.objects.count()
    assert _offer(claire, beauty, " NINA@firm.example") == first
    assert (Mail.objects.count(), Seat.objects.count()) == (mails, 1)


@pytest.mark.parametrize(
    ("firm_name", "email", "language", "field"),
    [("", "n@firm.example", "en", "firm"), ("N", "nonsense", "en", "email"), ("N", "n@firm.example", "xx", "language")],
)
def test_an_offer_that_does_not_do_is_refused_at_the_field(
    claire: Viewer, beauty: ConsortiumFacts, firm_name: str, email: str, language: str, field: str
) -> None:
    with pytest.raises(Refused) as refused:
        actions.offer_seat(claire, beauty.public_id, firm=firm_name, email=email, language=language)
    assert set(refused.value.errors) == {field}
    assert not any(table.objects.exists() for table in (Seat, Mail))


def test_only_a_coordinators_administrator_offers(claire: Viewer, beauty: ConsortiumFacts, firm: Firm) -> None:
    stranger, partner = firm("stranger"), firm("partner")
    actions.join_as_partner(partner, consortium_key=beauty.key)
    for viewer, refusal in ((stranger, NotKnown), (partner, Denied), (replace(claire, role=Role.READER), Denied)):
        with pytest.raises(refusal):
            _offer(viewer, beauty)
    assert not Seat.objects.exists()


def test_a_seat_is_taken_once(claire: Viewer, beauty: ConsortiumFacts, firm: Firm) -> None:
    nina = firm("nina")
    _offer(claire, beauty)
    token = last_token("seat")
    actions.take_seat(nina, token=token)
    lines = Entry.objects.count()
    with pytest.raises(Refused):
        actions.take_seat(nina, token=token)
    assert (Participation.objects.count(), Entry.objects.count()) == (2, lines)


def test_another_address_takes_nothing(claire: Viewer, beauty: ConsortiumFacts, firm: Firm) -> None:
    eve = firm("eve")
    _offer(claire, beauty)
    with pytest.raises(Refused):
        actions.take_seat(eve, token=last_token("seat"))
    assert read.consortia(eve) == ()
    assert Seat.objects.get().used_at is None


def test_a_seat_expires(claire: Viewer, beauty: ConsortiumFacts, firm: Firm) -> None:
    nina = firm("nina")
    _offer(claire, beauty)
    with clock.held_at(clock.now() + timedelta(days=30)), pytest.raises(Refused):
        actions.take_seat(nina, token=last_token("seat"))
    assert read.consortia(nina) == ()


def test_a_copied_link_shows_the_offer_and_takes_nothing(claire: Viewer, beauty: ConsortiumFacts, firm: Firm) -> None:
    nina, seat = firm("nina"), _offer(claire, beauty)
    token = read.seat_link(claire, beauty.public_id, seat=seat)
    assert read.seat_offer(token).consortium == "Clear beauty"
    assert not read.seat_offer(token).proves_address
    with pytest.raises(Refused):
        actions.take_seat(nina, token=token)
    with pytest.raises(Refused) as refused:
        actions.open_account_and_take_seat(
            token, person_name="Claire", organization_name="Nina", country="FR", language="en"
        )
    assert set(refused.value.errors) == {""}


def test_who_holds_a_copied_link_has_the_mail_sent_at_most_once_an_hour(
    claire: Viewer, beauty: ConsortiumFacts
) -> None:
    seat = _offer(claire, beauty)
    token, mails = read.seat_link(claire, beauty.public_id, seat=seat), Mail.objects.count()
    actions.mail_again_from_link(token)
    assert Mail.objects.count() == mails
    with clock.held_at(clock.now() + timedelta(hours=1)):
        actions.mail_again_from_link(token)
        actions.mail_again_from_link(token)
    assert Mail.objects.count() == mails + 1
    assert Mail.objects.order_by("-pk")[0].to == "nina@firm.example"


def test_a_seat_is_mailed_again_once_a_week_and_three_times_in_all(claire: Viewer, beauty: ConsortiumFacts) -> None:
    seat, mails = _offer(claire, beauty), Mail.objects.count()
    with pytest.raises(Refused):
        actions.resend_seat(claire, beauty.public_id, seat=seat)
    for week in (1, 2):
        with clock.held_at(clock.now() + timedelta(weeks=week)):
            actions.resend_seat(claire, beauty.public_id, seat=seat)
    with clock.held_at(clock.now() + timedelta(weeks=3)), pytest.raises(Refused):
        actions.resend_seat(claire, beauty.public_id, seat=seat)
    assert Mail.objects.count() == mails + 2


def test_a_mail_that_did_not_arrive_shows_to_the_coordinator(claire: Viewer, beauty: ConsortiumFacts) -> None:
    _offer(claire, beauty)
    Mail.objects.update(status=Mail.Status.FAILED)
    assert read.seats(claire, beauty.public_id)[0].state is SeatState.FAILED
    assert read.seat_offer(last_token("seat")).state is SeatState.WAITING


def test_a_withdrawn_seat_is_no_seat(claire: Viewer, beauty: ConsortiumFacts, firm: Firm) -> None:
    nina, seat = firm("nina"), _offer(claire, beauty)
    token = last_token("seat")
    actions.withdraw_seat(claire, beauty.public_id, seat=seat)
    with pytest.raises(NotKnown):
        actions.take_seat(nina, token=token)
    with pytest.raises(NotKnown):
        read.seat_offer(token)


def test_a_seat_of_another_consortium_is_not_known(claire: Viewer, beauty: ConsortiumFacts, firm: Firm) -> None:
    seat, rival = _offer(claire, beauty), firm("rival")
    other = actions.found(rival, name="Other", template="blank")
    for act in (actions.resend_seat, actions.withdraw_seat):
        with pytest.raises(NotKnown):
            act(rival, other.public_id, seat=seat)
    with pytest.raises(NotKnown):
        read.seat_link(rival, other.public_id, seat=seat)
    assert Seat.objects.filter(public_id=seat).exists()


def test_a_partner_that_is_invited_becomes_a_member(claire: Viewer, beauty: ConsortiumFacts, firm: Firm) -> None:
    nina = firm("nina")
    actions.join_as_partner(nina, consortium_key=beauty.key)
    _offer(claire, beauty)
    assert actions.take_seat(nina, token=last_token("seat")).is_member
    assert Participation.objects.count() == 2
