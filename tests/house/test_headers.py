"""Every answer of every route bears the headers that keep a browser to our own pages."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import NoReverseMatch, reverse

from amont.parties.actions import open_account
from house.routes import routes

pytestmark = pytest.mark.django_db

EVERYWHERE = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Permitted-Cross-Domain-Policies": "none",
}
POLICY = {
    "default-src": "'self'",
    "style-src": "'self'",
    "connect-src": "'self'",
    "img-src": "'self' data:",
    "object-src": "'none'",
    "base-uri": "'none'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
}
SCRIPTS = re.compile(rb"<script\b[^>]*>")


@pytest.fixture
def claire() -> Client:
    open_account(
        email="claire@firm.example", person_name="Claire", organization_name="Claire", country="FR", language="en"
    )
    client = Client(raise_request_exception=False)
    client.force_login(get_user_model().objects.get(email="claire@firm.example"))
    return client


def wrong(answer: Any) -> list[str]:
    """Return what an answer lacks of the headers; nothing when it bears them all."""
    sent = answer.headers
    found = [name for name, value in EVERYWHERE.items() if sent.get(name) != value]
    policy = dict(part.strip().partition(" ")[::2] for part in sent.get("Content-Security-Policy", "").split(";"))
    found += [name for name, value in POLICY.items() if policy.get(name) != value]
    nonce = re.fullmatch(r"(?:'nonce-([0-9a-f]{64})')?", policy.get("script-src", "missing"))
    found += [] if nonce else ["script-src"]
    if nonce and not answer.streaming:
        found += [each.decode() for each in SCRIPTS.findall(answer.content) if not _bears(each, nonce[1] or "")]
    if "camera=()" not in sent.get("Permissions-Policy", ""):
        found.append("Permissions-Policy")
    if "Cache-Control" not in sent:
        found.append("Cache-Control")
    return found


def _bears(script: bytes, nonce: str) -> bool:
    is_data = b'type="application/json"' in script
    return is_data or (bool(nonce) and f'nonce="{nonce}"'.encode() in script)


def urls() -> Iterator[str]:
    for route in routes():
        try:
            yield reverse(route.name, kwargs=dict.fromkeys(route.parameters, "nothing"))
        except NoReverseMatch:  # a parameter of another shape
            continue


@pytest.mark.parametrize("who", ["nobody", "claire"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_every_route_bears_every_header(who: str, method: str, claire: Client) -> None:
    person = claire.cookies[settings.SESSION_COOKIE_NAME].value
    lacking = {}
    for url in urls():
        client = Client(raise_request_exception=False)
        if who == "claire":
            client.cookies[settings.SESSION_COOKIE_NAME] = person
        answer = getattr(client, method)(url)
        found = wrong(answer)
        if "no-store" not in answer.headers.get("Cache-Control", ""):
            found.append("no-store")
        if found:
            lacking[url] = found
    assert lacking == {}


def test_what_goes_wrong_bears_them_too(claire: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    strict = Client(enforce_csrf_checks=True, raise_request_exception=False)
    answers = {
        "missing": (404, claire.get("/nothing/at/all/")),
        "slash": (301, claire.get("/account/me")),
        "forged": (403, strict.post("/language/", {"language": "fr"})),
        "host": (400, Client().get("/", headers={"host": "evil.example"})),
        "method": (405, claire.get("/language/")),
    }
    monkeypatch.setattr("amont.web.account.views.read.colleagues", None)
    answers["broken"] = (500, claire.get("/account/organization/"))
    assert {name: (answer.status_code, wrong(answer)) for name, (_status, answer) in answers.items()} == {
        name: (status, []) for name, (status, _answer) in answers.items()
    }


@pytest.mark.parametrize(
    "path", ["css/tokens.css", "vendor/fonts/source-sans-3-latin-wght-normal.woff2", "js/amont.js"]
)
def test_static_files_bear_them_and_may_be_kept(path: str) -> None:
    answer = Client().get(f"/static/{path}")
    found = wrong(answer)
    answer.close()
    assert (answer.status_code, found) == (200, [])
    assert "no-store" not in answer["Cache-Control"]


def test_a_file_bears_them_and_is_not_kept(claire: Client) -> None:
    answer = claire.get("/bring/lines/?file=csv")
    assert answer["Content-Disposition"].startswith("attachment")
    assert (wrong(answer), answer["Cache-Control"]) == ([], "no-store")


def test_each_page_has_a_nonce_of_its_own(client: Client) -> None:
    pages = [client.get("/accounts/login/") for _each in range(2)]
    assert pages[0]["Content-Security-Policy"] != pages[1]["Content-Security-Policy"]


FOREIGN = [
    {"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate", "sec-fetch-dest": "document"},
    {"sec-fetch-site": "same-site", "sec-fetch-mode": "cors", "sec-fetch-dest": "empty"},
    {"sec-fetch-site": "cross-site", "sec-fetch-mode": "no-cors", "sec-fetch-dest": "image"},
]


@pytest.mark.parametrize("headers", FOREIGN)
def test_another_site_sends_no_form(client: Client, headers: dict[str, str]) -> None:
    answer = client.post("/language/", {"language": "fr"}, headers=headers)
    assert answer.status_code == 403
    assert settings.LANGUAGE_COOKIE_NAME not in answer.cookies


def test_another_site_may_link_to_a_page_and_not_build_it_in(client: Client) -> None:
    link, _fetched, picture = FOREIGN
    frame = {**link, "sec-fetch-dest": "iframe"}
    assert client.get("/accounts/login/", headers=link).status_code == 200
    assert [client.get("/accounts/login/", headers=each).status_code for each in (picture, frame)] == [403, 403]


@pytest.mark.parametrize("site", ["same-origin", "none"])
def test_our_own_pages_send_forms(client: Client, site: str) -> None:
    headers = {"sec-fetch-site": site, "sec-fetch-mode": "navigate", "sec-fetch-dest": "document"}
    assert client.post("/language/", {"language": "fr"}, headers=headers).status_code == 302


def test_programs_say_nothing_of_where_they_come_from(client: Client) -> None:
    assert client.post("/language/", {"language": "fr"}).status_code == 302


def test_cookies_are_for_our_own_pages_and_for_no_script(client: Client) -> None:
    cookie = client.get("/accounts/login/").cookies[settings.CSRF_COOKIE_NAME]
    assert (cookie["httponly"], cookie["samesite"], cookie["domain"]) == (True, "Lax", "")
