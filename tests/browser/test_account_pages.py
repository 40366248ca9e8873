"""Public and account pages, looked at in Chromium."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from amont.kernel.viewer import Viewer
from amont.parties.actions import open_account
from browser.conftest import LANGUAGES, judge

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PUBLIC = (
    "/",
    "/accounts/login/",
    "/accounts/login/code/",
    "/accounts/password/reset/",
    "/accounts/signup/",
    "/nothing/",
)
OWN = ("/account/me/", "/account/organization/", "/account/organization/invite/", "/account/organization/switch/")


def _open(language: str) -> Viewer:
    return open_account(
        email="claire@firm.example",
        person_name="Claire Aubert",
        organization_name="Maison Claire",
        country="FR",
        language=language,
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_public_pages_are_fit(page: Page, speak: Callable[[str], None], language: str) -> None:
    speak(language)
    for path in PUBLIC:
        page.goto(path)
        judge(page, f"public{path.replace('/', '-').rstrip('-')}")


@pytest.mark.parametrize("language", LANGUAGES)
def test_account_pages_are_fit(page: Page, enter: Callable[[Viewer], None], language: str) -> None:
    enter(_open(language))
    for path in OWN:
        page.goto(path)
        judge(page, f"own{path.replace('/', '-').rstrip('-')}")
