"""What needs a fresh proof asks for one, keeps what was typed, and narrowing never asks."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from django.core.cache import cache
from django.test import Client

from amont.kernel.clock import held_at
from amont.ledger.models import Entry
from amont.parties.actions import open_account
from amont.parties.models import ColleagueInvitation, Membership, Organization
from amont.post.models import Mail
from web.test_factors import shown, with_app

pytestmark = pytest.mark.django_db
PASSWORD = "correct horse battery"  # noqa: S105 - a test's own
MORNING = datetime(2026, 11, 23, 9, tzinfo=UTC)
LATER = MORNING + timedelta(minutes=10)
INVITED = {"email": "rana@firm.example", "role": "reader", "language": "fr"}
INVITE = "/account/organization/invite/"


@pytest.fixture
def claire() -> Iterator[Client]:
    """Give a person who signed in ten minutes ago."""
    cache.clear()
    with held_at(MORNING):
        open_account(
            email="claire@firm.example",
            person_name="Claire",
            organization_name="Maison Claire",
            country="FR",
            language="en",
            password=PASSWORD,
        )
        client = Client(headers={"accept-language": "en"})
        client.post("/accounts/login/", {"login": "claire@firm.example", "password": PASSWORD})
    with held_at(LATER):
        yield client


@pytest.fixture
def checked(claire: Client) -> None:  # noqa: ARG001 - after she is there
    Organization.objects.update(checked_by="letter")


def test_an_export_asks_and_then_follows(claire: Client) -> None:
    asked = claire.get("/bring/lines/?file=csv")
    assert (asked.status_code, "Content-Disposition" in asked.headers) == (403, False)
    assert b"Is it you?" in asked.content
    proof = {"step-first": "GET", "step-act": "password", "step-password": PASSWORD}
    proved = claire.post("/bring/lines/?file=csv", proof)
    assert b'href="/bring/lines/?file=csv"' in proved.content
    assert "attachment" in claire.get("/bring/lines/?file=csv")["Content-Disposition"]


def test_within_ten_minutes_nothing_is_asked(claire: Client) -> None:
    with held_at(LATER - timedelta(seconds=1)):
        assert claire.get("/bring/lines/?file=csv").status_code == 200
    with held_at(LATER):
        assert claire.get("/bring/lines/?file=csv").status_code == 403


def test_what_was_typed_is_kept_and_sent_once_proved(claire: Client) -> None:
    asked = claire.post(INVITE, INVITED)
    kept = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', asked.content.decode()))
    assert INVITED.items() <= kept.items()
    assert not ColleagueInvitation.objects.exists()
    wrong = claire.post(INVITE, {**INVITED, "step-act": "password", "step-password": "guess", "step-first": "POST"})
    assert (wrong.status_code, b"error-summary" in wrong.content) == (403, True)
    assert not ColleagueInvitation.objects.exists()
    right = {**INVITED, "step-act": "password", "step-password": PASSWORD, "step-first": "POST"}
    assert claire.post(INVITE, right)["Location"] == "/account/organization/"
    assert ColleagueInvitation.objects.get().email == "rana@firm.example"


def test_a_code_from_a_mail_proves_it_in_the_same_browser(claire: Client) -> None:
    sent = claire.post(INVITE, {**INVITED, "step-act": "mail", "step-first": "POST"})
    assert b"Code from the mail" in sent.content
    text = Mail.objects.get(to="claire@firm.example", subject__contains="go on").text
    code = re.search(r"code: (\w+)", text)[1]  # type: ignore[index]
    other = Client()
    with held_at(MORNING):
        other.post("/accounts/login/", {"login": "claire@firm.example", "password": PASSWORD})
    proof = {**INVITED, "step-act": "mailed", "step-mailed": code, "step-first": "POST"}
    assert other.post(INVITE, proof).status_code == 403
    with held_at(LATER + timedelta(minutes=10)):
        assert claire.post(INVITE, proof).status_code == 403
    assert claire.post(INVITE, {**proof, "step-mailed": code.lower()}).status_code == 302


def test_a_mailed_code_is_not_guessed(claire: Client) -> None:
    claire.post(INVITE, {**INVITED, "step-act": "mail", "step-first": "POST"})
    code = re.search(r"code: (\w+)", Mail.objects.get(subject__contains="go on").text)[1]  # type: ignore[index]
    proof = {**INVITED, "step-act": "mailed", "step-first": "POST"}
    for _each in range(5):
        claire.post(INVITE, {**proof, "step-mailed": "WRONG234"})
    assert claire.post(INVITE, {**proof, "step-mailed": code}).status_code == 403


def test_who_has_a_second_factor_proves_it_by_that_alone(claire: Client) -> None:
    with held_at(MORNING):
        secret, _codes = with_app(claire)
    by_password = {**INVITED, "step-act": "password", "step-password": PASSWORD, "step-first": "POST"}
    assert claire.post(INVITE, by_password).status_code == 403
    claire.post(INVITE, {**INVITED, "step-act": "mail", "step-first": "POST"})
    assert not Mail.objects.filter(subject__contains="go on").exists()
    by_app = {**INVITED, "step-act": "factor", "step-code": shown(secret, steps=1), "step-first": "POST"}
    assert claire.post(INVITE, by_app).status_code == 302


def test_what_only_the_demo_takes_proves_nothing_elsewhere(claire: Client) -> None:
    assert claire.post(INVITE, {**INVITED, "step-act": "demo", "step-first": "POST"}).status_code == 403


def test_the_demo_takes_one_click_and_says_so(claire: Client, settings: object) -> None:
    settings.DEMO = True  # type: ignore[attr-defined]
    settings.ROOT_URLCONF = "web.demo_urls"  # type: ignore[attr-defined]
    assert b"one click does" in claire.post(INVITE, INVITED).content
    assert claire.post(INVITE, {**INVITED, "step-act": "demo", "step-first": "POST"}).status_code == 302


def test_guessing_is_slowed_down(claire: Client) -> None:
    proof = {**INVITED, "step-act": "password", "step-first": "POST"}
    for number in range(11):
        answer = claire.post(INVITE, {**proof, "step-password": f"guess {number}"})
    assert b"Too many tries" in answer.content or b"Too many" in answer.content
    assert claire.post(INVITE, {**proof, "step-password": PASSWORD}).status_code == 403


def test_taking_away_never_asks(claire: Client) -> None:
    with held_at(MORNING):
        claire.post(INVITE, INVITED)
    invited = ColleagueInvitation.objects.get().public_id
    assert claire.post(f"/account/organization/invitations/{invited}/withdraw/").status_code == 302
    claire.post("/account/me/sessions/end/")
    assert not ColleagueInvitation.objects.exists()


def test_a_role_that_may_more_asks_and_one_that_may_less_does_not(claire: Client) -> None:
    rana = open_account(
        email="rana@firm.example", person_name="Rana", organization_name="Rana", country="FR", language="en"
    )
    mine = Membership.objects.get(person__email="claire@firm.example")
    hers = Membership.objects.create(person_id=rana.person_id, organization_id=mine.organization_id, role="contributor")
    url = f"/account/organization/colleagues/{hers.person.public_id}/role/"
    assert claire.post(url, {"role": "admin"}).status_code == 403
    assert claire.post(url, {"role": "contributor"}).status_code == 302
    assert claire.post(url, {"role": "reader"}).status_code == 302
    hers.refresh_from_db()
    assert hers.role == "reader"
    assert claire.post(f"/account/organization/colleagues/{hers.person.public_id}/remove/").status_code == 302


def test_refusals_leave_no_line(claire: Client) -> None:
    before = Entry.objects.count()
    claire.post(INVITE, INVITED)
    claire.post("/who/decide/?covers=identity", {"about": "whole", "audience": "chain", "level": "full"})
    assert Entry.objects.count() == before


@pytest.mark.usefixtures("checked")
def test_a_decision_that_opens_everything_asks_and_one_that_narrows_does_not(claire: Client) -> None:
    url = "/who/decide/?covers=identity"
    opens = [("whole", "chain", "named"), ("whole", "customers", "full")]
    for about, audience, level in opens:
        answer = claire.post(url, {"about": about, "audience": audience, "level": level})
        assert (answer.status_code, b"Is it you?" in answer.content) == (403, True)
    narrows = claire.post(url, {"about": "whole", "audience": "chain", "level": "sealed"})
    assert b"Is it you?" not in narrows.content
