"""Nobody can tell by any door whether an address has an account, is invited, or had one: same bytes, same mails."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.db import transaction
from django.http import HttpResponse
from django.test import Client

from amont.disclosure.guard import looking_as
from amont.kernel import ids
from amont.kernel.clock import held_at
from amont.kernel.viewer import Role
from amont.parties.actions import invite_colleague, open_account, remove_colleague
from amont.parties.models import ColleagueInvitation, Membership, Person
from amont.post.models import Mail
from stories import cast

pytestmark = pytest.mark.django_db

KINDS = ("known@firm.example", "never@firm.example", "asked@firm.example", "ended@firm.example")
NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
SECRETS = re.compile(r"[A-Za-z0-9]{64}|(?<=key/)[\w-]+|sessionid=\w+")
WHY = {"purpose": "vigilance", "due_on": "2099-01-01", "message": "Thank you", "do": "send"}

Door = Callable[["Scene", str], list[HttpResponse]]


class Scene:
    """A member that invites, a supplier that passes on, and four addresses of which nothing must be told."""

    def __init__(self) -> None:
        self.brand = cast.member("Maison Claire")
        rival = cast.member("Rivale", cast.consortium())
        known, _never, asked, ended = KINDS
        for email in (known, ended):
            open_account(email=email, person_name="X", organization_name="Secret", country="IT", language="en")
        with looking_as(rival.viewer):
            invite_colleague(rival.viewer, email=asked, role=Role.READER, language="en")
            self._expel(rival.viewer.organization_id, ended)
            remove_colleague(rival.viewer, person=Person.objects.get(email=ended).public_id)
        for number, email in enumerate((known, asked, ended)):
            cast.ask(rival, cast.line(rival, f"Line {number}", f"Firm {number}", email))
        cast.ask(self.brand, cast.line(self.brand, "Emulsifier", "Olea", "olea@olea.example"))
        self.token = cast.token("olea@olea.example")

    def _expel(self, rival: int, ended: str) -> None:
        Membership.objects.filter(person__email=ended).delete()
        person = Person.objects.get(email=ended)
        Membership.objects.create(person=person, organization_id=rival, role="reader")
        ColleagueInvitation.objects.filter(email=ended).delete()

    def client(self, *, signed_in: bool = False) -> Client:
        client = Client(headers={"accept-language": "en"})
        if signed_in:
            client.force_login(Person.objects.get(pk=self.brand.viewer.person_id))
        return client


def _posted(client: Client, url: str, said: dict[str, str]) -> list[HttpResponse]:
    """Send a form, and follow where it leads."""
    answer: Any = client.post(url, said)
    found = [answer]
    while answer.status_code == 302:
        answer = client.get(answer["Location"])
        found.append(answer)
    return found


def code(scene: Scene, email: str) -> list[HttpResponse]:
    client = scene.client()
    found = _posted(client, "/accounts/login/code/", {"email": email})
    return found + _posted(client, "/accounts/login/code/confirm/", {"code": "WRONG-CODE"})


def reset(scene: Scene, email: str) -> list[HttpResponse]:
    return _posted(scene.client(), "/accounts/password/reset/", {"email": email})


def password(scene: Scene, email: str) -> list[HttpResponse]:
    client, tried = scene.client(), {"login": email, "password": "not the password"}
    return [answer for _each in range(7) for answer in _posted(client, "/accounts/login/", tried)]


def signup(scene: Scene, email: str) -> list[HttpResponse]:
    return _posted(scene.client(), "/accounts/signup/", {"email": email, "password1": "correct horse battery"})


def founding(scene: Scene, email: str) -> list[HttpResponse]:
    return _posted(scene.client(), "/found/", {"email": email})


def address(scene: Scene, email: str) -> list[HttpResponse]:
    return _posted(scene.client(signed_in=True), "/accounts/email/", {"email": email, "action_add": ""})


def colleague(scene: Scene, email: str) -> list[HttpResponse]:
    said = {"email": email, "role": "reader", "language": "en"}
    return _posted(scene.client(signed_in=True), "/account/organization/invite/", said)


def seat(scene: Scene, email: str) -> list[HttpResponse]:
    said = {"firm": "Some firm", "email": email, "language": "en"}
    return _posted(scene.client(signed_in=True), f"/consortium/{cast.consortium()}/offer/", said)


def contact(scene: Scene, email: str) -> list[HttpResponse]:
    said = {"name": "Some firm", "country": "IT", "email": email, "language": "en"}
    client = scene.client(signed_in=True)
    return [*_posted(client, "/bring/contacts/new/", said), client.get("/bring/contacts/")]  # type: ignore[list-item]


def supplier(scene: Scene, email: str) -> list[HttpResponse]:
    client, line = scene.client(signed_in=True), cast.line(scene.brand, "Wax", "Some firm", email)
    found = _posted(client, "/ask/new/", {**WHY, "line": f"{line.item}:{line.contact}"})
    request = str(found[0]["Location"])
    found += _posted(client, f"{request}resend/", {})
    return [*found, client.get("/ask/"), client.get(f"/lines/{line.item}/")]  # type: ignore[list-item]


def forward(scene: Scene, email: str) -> list[HttpResponse]:
    said = {"email": email, "language": "en"}
    return _posted(scene.client(), f"/invitation/{scene.token}/forward/", said)


DOORS: tuple[Door, ...] = (
    code,
    reset,
    password,
    signup,
    founding,
    address,
    colleague,
    seat,
    contact,
    supplier,
    forward,
)


def told(door: Door, scene: Scene, email: str) -> tuple[list[object], int]:
    """Return all that a door answers, without what is drawn by lot, and how many mails it sends to the address."""
    cache.clear()
    with transaction.atomic(), ids.seeded(7), held_at(datetime.now(UTC) + timedelta(seconds=1)):
        before = Mail.objects.count()
        seen: list[object] = []
        for answer in door(scene, email):
            headers = {name: SECRETS.sub("", value) for name, value in answer.headers.items() if name != "Expires"}
            body = SECRETS.sub("", answer.content.decode().replace(email, "ADDRESS"))
            seen.append((answer.status_code, headers, sorted(answer.cookies), re.sub(r"\d\d:\d\d", "", body)))
        mails = Mail.objects.count() - before
        transaction.set_rollback(True)
    return seen, mails


@pytest.mark.parametrize("door", DOORS, ids=lambda door: door.__name__)
def test_no_door_tells_of_an_address(door: Door) -> None:
    scene = Scene()
    answers = {email: told(door, scene, email) for email in KINDS}
    first = answers[KINDS[1]]
    assert first[0], "something was answered"
    for email in KINDS:
        assert answers[email][1] == first[1], f"as many mails to {email}"
        assert answers[email][0] == first[0], f"the same bytes for {email}"


def test_the_ways_to_ask_for_a_company_are_one(settings: Any) -> None:
    settings.OIDC_DOMAINS = {"firm.example": "k7w2m9x4p8t6v3y5"}
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [_app()]}}
    scene = Scene()
    known, unknown = told(code, scene, "known@firm.example"), told(code, scene, "known@farm.example")
    assert known == unknown
    absent = scene.client().get("/accounts/company/k7w2m9x4p8t6v3y6/")
    assert absent.status_code == 404
    assert b"farm.example" not in scene.client().get("/accounts/login/").content


def _app() -> dict[str, Any]:
    return {
        "provider_id": "k7w2m9x4p8t6v3y5",
        "name": "Firm",
        "client_id": "amont",
        "secret": "s",
        "settings": {"server_url": "https://login.firm.example"},
    }
