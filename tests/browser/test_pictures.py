"""Drawings and maps of chains in Chromium: walked by keyboard, enlarged and reduced, narrow, folded, as files."""

import re
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
    page.wait_for_url(lambda url: not re.search(r"open=\d", url))
    assert groups.count() == before


def _overflow(page: Page) -> list[int]:
    found = page.evaluate(
        "(d => [d.scrollWidth - d.clientWidth, d.scrollHeight - d.clientHeight])(document.querySelector('.drawing'))"
    )
    return [int(each) for each in found]


@pytest.mark.parametrize("size", [10, 60, 300])
def test_the_first_view_holds_the_whole_chain_readable(
    page: Page, enter: Enter, monkeypatch: pytest.MonkeyPatch, size: int
) -> None:
    _shown(enter, monkeypatch, made_chain(size))
    page.goto(PAGE)
    assert _overflow(page) == [0, 0]
    scale = _width(page) / float((page.locator("#picture").get_attribute("viewBox") or "").split()[2])
    assert scale >= 0.8
    assert page.locator("#picture.far").count() == 0


def test_far_out_every_row_bears_a_word_as_large_as_before(
    page: Page, enter: Enter, monkeypatch: pytest.MonkeyPatch
) -> None:
    _shown(enter, monkeypatch, made_chain(300))
    page.goto(f"{PAGE}?by=")
    page.get_by_role("button", name="Whole").click()
    labels = page.locator(".far-labels text")
    assert labels.count() > 60
    sizes = page.evaluate(
        "[...document.querySelectorAll('.far-labels text')].map(t => t.getBoundingClientRect().height)"
    )
    assert min(sizes) > 10
    assert page.locator(".tiers .tier-head").last.get_by_text("Tier 5").is_visible()
    page.get_by_role("button", name="Natural size").click()
    assert labels.count() == 0
    assert _overflow(page)[1] > 0


def test_headings_stay_in_view_while_one_goes_down(page: Page, enter: Enter, monkeypatch: pytest.MonkeyPatch) -> None:
    _shown(enter, monkeypatch, made_chain(300))
    page.goto(f"{PAGE}?by=")
    page.evaluate("document.querySelector('.drawing').scrollTop = 1500")
    box, heads = page.locator(".drawing").bounding_box(), page.locator(".tiers").bounding_box()
    assert box is not None
    assert heads is not None
    assert abs(heads["y"] - box["y"]) <= 2


def test_folding_and_opening_do_not_load_the_page_again(
    page: Page, enter: Enter, monkeypatch: pytest.MonkeyPatch
) -> None:
    _shown(enter, monkeypatch, made_chain(300))
    page.goto(PAGE)
    page.evaluate("window.stays = true")
    page.get_by_role("link", name="By step").click()
    page.wait_for_url("**by=step*")
    group = page.locator("#picture a:has(.ripple)").first
    group.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**open=*")
    assert page.evaluate("window.stays") is True
    assert page.evaluate("document.activeElement.closest('#picture') !== null")
    page.go_back()
    page.wait_for_url(lambda url: "open=" not in url)
    page.locator('nav a[aria-current="true"]', has_text="By step").wait_for()
    assert page.locator("h1").count() == 1
