"""Drawings and maps of chains in Chromium: walked by keyboard, enlarged and reduced, narrow, folded, as files."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from amont.kernel.viewer import Viewer
from amont.parties.actions import open_account
from amont.sight.facts import Chain
from amont.web.see import line
from browser.conftest import LANGUAGES, judge
from made_chains import made_chain

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
Enter = Callable[[Viewer], None]
PAGE = f"/lines/{'2' * 20}/"


def _shown(enter: Enter, monkeypatch: pytest.MonkeyPatch, chain: Chain, *, language: str = "en") -> None:
    viewer = open_account(
        email="claire@firm.example",
        person_name="Claire Aubert",
        organization_name="Maison Orme",
        country="FR",
        language=language,
    )
    enter(viewer)
    monkeypatch.setattr(line.sight, "chain_above", lambda *_: chain)


def _width(page: Page) -> float:
    return float(page.locator("#picture").get_attribute("width") or 0)


@pytest.mark.parametrize("language", LANGUAGES)
def test_pictures_are_fit(page: Page, enter: Enter, monkeypatch: pytest.MonkeyPatch, language: str) -> None:
    _shown(enter, monkeypatch, made_chain(40), language=language)
    for query in ("as=drawing", "as=drawing&by=country", "as=drawing&way=stacked", "as=map"):
        page.goto(f"{PAGE}?{query}")
        judge(page, f"picture-{language}-{query}")


def test_arrow_keys_walk_along_the_chain(page: Page, enter: Enter, monkeypatch: pytest.MonkeyPatch) -> None:
    _shown(enter, monkeypatch, made_chain(40, returns=0))
    page.goto(PAGE)
    active = "document.activeElement.id"
    page.locator("#spot-0").focus()
    for _ in range(3):
        before = page.evaluate(active)
        page.keyboard.press("ArrowRight")
        way = page.locator(f'.step[data-from="{before[5:]}"][data-to="{page.evaluate(active)[5:]}"]')
        assert way.count() == 1
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowLeft")
    assert page.evaluate(active) == "spot-0"
    page.keyboard.press("ArrowRight")
    first = page.evaluate(active)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    assert page.evaluate(active) in {first, "spot-1", "spot-2"}
    page.keyboard.press("Enter")
    page.wait_for_url("**?as=tree#place-*")


def test_one_place_alone_is_in_the_tab_order(page: Page, enter: Enter, monkeypatch: pytest.MonkeyPatch) -> None:
    _shown(enter, monkeypatch, made_chain(40))
    page.goto(PAGE)
    assert page.locator('#picture a[tabindex="0"]').count() == 1


def test_keys_and_buttons_enlarge_and_reduce(page: Page, enter: Enter, monkeypatch: pytest.MonkeyPatch) -> None:
    _shown(enter, monkeypatch, made_chain(300))
    for query in ("as=drawing&by=", "as=map"):
        page.goto(f"{PAGE}?{query}")
        at_first = _width(page)
        page.locator("#spot-0").focus()
        page.keyboard.press("+")
        assert _width(page) > at_first
        page.get_by_role("button", name="Smaller").click()
        page.get_by_role("button", name="Smaller").click()
        assert _width(page) < at_first
        page.locator("[data-picture]").focus()
        page.keyboard.press("0")
        box = page.locator("[data-picture]").bounding_box()
        assert box is not None
        assert _width(page) <= box["width"] + 1


def test_a_narrow_screen_gets_the_drawing_that_fits_it(
    page: Page, enter: Enter, monkeypatch: pytest.MonkeyPatch
) -> None:
    _shown(enter, monkeypatch, made_chain(30))
    page.set_viewport_size({"width": 320, "height": 700})
    page.goto(PAGE)
    page.wait_for_url("**way=stacked*")
    assert page.evaluate("document.querySelector('[data-picture]').scrollWidth <= innerWidth")


def test_a_group_opens_where_it_stands(page: Page, enter: Enter, monkeypatch: pytest.MonkeyPatch) -> None:
    _shown(enter, monkeypatch, made_chain(400))
    page.goto(PAGE)
    groups = page.locator("#picture a:has(.ripple)")
    before = groups.count()
    group = groups.first
    chosen = group.get_attribute("id")
    group.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**open=*")
    assert groups.count() == before - 1
    assert page.locator(f"#{chosen}").count() == 1
    page.get_by_role("link", name="again").click()
    page.wait_for_url(lambda url: "open=&" in url or "open=#" in url or "open=" not in url)
    assert groups.count() == before
