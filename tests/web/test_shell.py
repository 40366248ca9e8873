"""What every page has."""

import re

import pytest
from django.test import Client

from amont.catalogue.models import Item
from amont.disclosure.guard import looking_as
from amont.kernel.viewer import Viewer
from amont.parties import read
from web.conftest import Opened, SignedIn

pytestmark = pytest.mark.django_db


def test_a_visitor_is_asked_to_sign_in_where_a_page_is_not_public(client: Client) -> None:
    answer = client.get("/account/organization/")
    assert answer.status_code == 302
    assert answer["Location"].startswith("/accounts/login/")


def test_the_first_page_is_public_in_both_languages(client: Client) -> None:
    assert b'lang="fr"' in client.get("/", headers={"accept-language": "fr"}).content
    assert b'lang="en"' in client.get("/", headers={"accept-language": "en"}).content


def test_a_signed_in_page_is_never_stored(opened: Opened, signed_in: SignedIn) -> None:
    answer = signed_in(opened("claire")).get("/account/organization/")
    assert answer.status_code == 200
    assert answer["Cache-Control"] == "no-store"
    assert b"Maison Claire" in answer.content


def test_a_persons_language_wins_over_the_browser_and_switching_keeps_it(opened: Opened, signed_in: SignedIn) -> None:
    client = signed_in(opened("claire", language="fr"))
    assert b'lang="fr"' in client.get("/account/me/", headers={"accept-language": "en"}).content
    switched = client.post("/language/", {"language": "en", "next": "/account/me/"})
    assert (switched.status_code, switched["Location"]) == (302, "/account/me/")
    client.cookies.pop("django_language", None)
    assert b'lang="en"' in client.get("/account/me/", headers={"accept-language": "fr"}).content


def test_switching_the_language_never_leads_to_another_site(client: Client) -> None:
    assert client.post("/language/", {"language": "en", "next": "https://evil.example/"})["Location"] == "/"


def test_what_is_hidden_and_what_never_was_look_the_same(opened: Opened, signed_in: SignedIn) -> None:
    rival, claire = signed_in(opened("rival")), opened("claire")
    hers = read.colleagues(claire)[0].person
    never = "x" * len(hers)
    hidden = rival.get(f"/account/organization/colleagues/{hers}/remove/")
    missing = rival.get(f"/account/organization/colleagues/{never}/remove/")
    assert (hidden.status_code, missing.status_code) == (404, 404)
    assert _without_secrets(hidden.content, hers) == _without_secrets(missing.content, never)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_what_goes_wrong_is_told_in_the_readers_language_and_reveals_nothing(language: str) -> None:
    client = Client(headers={"accept-language": language}, enforce_csrf_checks=True)
    answers = {404: client.get("/nothing/"), 403: client.post("/language/", {"language": "fr"})}
    for status, answer in answers.items():
        assert answer.status_code == status
        assert f'lang="{language}"'.encode() in answer.content
        assert b"Traceback" not in answer.content


def test_our_own_mistake_is_told_without_a_word_of_it(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> str:
        message = "a secret inside"
        raise RuntimeError(message)

    monkeypatch.setattr("amont.web.shell.views.address", broken)
    client.raise_request_exception = False
    answer = client.get("/")
    assert answer.status_code == 500
    assert b"secret" not in answer.content
    assert answer.content.count(b"<h1>") == 1


def test_no_menu_has_more_than_six_entries(opened: Opened, signed_in: SignedIn) -> None:
    page = signed_in(opened("claire")).get("/account/me/").content.decode()
    menu = page[page.index('id="menu"') : page.index("</nav>")]
    assert 1 <= menu.count("<a ") <= 6


def _without_secrets(page: bytes, asked: str) -> str:
    return re.sub(r"[A-Za-z0-9]{64}", "", page.decode()).replace(asked, "")


def test_a_page_beneath_no_entry_of_the_menu_belongs_to_that_of_its_journey(
    opened: Opened, signed_in: SignedIn
) -> None:
    viewer = opened("claire")
    item = _line(viewer)
    page = signed_in(viewer).get(f"/lines/{item}/", headers={"accept-language": "en"}).content.decode()
    assert re.findall(r'href="([^"]*)" aria-current="page"', page) == ["/lines/mine/"]


def _line(viewer: Viewer) -> str:
    with looking_as(viewer):
        return Item.objects.create(owner_id=viewer.organization_id, name="Emulsifier").public_id
