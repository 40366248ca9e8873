"""Asking: once, quietly, and without telling who has an account."""

from datetime import timedelta

import pytest

from amont.chain.models import Contact, Invitation, Source
from amont.disclosure.guard import looking_as
from amont.kernel import clock
from amont.kernel.errors import Denied, NotKnown, Refused
from amont.kernel.viewer import Role, Viewer
from amont.ledger.models import Entry
from amont.post.models import Mail
from amont.requests import actions, read
from amont.requests.facts import LineAsked, Purpose, SentRequest
from amont.requests.models import Request, RequestLine
from stories import cast

pytestmark = pytest.mark.django_db

ADDRESS = "olea@olea.example"


@pytest.fixture
def brand() -> cast.Firm:
    return cast.member("Maison Claire")


def _sent(firm: cast.Firm) -> tuple[SentRequest, ...]:
    with looking_as(firm.viewer):
        return read.requests_sent(firm.viewer)


def test_lines_of_one_supplier_leave_as_one_request_and_one_mail(brand: cast.Firm) -> None:
    lines = [cast.line(brand, name, "Olea", ADDRESS) for name in ("Emulsifier", "Wax", "Butter")]
    asked = cast.ask(brand, *lines)
    assert (len(asked.requests), asked.lines, asked.already) == (1, 3, 0)
    (text,) = cast.mails(ADDRESS)
    assert "Maison Claire" in text
    assert Mail.objects.get(to=ADDRESS).reply_to == brand.email


@pytest.mark.both
def test_asking_twice_adds_nothing(brand: cast.Firm) -> None:
    line = cast.line(brand, "Emulsifier", "Olea", ADDRESS)
    cast.ask(brand, line)
    before = (Mail.objects.count(), len(cast.all_rows(Source)), Entry.objects.count())
    again = cast.ask(brand, line)
    assert (again.requests, again.lines, again.already) == ((), 0, 1)
    assert (Mail.objects.count(), len(cast.all_rows(Source)), Entry.objects.count()) == before


def test_an_address_with_an_account_and_one_without_are_asked_alike(brand: cast.Firm) -> None:
    there = cast.member("Olea", cast.consortium())
    for name, email in (("Olea", there.email), ("Nova", "x@nova.example")):
        cast.ask(brand, cast.line(brand, f"Line of {name}", name, email))
    one, other = _sent(brand)
    hidden = ("request", "contact", "firm", "email", "invitation", "lines", "created_at")
    told = [
        {name: getattr(each, name) for name in SentRequest.__slots__ if name not in hidden} for each in (one, other)
    ]
    assert told[0] == told[1]
    assert len(cast.mails(there.email)) == len(cast.mails("x@nova.example")) == 1
    rows = cast.all_rows(Request)
    assert [row.supplier_id for row in rows] == [None, None]


def test_what_is_wrong_stands_at_its_field_and_nothing_is_written(brand: cast.Firm) -> None:
    line = cast.line(brand, "Emulsifier", "Olea", "")
    with looking_as(brand.viewer), pytest.raises(Refused) as refused:
        actions.ask(brand.viewer, lines=[line], purpose="gossip", due_on=clock.today(), message="x" * 3000)
    assert set(refused.value.errors) == {"lines", "purpose", "due_on", "message"}
    assert not cast.all_rows(Request)
    assert not Mail.objects.filter(to="").exists()


def test_a_line_of_somebody_else_is_not_known(brand: cast.Firm) -> None:
    rival = cast.member("Rivale", cast.consortium())
    line = cast.line(rival, "Secret", "Olea", ADDRESS)
    with pytest.raises(NotKnown):
        cast.ask(brand, line)


def test_a_reader_does_not_ask(brand: cast.Firm) -> None:
    line = cast.line(brand, "Emulsifier", "Olea", ADDRESS)
    reader = Viewer(brand.viewer.organization_id, brand.viewer.person_id, Role.READER)
    with looking_as(reader), pytest.raises(Denied):
        actions.ask(reader, lines=[line], purpose=Purpose.TRACEABILITY, due_on=clock.today())


def test_a_corrected_address_gets_the_next_mail_and_the_old_link_ends(brand: cast.Firm) -> None:
    cast.ask(brand, cast.line(brand, "Emulsifier", "Olea", "wrong@olea.example"))
    old = cast.token("wrong@olea.example")
    with looking_as(brand.viewer):
        Contact.objects.update(email=ADDRESS)
        actions.resend(brand.viewer, request=cast.all_rows(Request)[0].public_id)
    assert cast.token(ADDRESS) != old
    with pytest.raises(Refused):
        read.invitation(old)


def test_resending_stops_after_three_mails_an_hour(brand: cast.Firm) -> None:
    (request,) = cast.ask(brand, cast.line(brand, "Emulsifier", "Olea", ADDRESS)).requests
    start = clock.now()
    with looking_as(brand.viewer):
        for minute in (1, 2):
            with clock.held_at(start + timedelta(minutes=minute)):
                actions.resend(brand.viewer, request=request)
        with pytest.raises(Refused):
            actions.resend(brand.viewer, request=request)
    assert len(cast.mails(ADDRESS)) == 3
    assert cast.join(ADDRESS, "Olea")


def test_a_request_taken_back_closes_its_link(brand: cast.Firm) -> None:
    (request,) = cast.ask(brand, cast.line(brand, "Emulsifier", "Olea", ADDRESS)).requests
    with looking_as(brand.viewer):
        actions.cancel(brand.viewer, request=request)
        actions.cancel(brand.viewer, request=request)
    assert _sent(brand)[0].state == "cancelled"
    with pytest.raises(Refused):
        read.invitation(cast.token(ADDRESS))


def test_a_known_supplier_finds_the_next_request_among_its_tasks(brand: cast.Firm) -> None:
    cast.ask(brand, cast.line(brand, "Emulsifier", "Olea", ADDRESS))
    olea = cast.join(ADDRESS, "Olea")
    cast.ask(brand, cast.line(brand, "Wax", "Olea", ADDRESS))
    assert {task.reference for task in cast.tasks(olea)} == {"Emulsifier", "Wax"}
    assert len(cast.mails(ADDRESS)) == 2


def test_another_member_learns_nothing_of_requests(brand: cast.Firm) -> None:
    (request,) = cast.ask(brand, cast.line(brand, "Emulsifier", "Olea", ADDRESS)).requests
    rival = cast.member("Rivale", cast.consortium())
    assert _sent(rival) == ()
    for act in (actions.resend, actions.cancel):
        with looking_as(rival.viewer), pytest.raises(NotKnown):
            act(rival.viewer, request=request)
    with looking_as(rival.viewer), pytest.raises(NotKnown):
        read.request(rival.viewer, request)
    assert cast.all_rows(RequestLine)[0].status == "open"


def test_the_preview_says_what_leaves(brand: cast.Firm) -> None:
    line = cast.line(brand, "Emulsifier", "Olea", ADDRESS)
    with looking_as(brand.viewer):
        shown = read.preview(
            brand.viewer,
            lines=[LineAsked(line.item, line.contact, "Olemul 12")],
            purpose=Purpose.VIGILANCE,
            due_on=clock.today() + timedelta(days=30),
        )
    assert shown.firms == (("Olea", ADDRESS, ("Olemul 12",)),)
    assert "Maison Claire" in shown.subject
    assert not cast.all_rows(Invitation)


def test_an_address_given_with_the_request_completes_the_book(brand: cast.Firm) -> None:
    line = cast.line(brand, "Emulsifier", "Olea", "")
    cast.ask(brand, LineAsked(line.item, line.contact, email="Olea@Olea.example ", language="fr"))
    (contact,) = cast.all_rows(Contact)
    assert (contact.email, contact.language) == (ADDRESS, "fr")
    assert "Bonjour" in cast.mails(ADDRESS)[0]
