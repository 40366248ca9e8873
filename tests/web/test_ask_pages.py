"""The pages of who asks."""

import pytest
from django.test import Client

from amont.chain.models import Contact
from amont.parties.models import Person
from amont.requests.models import Request
from stories import cast

pytestmark = pytest.mark.django_db

WHY = {"purpose": "vigilance", "due_on": "2099-01-01", "message": "Thank you"}


@pytest.fixture
def brand() -> cast.Firm:
    return cast.member("Maison Claire")


@pytest.fixture
def client(brand: cast.Firm) -> Client:
    made = Client(headers={"accept-language": "en"})
    made.force_login(Person.objects.get(pk=brand.viewer.person_id))
    return made


def test_a_request_is_read_before_it_leaves(brand: cast.Firm, client: Client) -> None:
    line = cast.line(brand, "Emulsifier", "Olea", "olea@olea.example")
    shown = client.post("/ask/new/", {**WHY, "contact": line.contact, "do": "preview"})
    assert "Maison Claire" in shown.content.decode()
    assert not cast.all_rows(Request)
    value = f"{line.item}:{line.contact}"
    client.post("/ask/new/", {**WHY, "line": value, f"reference:{value}": "Olemul 12", "do": "send"})
    (request,) = cast.all_rows(Request)
    page = client.get(f"/ask/{request.public_id}/").content.decode()
    assert "Olemul 12" in page
    assert "/invitation/copy/" in page
    assert client.get("/ask/").status_code == 200


def test_nothing_chosen_is_told_and_nothing_leaves(brand: cast.Firm, client: Client) -> None:
    cast.line(brand, "Emulsifier", "Olea", "olea@olea.example")
    answer = client.post("/ask/new/", {**WHY, "do": "send"})
    assert answer.status_code == 422
    assert not cast.all_rows(Request)


def test_a_claimed_supplier_without_an_address_is_invited_from_the_chain(brand: cast.Firm, client: Client) -> None:
    line = cast.line(brand, "Emulsifier", "Olea", "olea@olea.example")
    mill = cast.line(brand, "Wax", "Sabah Mill", "")
    page = client.get(f"/ask/new/?line={line.item}&contact={mill.contact}").content.decode()
    assert f'<option value="{mill.contact}" selected>' in page
    assert "supplier_email" in page
    said = {**WHY, "item": line.item, "supplier": mill.contact, "supplier_email": "s@sabah.example", "do": "send"}
    client.post(f"/ask/new/?line={line.item}&contact={mill.contact}", said)
    assert len(cast.mails("s@sabah.example")) == 1
    assert {row.email for row in cast.all_rows(Contact)} == {"olea@olea.example", "s@sabah.example"}


def test_somebody_elses_request_is_not_there(client: Client) -> None:
    rival = cast.member("Rivale", cast.consortium())
    (request,) = cast.ask(rival, cast.line(rival, "Secret", "Olea", "olea@olea.example")).requests
    for path in (f"/ask/{request}/", f"/ask/source/{request}/"):
        answer = client.get(path)
        assert answer.status_code == 404
        assert "Secret" not in answer.content.decode()
    assert client.post(f"/ask/{request}/cancel/").status_code == 404
    assert cast.all_rows(Request)


def test_a_request_is_sent_again_and_taken_back(brand: cast.Firm, client: Client) -> None:
    (request,) = cast.ask(brand, cast.line(brand, "Emulsifier", "Olea", "olea@olea.example")).requests
    client.post(f"/ask/{request}/resend/")
    assert len(cast.mails("olea@olea.example")) == 2
    client.post(f"/ask/{request}/cancel/")
    assert "retirée" in client.get(f"/ask/{request}/").content.decode()


def test_a_firm_stated_is_invited_from_the_list(brand: cast.Firm) -> None:
    cast.ask(brand, cast.line(brand, "Emulsifier", "Olea", "olea@olea.example"))
    olea = cast.join("olea@olea.example", "Olea")
    stated = cast.stated("Sabah Mill", "MY")
    cast.send(olea, cast.answer(olea, cast.tasks(olea)[0], stated))
    client = Client(headers={"accept-language": "en"})
    client.force_login(Person.objects.get(pk=olea.viewer.person_id))
    page = client.get("/ask/").content.decode()
    assert "Sabah Mill" in page
    path = next(part.split('"')[0] for part in page.split('href="') if part.startswith("/ask/source/"))
    assert client.get(path).status_code == 200
    client.post(path, {"email": "s@sabah.example", "person": "", "language": "en"})
    assert len(cast.mails("s@sabah.example")) == 1


def test_with_nothing_to_ask_the_page_says_why(brand: cast.Firm, client: Client) -> None:
    assert "aucun article" in client.get("/ask/new/").content.decode()
    cast.ask(brand, cast.line(brand, "Emulsifier", "Olea", "olea@olea.example"))
    page = client.get("/ask/new/").content.decode()
    assert "Rien de nouveau à demander" in page
    assert "/bring/" not in page[page.index("<main") : page.index("</main")]
