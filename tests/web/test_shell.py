"""What every page has."""

import pytest
from django.test import Client

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
