"""A passkey is added, signs in by itself, and proves who one is before a file leaves; the pages hold at 320 px."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.sessions.models import Session
from django.core.cache import cache
from playwright.sync_api import Page, expect

from amont.kernel import clock
from amont.kernel.viewer import Viewer
from amont.web.shell.stepping import PROVED
from browser.conftest import judge
from browser.test_signing_in import _claire

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def _key(page: Page) -> None:
    """Give the browser a place to keep passkeys, that nods to everything."""
    cache.clear()
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def _grow_old() -> None:
    for row in Session.objects.all():
        store = row.get_decoded()
        store[PROVED] = (clock.now() - timedelta(minutes=11)).isoformat()
        row.session_data = Session.get_session_store_class()().encode(store)
        row.save()


def test_a_passkey_signs_in_and_lets_a_file_leave(page: Page, enter: Callable[[Viewer], None]) -> None:
    enter(_claire())
    page.goto("/accounts/security/keys/add/")
    judge(page, "passkey-add")
    page.get_by_label("Name of this passkey").fill("My telephone")
    page.get_by_role("button", name="Add a passkey").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Recovery codes")
    judge(page, "recovery-codes")
    page.goto("/accounts/security/")
    expect(page.get_by_role("cell", name="My telephone").or_(page.get_by_role("rowheader"))).not_to_have_count(0)
    judge(page, "security")
    assert Authenticator.objects.filter(type="webauthn").count() == 1
    page.context.clear_cookies()
    page.goto("/accounts/login/")
    judge(page, "sign-in-passkey")
    page.get_by_role("button", name="Use my passkey").click()
    page.wait_for_url(re.compile(r"/home/|/$"))
    expect(page.get_by_text("Maison Claire").first).to_be_visible()
    _grow_old()
    page.goto("/bring/lines/?file=csv")
    expect(page.get_by_role("heading", level=1)).to_have_text("Is it you?")
    judge(page, "is-it-you")
    page.get_by_role("button", name="Use my passkey").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("It is you")
    with page.expect_download() as handed:
        page.get_by_role("link", name="Go on").click()
    assert handed.value.suggested_filename.endswith(".csv")


def test_an_application_is_shown_as_a_picture(page: Page, enter: Callable[[Viewer], None]) -> None:
    enter(_claire("fr"))
    page.goto("/accounts/security/app/")
    judge(page, "application")
    assert page.evaluate("document.querySelector('main img').naturalWidth") > 0
