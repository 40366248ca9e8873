"""Signing in through one's own company: for its own domains, by its own address, and telling nobody."""

import json
from pathlib import Path
from typing import Any, ClassVar, Self
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.account.models import EmailAddress
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.test import Client

from amont.config.companies import companies
from amont.parties.actions import open_account
from amont.parties.models import Person
from amont.post.models import Mail

pytestmark = pytest.mark.django_db
ID = "k7w2m9x4p8t6v3y5"
ENTRY = {
    "id": ID,
    "name": "Maison Claire",
    "server_url": "https://login.claire.example",
    "client_id": "amont",
    "secret": "s",
    "domains": ["claire.example"],
}
SERVER = "https://login.claire.example"


class Answer:
    """What the company's server answers."""

    status_code = 200
    headers: ClassVar[dict[str, str]] = {"content-type": "application/json"}

    def __init__(self, said: dict[str, Any]) -> None:
        self.said, self.text = said, json.dumps(said)

    def json(self) -> dict[str, Any]:
        return self.said

    def raise_for_status(self) -> None:
        return None


class Server:
    """The company's server, which signs in whoever it is told to."""

    def __init__(self, email: str) -> None:
        self.email = email

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_rest: object) -> None:
        return None

    def get(self, url: str, **_rest: object) -> Answer:
        return self.request("GET", url)

    def request(self, _method: str, url: str, **_rest: object) -> Answer:
        path = urlsplit(url).path
        if path.endswith("openid-configuration"):
            places = {"authorization_endpoint": "/ask", "token_endpoint": "/token", "userinfo_endpoint": "/me"}
            return Answer({"issuer": SERVER, "jwks_uri": f"{SERVER}/keys"} | {k: SERVER + v for k, v in places.items()})
        if path == "/token":
            return Answer({"access_token": "t", "token_type": "bearer"})
        return Answer({"sub": f"subject of {self.email}", "email": self.email, "email_verified": True})


@pytest.fixture
def company(settings: Any, tmp_path: Path) -> None:
    file = tmp_path / "companies.json"
    file.write_text(json.dumps([ENTRY]))
    apps, domains, troubles = companies(str(file))
    assert troubles == []
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": apps, "OAUTH_PKCE_ENABLED": True}}
    settings.OIDC_DOMAINS = domains


@pytest.fixture
def claire() -> Person:
    return _person("claire@claire.example")


def _person(email: str) -> Person:
    open_account(email=email, person_name="Claire", organization_name="Maison Claire", country="FR", language="en")
    return Person.objects.get(email=email)


def comes_back(client: Client, monkeypatch: pytest.MonkeyPatch, email: str) -> Any:
    """Go to the company's address, be signed in there as somebody, and come back."""
    monkeypatch.setattr(DefaultSocialAccountAdapter, "get_requests_session", lambda _self: Server(email))
    begun = client.get(f"/accounts/company/{ID}/")
    asked = parse_qs(urlsplit(str(begun["Location"])).query)
    assert asked["code_challenge_method"] == ["S256"]
    return client.get(f"/accounts/company/{ID}/callback/", {"code": "c", "state": asked["state"][0]})


@pytest.mark.usefixtures("company", "claire")
def test_who_has_an_account_is_signed_in(monkeypatch: pytest.MonkeyPatch) -> None:
    client = Client(headers={"accept-language": "en"})
    assert comes_back(client, monkeypatch, "claire@claire.example")["Location"] == "/"
    assert b"Maison Claire" in client.get("/account/me/").content


@pytest.mark.usefixtures("company")
def test_a_company_does_not_speak_for_addresses_of_others(monkeypatch: pytest.MonkeyPatch) -> None:
    _person("rana@rival.example")
    client = Client(headers={"accept-language": "en"})
    answer = comes_back(client, monkeypatch, "rana@rival.example")
    assert client.get("/account/me/").status_code == 302
    assert b"Accounts come with an invitation" in answer.content


@pytest.mark.usefixtures("company", "claire")
def test_who_left_the_companys_addresses_is_not_signed_in_by_it_any_more(monkeypatch: pytest.MonkeyPatch) -> None:
    comes_back(Client(), monkeypatch, "claire@claire.example")
    Person.objects.update(email="claire@elsewhere.example")
    EmailAddress.objects.update(email="claire@elsewhere.example")
    client = Client()
    comes_back(client, monkeypatch, "claire@claire.example")
    assert client.get("/account/me/").status_code == 302


@pytest.mark.usefixtures("company")
def test_nobody_signs_up_through_a_company(monkeypatch: pytest.MonkeyPatch) -> None:
    comes_back(Client(), monkeypatch, "new@claire.example")
    assert not Person.objects.exists()


@pytest.mark.usefixtures("company", "claire")
def test_the_mail_with_the_code_leads_there_and_no_page_does(client: Client) -> None:
    page = client.post("/accounts/login/code/", {"email": "claire@claire.example"}, follow=True)
    assert f"/accounts/company/{ID}/" in Mail.objects.get().text
    assert ID.encode() not in page.content


WRONG = [
    ({"id": "claire"}, "letters and digits that nobody guesses"),
    ({"server_url": "http://login.claire.example"}, "not https"),
    ({"secret": ""}, "lacks secret"),
]


@pytest.mark.parametrize(("change", "told"), WRONG)
def test_a_file_that_is_wrong_is_told_before_the_start(tmp_path: Path, change: dict[str, str], told: str) -> None:
    file = tmp_path / "companies.json"
    file.write_text(json.dumps([{**ENTRY, **change}]))
    apps, domains, troubles = companies(str(file))
    assert (apps, domains, len(troubles)) == ([], {}, 1)
    assert told in troubles[0]


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    assert "cannot be read" in companies(str(tmp_path / "none.json"))[2][0]
    assert companies("") == ([], {}, [])
