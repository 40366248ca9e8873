"""The page behind a seat's link, and the page of the consortium."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from amont.consortia import actions
from amont.consortia.facts import ConsortiumFacts
from amont.consortia.models import Participation, Seat
from amont.kernel import clock
from amont.kernel.viewer import Viewer
from amont.parties.models import Organization
from amont.post.models import Mail
from web.conftest import Opened, SignedIn

pytestmark = pytest.mark.django_db
ACCOUNT = {"person_name": "Nina", "organization_name": "Maison Nina", "country": "IT", "password": ""}


@pytest.fixture
def claire(opened: Opened) -> Viewer:
    return opened("claire")


@pytest.fixture
def beauty(claire: Viewer) -> ConsortiumFacts:
    return actions.found(claire, name="Clear beauty", template="cosmetics")


@pytest.fixture
def link(claire: Viewer, beauty: ConsortiumFacts) -> str:
    actions.offer_seat(claire, beauty.public_id, firm="Maison Nina", email="nina@firm.example", language="en")
    found = re.search(r"/seat/\S+", Mail.objects.order_by("-pk")[0].text)
    assert found
    return found[0]


def test_the_invitation_is_read_before_any_account_and_reading_uses_nothing(client: Client, link: str) -> None:
    for _ in range(2):
        page = client.get(link).content.decode()
    assert "Maison Claire" in page
    assert "claire@firm.example" in page
    assert Seat.objects.get().used_at is None


def test_an_account_in_one_step_joins(client: Client, link: str) -> None:
    joined = client.post(link, ACCOUNT, follow=True)
    assert b"Clear beauty" in joined.content
    assert b"Maison Claire" in joined.content
    assert Participation.objects.filter(is_member=True).count() == 2


def test_used_twice_it_says_so_and_reveals_nothing(client: Client, link: str) -> None:
    client.post(link, ACCOUNT)
    other, firms = Client(), Organization.objects.count()
    for answer in (other.get(link), other.post(link, {**ACCOUNT, "organization_name": "Eve"})):
        assert answer.status_code == 410
        assert not re.search(rb"Clear beauty|Maison|firm\.example", answer.content)
    assert Organization.objects.count() == firms


def test_expired_it_says_so_and_reveals_nothing(client: Client, link: str) -> None:
    with clock.held_at(clock.now() + timedelta(days=31)):
        answers = [client.get(link), client.post(link, ACCOUNT)]
    for answer in answers:
        assert answer.status_code == 410
        assert not re.search(rb"Clear beauty|Maison|firm\.example", answer.content)
    assert Organization.objects.count() == 1


def test_under_another_address_it_says_so_and_nobody_joins(opened: Opened, signed_in: SignedIn, link: str) -> None:
    answer = signed_in(opened("eve")).post(link)
    assert b"This link was sent to another address." in answer.content
    assert Participation.objects.count() == 1
    assert Seat.objects.get().used_at is None


def test_a_link_that_is_none_does_not_exist(client: Client, link: str) -> None:
    forged = link[:-6] + "xxxxx/"
    assert client.get(forged).status_code == client.get("/seat/nonsense/").status_code == 404
    assert not re.search(rb"Clear beauty|Maison", client.get(forged).content)


@pytest.mark.usefixtures("link")
def test_a_stranger_finds_no_consortium(opened: Opened, signed_in: SignedIn, beauty: ConsortiumFacts) -> None:
    client, seat = signed_in(opened("eve")), Seat.objects.get().public_id
    at = f"/consortium/{beauty.public_id}/"
    assert client.get("/consortium/nothing/").status_code == 404
    for path in (at, f"{at}offer/", f"{at}seats/{seat}/link/"):
        assert client.get(path).status_code == 404
        assert b"Clear beauty" not in client.get(path).content
    for path in (f"{at}offer/", f"{at}seats/{seat}/resend/", f"{at}seats/{seat}/withdraw/"):
        assert client.post(path, {"firm": "E", "email": "e@e.example", "language": "en"}).status_code == 404
    assert Seat.objects.count() == 1


def test_a_partner_reads_the_charter_and_no_member(
    opened: Opened, signed_in: SignedIn, beauty: ConsortiumFacts, link: str, client: Client
) -> None:
    client.post(link, ACCOUNT)
    partner = opened("tom")
    actions.join_as_partner(partner, consortium_key=beauty.key)
    page = signed_in(partner).get(f"/consortium/{beauty.public_id}/").content.decode()
    assert "The charter" in page
    assert "Maison Nina" not in page
    assert "nina@firm.example" not in page


def test_a_member_that_does_not_coordinate_sees_no_seat(
    claire: Viewer, beauty: ConsortiumFacts, client: Client, link: str
) -> None:
    client.post(link, ACCOUNT)
    actions.offer_seat(claire, beauty.public_id, firm="Orel", email="paul@orel.example", language="en")
    page = client.get(f"/consortium/{beauty.public_id}/").content.decode()
    assert "Maison Claire" in page
    assert "paul@orel.example" not in page
    assert client.get(f"/consortium/{beauty.public_id}/offer/").status_code == 403


def test_the_copied_link_proves_nothing_and_has_the_mail_sent(
    signed_in: SignedIn, claire: Viewer, beauty: ConsortiumFacts, link: str
) -> None:
    coordinator, seat = signed_in(claire), Seat.objects.get().public_id
    shown = coordinator.get(f"/consortium/{beauty.public_id}/seats/{seat}/link/").content.decode()
    found = re.search(r"/seat/[^\"]+", shown)
    assert found
    assert found[0] != link
    visitor = Client()
    assert b'name="person_name"' not in visitor.get(found[0]).content
    assert visitor.post(found[0], ACCOUNT).status_code == 200
    assert Organization.objects.count() == 1
    mails = Mail.objects.count()
    with clock.held_at(clock.now() + timedelta(hours=2)):
        assert visitor.post(f"{found[0]}mail/").status_code == 302
    assert Mail.objects.count() == mails + 1


def test_a_seat_is_withdrawn_and_offered_in_pages(signed_in: SignedIn, claire: Viewer, beauty: ConsortiumFacts) -> None:
    client, at = signed_in(claire), f"/consortium/{beauty.public_id}/"
    assert client.post(f"{at}offer/", {"firm": "", "email": "x", "language": "en"}).status_code == 200
    client.post(f"{at}offer/", {"firm": "Orel", "email": "paul@orel.example", "language": "en"})
    seat = Seat.objects.get()
    assert b"paul@orel.example" in client.get(at).content
    client.post(f"{at}seats/{seat.public_id}/resend/")
    client.post(f"{at}seats/{seat.public_id}/withdraw/")
    assert not Seat.objects.exists()


def test_a_member_lets_the_coordinator_help_and_ends_it(
    claire: Viewer, beauty: ConsortiumFacts, opened: Opened, signed_in: SignedIn
) -> None:
    nina = opened("nina", firm="Maison Nina")
    Participation.objects.create(consortium_id=beauty.key, organization_id=nina.organization_id, is_member=True)
    url = f"/consortium/{beauty.public_id}/"
    hers, coordinators = signed_in(nina), signed_in(claire)
    assert "No firm has accepted your help yet" in coordinators.get(url).content.decode()
    assert hers.post(f"{url}help/", {"say": "yes"}).status_code == 302
    said = coordinators.get(url).content.decode()
    assert "Firms that accepted your help" in said
    assert hers.post(f"{url}help/", {"say": "no"}).status_code == 302
    assert "No firm has accepted your help yet" in coordinators.get(url).content.decode()
