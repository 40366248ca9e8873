"""Chromium for tests: one for the session, a page for each test, and how pages are judged."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY, get_user_model
from django.contrib.sessions.backends.db import SessionStore
from playwright.sync_api import Browser, Page, sync_playwright

from amont.kernel import clock
from amont.kernel.viewer import Viewer
from amont.web.account.signing import BACKEND
from amont.web.shell.stepping import PROVED

SHOTS = Path(__file__).parents[2] / "shots"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
WIDTHS = (320, 1280)
LANGUAGES = ("fr", "en")


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Debian's Chromium, started once."""
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path="/usr/bin/chromium", headless=True, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def page(chromium: Browser, live_server: Any) -> Iterator[Page]:
    """Give a page at 1280 px in English whose console must stay silent: `page.goto("/")`."""
    context = chromium.new_context(base_url=live_server.url, locale="en-GB", viewport={"width": 1280, "height": 900})
    made = context.new_page()
    said: list[str] = []
    made.on("console", lambda message: said.append(f"{message.type}: {message.text} ({message.location['url']})"))
    made.on("pageerror", lambda trouble: said.append(str(trouble)))
    yield made
    context.close()
    expected = re.compile(r"the server responded with a status of 4\d\d")  # Chromium reports refusals asked for
    assert [line for line in said if not expected.search(line)] == []


@pytest.fixture
def enter(page: Page, live_server: Any) -> Callable[[Viewer], None]:
    """Sign a viewer's person in on the page without walking through the form: `enter(viewer)`."""

    def sign_in(viewer: Viewer) -> None:
        person = get_user_model().objects.get(pk=viewer.person_id)
        session = SessionStore()
        session[SESSION_KEY] = str(person.pk)
        session[BACKEND_SESSION_KEY] = BACKEND
        session[HASH_SESSION_KEY] = person.get_session_auth_hash()
        session[PROVED] = clock.now().isoformat()
        session.save()
        cookie = {"name": settings.SESSION_COOKIE_NAME, "value": str(session.session_key), "url": live_server.url}
        page.context.add_cookies([cookie])  # type: ignore[list-item]

    return sign_in


@pytest.fixture
def speak(page: Page, live_server: Any) -> Callable[[str], None]:
    """Read pages in "fr" or "en" while nobody is signed in: `speak("fr")`."""

    def choose(language: str) -> None:
        cookie = {"name": settings.LANGUAGE_COOKIE_NAME, "value": language, "url": live_server.url}
        page.context.add_cookies([cookie])  # type: ignore[list-item]

    return choose


def judge(page: Page, name: str) -> None:
    """Look at the page at 320 and 1280 px: a picture into shots/, no sideways scrolling, no finding of axe."""
    SHOTS.mkdir(exist_ok=True)
    language = page.locator("html").get_attribute("lang")
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        page.screenshot(path=SHOTS / f"{name}-{language}-{width}.png", full_page=True)
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, f"{name} scrolls sideways by {wide} px at {width} px"
        found = Axe().run(page)
        assert found.violations_count == 0, f"{name} at {width} px: {found.generate_report()}"
    assert page.locator("h1").count() == 1, f"{name} has {page.locator('h1').count()} main titles"
