"""Signing in with the keyboard alone, and reading what went wrong."""

import re
from collections.abc import Callable

import pytest
from django.core.cache import cache
from playwright.sync_api import Page, expect

from amont.kernel.viewer import Viewer
from amont.parties.actions import open_account
from amont.post.models import Mail
from browser.conftest import LANGUAGES, judge

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PASSWORD = "correct horse battery"  # noqa: S105 - a test's own


@pytest.fixture(autouse=True)
def _fresh_limits() -> None:
    cache.clear()


def _claire(language: str = "en") -> Viewer:
    return open_account(
        email="claire@firm.example",
        person_name="Claire Aubert",
        organization_name="Maison Claire",
        country="FR",
        language=language,
        password=PASSWORD,
    )


def _tab_to(page: Page, selector: str) -> None:
    for _ in range(30):
        page.keyboard.press("Tab")
        if page.evaluate(f"document.activeElement.matches({selector!r})"):
            return
    pytest.fail(f"{selector} cannot be reached with the keyboard")


def test_the_first_tab_skips_to_the_content_and_is_seen(page: Page) -> None:
    page.goto("/accounts/login/")
    page.keyboard.press("Tab")
    skip = page.locator(".skip")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


def test_a_password_signs_in_with_the_keyboard_alone(page: Page) -> None:
    _claire()
    page.goto("/accounts/login/")
    _tab_to(page, "input[name=login]")
    page.keyboard.type("claire@firm.example")
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.locator(".who-firm")).to_have_text("Maison Claire")
    _tab_to(page, ".who-button")
    page.keyboard.press("Enter")
    _tab_to(page, "#who button")
    page.keyboard.press("Enter")
    expect(page.locator(".message")).to_have_text("You are signed out.")


def test_a_code_from_the_mail_signs_in(page: Page) -> None:
    _claire()
    page.goto("/accounts/login/")
    page.get_by_role("link", name="Receive a code").click()
    page.get_by_label("Work address").fill("claire@firm.example")
    page.get_by_role("button", name="Send the code").click()
    judge(page, "code-confirm")
    code = re.search(r"^[A-Z0-9]{3,}(-[A-Z0-9]+)?$", Mail.objects.get().text, re.MULTILINE)
    assert code is not None
    page.get_by_label("Code").fill(code[0])
    page.get_by_role("button", name="Sign in").click()
    expect(page.locator(".who-firm")).to_have_text("Maison Claire")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_wrong_password_takes_the_reader_to_what_went_wrong(
    page: Page, speak: Callable[[str], None], language: str
) -> None:
    speak(language)
    page.goto("/accounts/login/")
    page.locator("input[name=login]").fill("claire@firm.example")
    page.locator("input[name=password]").fill("nothing like it")
    page.keyboard.press("Enter")
    expect(page.locator(".error-summary")).to_be_focused()
    judge(page, "wrong-password")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_menu_opens_and_closes_on_a_narrow_screen(
    page: Page, enter: Callable[[Viewer], None], language: str
) -> None:
    enter(_claire(language))
    page.set_viewport_size({"width": 320, "height": 700})
    page.goto("/account/me/")
    page.locator(".menu-button").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#menu a").first).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#menu a").first).not_to_be_visible()


def test_pages_hold_at_twice_the_size(page: Page, enter: Callable[[Viewer], None]) -> None:
    enter(_claire())
    page.set_viewport_size({"width": 640, "height": 450})  # 1280 by 900 at 200 %
    for path in ("/account/me/", "/account/organization/", "/account/organization/invite/"):
        page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
