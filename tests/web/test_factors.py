"""Second factors, recovery codes, and the list of where one is signed in."""

import base64
import hmac
import re
import struct
import time
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.test import Client

from amont.ledger.models import Entry
from amont.parties.actions import open_account
from amont.post.models import Mail

pytestmark = pytest.mark.django_db
PASSWORD = "correct horse battery"  # noqa: S105 - a test's own
ENGLISH = {"accept-language": "en"}


@pytest.fixture
def english() -> Client:
    cache.clear()
    open_account(
        email="claire@firm.example",
        person_name="Claire",
        organization_name="Maison Claire",
        country="FR",
        language="en",
        password=PASSWORD,
    )
    return _signed_in()


def _signed_in() -> Client:
    client = Client(headers=ENGLISH)
    client.post("/accounts/login/", {"login": "claire@firm.example", "password": PASSWORD})
    return client


def shown(secret: str, *, steps: int = 0) -> str:
    """Return the code that an application shows for a secret (RFC 6238)."""
    counter = struct.pack(">Q", int(time.time()) // 30 + steps)
    digest = hmac.digest(base64.b32decode(secret + "=" * (-len(secret) % 8)), counter, "sha1")
    number = struct.unpack(">I", digest[(at := digest[-1] & 15) : at + 4])[0] & 0x7FFFFFFF
    return f"{number % 1_000_000:06}"


def with_app(client: Client) -> tuple[str, list[str]]:
    """Add an application; return its secret and the recovery codes."""
    page = client.get("/accounts/security/app/").content.decode()
    secret = re.search(r"<code>(\w+)</code>", page)[1]  # type: ignore[index]
    answer = client.post("/accounts/security/app/", {"code": shown(secret)}, follow=True)
    return secret, re.findall(r"<li><code>(\w+)</code>", answer.content.decode())


def test_an_application_is_added_and_asked_for_at_sign_in(
    english: Client, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        secret, codes = with_app(english)
    assert len(codes) == 10
    assert secret not in str(Authenticator.objects.get(type="totp").data)
    assert "shows codes was added" in Mail.objects.get(subject__contains="application").text
    assert Entry.objects.filter(act="add_app").count() == 1
    fresh = _signed_in()
    assert fresh.get("/account/me/").status_code == 302
    wrong = fresh.post("/accounts/second/", {"code": "000000"})
    assert b"error-summary" in wrong.content
    assert fresh.post("/accounts/second/", {"code": shown(secret, steps=1)}).status_code == 302
    assert fresh.get("/account/me/").status_code == 200


def test_a_code_from_the_mailbox_alone_does_not_sign_in_who_has_a_second_factor(english: Client) -> None:
    secret, _codes = with_app(english)
    client = Client(headers=ENGLISH)
    client.post("/accounts/login/code/", {"email": "claire@firm.example"})
    text = Mail.objects.filter(subject__contains="code to sign in").latest("pk").text
    code = re.search(r"^([A-Z0-9-]{6,})$", text, re.MULTILINE)
    assert code is not None
    client.post("/accounts/login/code/confirm/", {"code": code[1]})
    assert client.get("/account/me/").status_code == 302
    client.post("/accounts/second/", {"code": shown(secret, steps=1)})
    assert client.get("/account/me/").status_code == 200


def test_a_recovery_code_works_once(english: Client) -> None:
    _secret, codes = with_app(english)
    first, second = _signed_in(), _signed_in()
    assert first.post("/accounts/second/", {"code": codes[0]}).status_code == 302
    assert second.post("/accounts/second/", {"code": codes[0]}).status_code == 200
    assert b"9 codes are left" in first.get("/accounts/security/").content
    made = first.post("/accounts/security/codes/new/", follow=True).content.decode()
    assert codes[1] not in re.findall(r"<li><code>(\w+)</code>", made)


def test_an_application_is_removed_again(english: Client) -> None:
    with_app(english)
    english.post("/accounts/security/app/remove/", follow=True)
    assert not Authenticator.objects.exists()
    assert _signed_in().get("/account/me/").status_code == 200


def test_where_one_is_signed_in_is_listed_and_ended(english: Client) -> None:
    other = _signed_in()
    page = english.get("/accounts/security/").content.decode()
    assert page.count("this browser") == 1
    ref = re.search(r'name="session" value="(\w+)"', page)
    assert ref is not None
    assert english.post("/account/me/sessions/end/", {"session": ref[1]}).status_code == 302
    assert other.get("/account/me/").status_code == 302
    assert english.get("/account/me/").status_code == 200
    assert Entry.objects.filter(act="end_sessions").count() == 1


def test_all_others_are_ended_at_once_and_nobody_elses(english: Client) -> None:
    others = [_signed_in() for _each in range(2)]
    open_account(
        email="rana@firm.example",
        person_name="Rana",
        organization_name="Rana",
        country="FR",
        language="en",
        password=PASSWORD,
    )
    rana = Client()
    rana.post("/accounts/login/", {"login": "rana@firm.example", "password": PASSWORD})
    hers = re.search(r"value=\"(\w{20})\"", others[0].get("/accounts/security/").content.decode())
    assert hers is not None
    assert rana.post("/account/me/sessions/end/", {"session": hers[1]}).status_code == 404
    english.post("/account/me/sessions/end/")
    assert [each.get("/account/me/").status_code for each in (*others, english, rana)] == [302, 302, 200, 200]


def test_a_passkey_of_somebody_else_is_not_found(english: Client) -> None:
    assert english.post("/account/me/keys/nothing/remove/").status_code == 404


@pytest.mark.parametrize("path", ["/accounts/security/app/", "/accounts/security/keys/add/", "/accounts/security/"])
def test_its_pages_are_ours_and_in_french(english: Client, path: str) -> None:
    english.post("/language/", {"language": "fr"})
    page = english.get(path).content.decode()
    assert 'lang="fr"' in page
    assert page.count("<h1>") == 1
