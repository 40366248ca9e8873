"""Founding a consortium in pages."""

import re
from typing import Any

import pytest
from django.test import Client

from amont.consortia.models import Consortium, Seat
from amont.parties.models import Organization
from amont.post.models import Mail
from web.conftest import Opened, SignedIn

pytestmark = pytest.mark.django_db

TEMPLATE = {"template": "cosmetics", "name": "Clear beauty", "joins": "yes"}
CHARTER = {"customers": "3", "requesters": "2", "chain": "1"}
FAMILIES = {
    "families_at_risk": ["palm", "mica"],
    "target_partners": "100",
    "target_lines": "1500",
    "target_on": "",
    "floors-TOTAL_FORMS": "1",
    "floors-INITIAL_FORMS": "0",
    "floors-0-family": "palm",
    "floors-0-level": "2",
}
MEMBERS = {
    "members-TOTAL_FORMS": "1",
    "members-INITIAL_FORMS": "0",
    "members-0-firm": "Maison Nina",
    "members-0-email": "nina@firm.example",
    "members-0-language": "fr",
    "pasted": "Orel; Paul@orel.example; en\n\tMaison Nina\tnina@firm.example",
}
PAGES: list[tuple[str, dict[str, Any]]] = [
    ("template", TEMPLATE),
    ("charter", CHARTER),
    ("families", FAMILIES),
    ("questions", {"questions": ["step", "country", "inputs"]}),
    ("members", MEMBERS),
]


def _link(kind: str) -> str:
    mail = Mail.objects.order_by("-pk")[0]
    found = re.search(rf"/{kind}/\S+", mail.text)
    assert found
    return found[0]


def _draft(client: Client) -> None:
    for step, said in PAGES:
        assert client.post(f"/found/{step}/", said).status_code == 302


def test_a_visitor_founds_from_an_address_alone(client: Client) -> None:
    assert client.post("/found/", {"email": "nora@wood.example"})["Location"] == "/found/sent/"
    link = "/found" + _link("open")
    assert client.get(link).status_code == 200
    said = {"person_name": "Nora", "organization_name": "Federation", "country": "FR", "password": ""}
    assert client.post(link, said)["Location"] == "/found/template/"
    _draft(client)
    made = client.post("/found/review/", follow=True)
    assert b"Clear beauty" in made.content
    assert b"paul@orel.example" in made.content
    assert (Consortium.objects.count(), Seat.objects.count()) == (1, 2)


def test_what_was_chosen_is_there_when_one_comes_back(opened: Opened, signed_in: SignedIn) -> None:
    client = signed_in(opened("claire"))
    _draft(client)
    families = client.get("/found/families/").content.decode()
    assert re.search(r'value="mica"[^>]*checked', families)
    assert not re.search(r'value="soy"[^>]*checked', families)
    review = client.get("/found/review/").content.decode()
    assert "At least each firm apart, without its name" in review
    assert "Maison Nina" in review
    assert not Consortium.objects.exists()


def test_another_sector_brings_its_own_families(opened: Opened, signed_in: SignedIn) -> None:
    client = signed_in(opened("claire"))
    _draft(client)
    client.post("/found/template/", {**TEMPLATE, "template": "blank"})
    families = client.get("/found/families/").content
    assert b"Electronic components" in families
    assert b"Palm and derivatives" not in families


def test_sent_twice_the_last_page_founds_once(opened: Opened, signed_in: SignedIn) -> None:
    client = signed_in(opened("claire"))
    _draft(client)
    client.post("/found/review/")
    assert client.post("/found/review/")["Location"] == "/found/template/"
    assert (Consortium.objects.count(), Mail.objects.count()) == (1, 2)


@pytest.mark.parametrize(
    ("step", "said", "told"),
    [
        ("template", {**TEMPLATE, "name": " "}, "Give the consortium a name."),
        ("template", {**TEMPLATE, "template": "../x"}, "Select a valid choice"),
        ("charter", {**CHARTER, "requesters": "1", "chain": "2"}, "cannot see more than those who asked"),
        ("charter", {**CHARTER, "chain": "5"}, "Select a valid choice"),
        ("families", {**FAMILIES, "floors-0-level": "5"}, "Select a valid choice"),
        ("families", {**FAMILIES, "floors-0-level": ""}, "Choose both, or neither."),
        ("families", {**FAMILIES, "target_on": "2020-01-01"}, "Choose a day to come."),
        ("families", {**FAMILIES, "target_lines": "-1"}, "greater than or equal to 0"),
        ("questions", {}, "Ask at least one question."),
        ("questions", {"questions": ["step", "stock_weeks"]}, "ask for the inputs as well"),
        ("members", {**MEMBERS, "members-0-email": "nonsense"}, "name@firm.example"),
        ("members", {**MEMBERS, "members-0-firm": ""}, "Enter the firm&#x27;s name."),
        ("members", {**MEMBERS, "pasted": "Orel"}, "Line 1: Enter an address"),
    ],
)
def test_a_page_that_does_not_do_says_so_and_keeps_nothing(
    opened: Opened, signed_in: SignedIn, step: str, said: dict[str, Any], told: str
) -> None:
    client = signed_in(opened("claire"))
    answer = client.post(f"/found/{step}/", said)
    assert answer.status_code == 200
    assert told in answer.content.decode()
    assert b'class="error-summary"' in answer.content
    assert "founding" not in client.session


def test_a_bad_address_is_told_so_and_no_mail_leaves(client: Client) -> None:
    answer = client.post("/found/", {"email": "nonsense"}, headers={"accept-language": "en"})
    assert b"name@firm.example" in answer.content
    assert not Mail.objects.exists()


def test_an_address_with_an_account_gets_the_same_answer(opened: Opened, client: Client) -> None:
    opened("claire")
    answers = [client.post("/found/", {"email": each}) for each in ("claire@firm.example", "nobody@firm.example")]
    assert answers[0].content == answers[1].content
    assert answers[0].headers.keys() == answers[1].headers.keys()
    assert Mail.objects.count() == 2


def test_a_founders_link_that_is_none_does_not_exist(client: Client) -> None:
    assert client.get("/found/open/nonsense/").status_code == 404
    assert client.get("/found/nothing/").status_code == 302
    assert not Organization.objects.exists()


def test_a_step_that_is_none_does_not_exist(opened: Opened, signed_in: SignedIn) -> None:
    assert signed_in(opened("claire")).get("/found/nothing/").status_code == 404
