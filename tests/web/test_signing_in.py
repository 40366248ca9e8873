"""Signing in: by code, by password; nothing is told about who has an account."""

import re

import pytest
from django.contrib.auth import get_user_model
from django.core.cache import cache
from django.test import Client

from amont.ledger.models import Entry
from amont.parties.actions import open_account
from amont.post.models import Mail

pytestmark = pytest.mark.django_db
PASSWORD = "correct horse battery"  # noqa: S105 - a test's own


@pytest.fixture(autouse=True)
def _fresh_limits() -> None:
    cache.clear()


@pytest.fixture
def english() -> Client:
    return Client(headers={"accept-language": "en"})


@pytest.fixture
def claire(db: None) -> None:  # noqa: ARG001 - rows need the database
    open_account(
        email="claire@firm.example",
        person_name="Claire",
        organization_name="Maison Claire",
        country="FR",
        language="en",
        password=PASSWORD,
    )


def _bare(page: bytes, email: str) -> str:
    text = page.decode().replace(email, "")
    return re.sub(r'(value|content|"X-CSRFToken"|nonce)[=:] ?"[^"]*"', "", text)


@pytest.mark.usefixtures("claire")
def test_a_code_from_the_mail_signs_in(english: Client) -> None:
    asked = english.post("/accounts/login/code/", {"email": "claire@firm.example"})
    assert asked["Location"] == "/accounts/login/code/confirm/"
    mail = Mail.objects.get()
    assert mail.subject == "Your code to sign in to Amont"
    code = next(line for line in mail.text.splitlines() if re.fullmatch(r"[A-Z0-9]{3,}-?[A-Z0-9]*", line.strip()))
    assert english.post("/accounts/login/code/confirm/", {"code": code})["Location"] == "/"
    assert b"Maison Claire" in english.get("/account/organization/").content


@pytest.mark.usefixtures("claire")
def test_a_password_signs_in_and_a_wrong_one_does_not(english: Client) -> None:
    wrong = english.post("/accounts/login/", {"login": "claire@firm.example", "password": "something else"})
    assert wrong.status_code == 200
    assert b"error-summary" in wrong.content
    right = english.post("/accounts/login/", {"login": "claire@firm.example", "password": PASSWORD})
    assert right["Location"] == "/"


@pytest.mark.usefixtures("claire")
@pytest.mark.parametrize("path", ["/accounts/login/code/", "/accounts/password/reset/"])
def test_the_page_is_the_same_for_an_address_without_an_account(path: str) -> None:
    pages = []
    for email in ("claire@firm.example", "nobody@firm.example"):
        client = Client(headers={"accept-language": "en"})
        answer = client.post(path, {"email": email}, follow=True)
        pages.append((answer.status_code, answer.redirect_chain, _bare(answer.content, email)))
    assert pages[0] == pages[1]
    assert {mail.to for mail in Mail.objects.all()} == {"claire@firm.example", "nobody@firm.example"}


def test_nobody_signs_up_by_the_front_door(english: Client) -> None:
    answer = english.post("/accounts/signup/", {"email": "x@y.example", "password1": PASSWORD})
    assert b"Accounts come with an invitation" in answer.content
    assert not Mail.objects.exists()


@pytest.mark.usefixtures("claire")
def test_a_forgotten_password_is_replaced_by_a_mailed_link_that_works_once(english: Client) -> None:
    english.post("/accounts/password/reset/", {"email": "claire@firm.example"})
    link = re.search(r"https?://[^/]+(/accounts/password/reset/key/\S+)", Mail.objects.get().text)
    assert link is not None
    form = english.get(link[1], follow=True)
    new = {"password1": "another long secret", "password2": "another long secret"}
    done = english.post(form.redirect_chain[-1][0], new, follow=True)
    assert b"Your password is changed" in done.content
    assert b"does not work any more" in Client(headers={"accept-language": "en"}).get(link[1], follow=True).content
    assert Entry.objects.filter(act="set_password").count() == 1
    again = Client().post("/accounts/login/", {"login": "claire@firm.example", "password": "another long secret"})
    assert again.status_code == 302


@pytest.mark.usefixtures("claire")
def test_a_link_to_a_new_password_does_not_tell_how_many_people_there_are(english: Client) -> None:
    english.post("/accounts/password/reset/", {"email": "claire@firm.example"})
    whom = re.search(r"/password/reset/key/([^-]+)-", Mail.objects.get().text)
    assert whom is not None
    assert whom[1] == get_user_model().objects.get().public_id


@pytest.mark.usefixtures("claire")
def test_guessing_is_slowed_down(english: Client) -> None:
    answers = [
        english.post("/accounts/login/", {"login": "claire@firm.example", "password": f"guess number {n}"})
        for n in range(7)
    ]
    assert b"error-summary" in answers[-1].content or answers[-1].status_code == 429
    held = english.post("/accounts/login/", {"login": "claire@firm.example", "password": PASSWORD})
    assert held.status_code != 302


@pytest.mark.usefixtures("claire")
def test_mail_speaks_french_to_who_reads_french() -> None:
    Client(headers={"accept-language": "fr"}).post("/accounts/login/code/", {"email": "claire@firm.example"})
    assert Mail.objects.get().subject == "Votre code de connexion à Amont"


@pytest.mark.parametrize(
    "path",
    [
        "/accounts/login/",
        "/accounts/login/code/",
        "/accounts/password/reset/",
        "/accounts/signup/",
        "/accounts/logout/",
        "/accounts/password/reset/done/",
        "/accounts/inactive/",
        "/accounts/confirm-email/",
    ],
)
def test_pages_of_sign_in_are_ours_and_in_french(path: str) -> None:
    page = Client(headers={"accept-language": "fr"}).get(path, follow=True).content.decode()
    assert 'lang="fr"' in page
    assert page.count("<h1>") == 1


@pytest.mark.usefixtures("claire")
@pytest.mark.parametrize("path", ["/accounts/password/change/", "/accounts/email/", "/accounts/password/set/"])
def test_pages_of_ones_account_are_ours(english: Client, path: str) -> None:
    english.post("/accounts/login/", {"login": "claire@firm.example", "password": PASSWORD})
    page = english.get(path, follow=True).content.decode()
    assert "Maison Claire" in page
    assert page.count("<h1>") == 1
