"""Pages of chains, looked at in Chromium: three forms of one chain, all lines, who sees what; by keyboard alone."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from amont.kernel.viewer import Viewer
from amont.parties.actions import open_account
from amont.parties.models import Organization
from browser.conftest import LANGUAGES, judge
from small_world import SmallWorld

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

CHAIN = (
    ("acid", "Maison Verlaine", {"family": "palm", "kind": "ingredient"}),
    ("Stearic acid 1801", "Oléochimie du Ponant", {"country": "FR", "step": "oleochemistry", "family": "palm"}),
    ("rspo stearin", "Hidden Refinery", {"country": "MY", "step": "refining", "family": "palm"}),
    ("kernel oil", "Hidden Crusher", {"country": "MY", "step": "crushing", "family": "palm-kernel"}),
    ("cpo", "Hidden Mill", {"country": "ID", "step": "mill", "family": "palm", "chain_end": "origin_reached"}),
    ("glycol", "Hidden Chemist", {"country": "DE", "step": "synthesis", "chain_end": "synthetic"}),
)


def _world(language: str) -> tuple[SmallWorld, Viewer]:
    world = SmallWorld()
    viewer = open_account(
        email="claire@firm.example",
        person_name="Claire Aubert",
        organization_name="Maison Verlaine",
        country="FR",
        language=language,
    )
    world.firms["Maison Verlaine"] = Organization.objects.get(pk=viewer.organization_id)
    Organization.objects.update(checked_by="world")
    for name, firm, facts in CHAIN:
        world.item(name, firm, **facts)
    world.ask(world.link("acid", "Stearic acid 1801"))
    for above in ("rspo stearin", "kernel oil", "glycol"):
        world.ask(world.link("Stearic acid 1801", above), passed=True)
    world.link("rspo stearin", "cpo")
    world.link("kernel oil", "cpo")
    world.state("Stearic acid 1801", "Hidden Trader", country="SG", step="trading", input="palm fatty acid distillate")
    for number in range(9):
        world.claim("acid", f"Négoce {number % 2}", f"Raffinerie {number % 3}", f"Moulin {number}")
    return world, viewer


@pytest.mark.parametrize("language", LANGUAGES)
def test_chain_pages_are_fit(page: Page, enter: Callable[[Viewer], None], language: str) -> None:
    world, viewer = _world(language)
    enter(viewer)
    line = f"/lines/{world.items['acid'].public_id}/"
    for form in ("drawing", "tree", "table"):
        page.goto(f"{line}?as={form}")
        judge(page, f"line-{form}")
    for path, name in (("/lines/", "lines"), ("/lines/mine/", "mine"), (f"{line}who/", "who")):
        page.goto(path)
        judge(page, name)


def test_a_chain_is_read_by_keyboard_alone(page: Page, enter: Callable[[Viewer], None]) -> None:
    world, viewer = _world("en")
    enter(viewer)
    page.goto(f"/lines/{world.items['acid'].public_id}/")
    reached = []
    for _ in range(60):
        page.keyboard.press("Tab")
        reached.append(page.evaluate("document.activeElement.textContent.trim().slice(0, 40)"))
        if reached[-1] == "Tree":
            break
    page.keyboard.press("Enter")
    page.wait_for_url("**?as=tree")
    page.locator(".chain-tree summary").nth(1).focus()
    below = page.locator(".chain-tree details").nth(1)
    assert below.get_attribute("open") is not None
    page.keyboard.press("Enter")
    assert below.get_attribute("open") is None


def test_a_drawing_leads_to_the_same_place_in_the_tree(page: Page, enter: Callable[[Viewer], None]) -> None:
    world, viewer = _world("en")
    enter(viewer)
    page.goto(f"/lines/{world.items['acid'].public_id}/?as=drawing")
    page.locator("svg.chain a", has_text="Oléochimie").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**?as=tree#place-*")
    assert "Oléochimie du Ponant" in page.locator("li:target").inner_text()
