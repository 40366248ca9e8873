"""Who sees what, looked at in Chromium: decisions, see-as, questions; task 4 of suppliers with its clicks counted."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from amont.disclosure.guard import looking_as
from amont.kernel.viewer import Viewer
from amont.parties.actions import open_account
from amont.parties.models import Organization
from amont.sight import read as sight
from amont.sight.actions import ask_for_more
from amont.sight.facts import Mark
from browser.conftest import LANGUAGES, judge
from small_world import SmallWorld

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

Enter = Callable[[Viewer], None]
MOST_CLICKS = 4


def _account(world: SmallWorld, name: str, firm: str, language: str) -> Viewer:
    viewer = open_account(
        email=f"{name}@firm.example", person_name=name.title(), organization_name=firm, country="FR", language=language
    )
    world.firms[firm] = Organization.objects.get(pk=viewer.organization_id)
    return viewer


def _world(language: str) -> tuple[SmallWorld, Viewer, Viewer]:
    """Give Maison Verlaine <- Oléochimie <- Raffinerie, the refiner and the brand with people of their own."""
    world = SmallWorld()
    brand = _account(world, "claire", "Maison Verlaine", language)
    refiner = _account(world, "rana", "Raffinerie du Détroit", language)
    Organization.objects.update(checked_by="world")
    world.item("acid", "Maison Verlaine", family="palm")
    world.item("Stearic acid 1801", "Oléochimie du Ponant", country="FR", step="oleochemistry", family="palm")
    world.item("RSPO stearin", "Raffinerie du Détroit", country="MY", step="refining", family="palm")
    world.item("kernels", "Moulin du Fleuve", country="ID", step="mill", family="palm")
    world.ask(world.link("acid", "Stearic acid 1801", reference="AC-1"))
    world.ask(world.link("Stearic acid 1801", "RSPO stearin", reference="stearin"), passed=True)
    world.ask(world.link("RSPO stearin", "kernels", reference="kernels"), passed=True)
    world.grant("Raffinerie du Détroit", "identity", "requesters", 2, item=world.items["RSPO stearin"])
    world.grant("Raffinerie du Détroit", "sourcing", "chain", 2)
    with looking_as(brand):
        place = next(each.ref for each in sight.view(brand).places if each.mark is Mark.NAMELESS)
        ask_for_more(brand, place, purpose="To visit the refinery in spring.")
    return world, brand, refiner


@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_on_who_sees_what_are_fit(page: Page, enter: Enter, language: str) -> None:
    world, brand, refiner = _world(language)
    enter(refiner)
    item, customer = world.items["RSPO stearin"].public_id, world.firms["Oléochimie du Ponant"].public_id
    paths = {
        "who-sees": "/who/",
        "who-sees-item": f"/lines/{item}/who/",
        "decide": f"/who/decide/?covers=identity&item={item}",
        "decide-sources": "/who/decide/?covers=sourcing",
        "see-as": f"/who/as/{customer}/",
        "see-as-asker": f"/who/as/{world.firms['Maison Verlaine'].public_id}/",
        "asked": "/who/asked/",
    }
    for name, path in paths.items():
        page.goto(path)
        judge(page, name)
    page.goto("/who/")
    page.locator("a[href*='/who/grants/']").first.click()
    judge(page, "change-decision")
    page.locator("form.form button").click()
    expect(page.locator(".messages")).not_to_be_empty()
    page.goto("/who/decide/?covers=identity")
    page.locator("input[name=until_on]").fill("2019-01-01")
    page.locator("form.form button").click()
    expect(page.locator(".error-summary")).to_be_visible()
    judge(page, "decide-refused")
    enter(brand)
    with looking_as(brand):
        places = [each.ref for each in sight.view(brand).places if each.mark is Mark.NAMELESS]
    for number, place in enumerate(places):
        page.goto(f"/who/ask/{place}/")
        judge(page, f"ask-more-{number}")


def test_a_supplier_knows_who_sees_an_answer_and_withdraws_a_right_in_few_clicks(page: Page, enter: Enter) -> None:
    _small, _brand, refiner = _world("en")
    enter(refiner)
    page.goto("/home/")
    clicks = 0
    for name in ("Who sees what", "RSPO stearin"):
        page.get_by_role("link", name=name, exact=True).first.click()
        clicks += 1
    expect(page.get_by_role("heading", level=1)).to_have_text("Who sees RSPO stearin")
    expect(page.get_by_role("rowheader", name="Those who asked").first).to_be_visible()
    page.get_by_role("button", name="Withdraw Those who asked, RSPO stearin").click()
    clicks += 1
    expect(page.locator(".messages")).to_contain_text("Withdrawn")
    expect(page.get_by_role("button", name="Withdraw Those who asked, RSPO stearin")).to_have_count(0)
    assert clicks <= MOST_CLICKS
    print(f"task 4: {clicks} clicks")  # noqa: T201 - with -s


def test_a_right_is_withdrawn_by_keyboard_alone_in_as_few_acts(page: Page, enter: Enter) -> None:
    _small, _brand, refiner = _world("en")
    enter(refiner)
    page.goto("/home/")
    acts = 0
    for role, name in (
        ("link", "Who sees what"),
        ("link", "RSPO stearin"),
        ("button", "Withdraw Those who asked, RSPO stearin"),
    ):
        wanted = page.get_by_role(role, name=name, exact=True).first  # type: ignore[arg-type]
        for _ in range(80):
            page.keyboard.press("Tab")
            if wanted.evaluate("each => each === document.activeElement"):
                break
        page.keyboard.press("Enter")
        page.wait_for_load_state()
        acts += 1
    expect(page.locator(".messages")).to_contain_text("Withdrawn")
    assert acts <= MOST_CLICKS


def test_questions_are_decided_by_keyboard_alone(page: Page, enter: Enter) -> None:
    _small, _brand, refiner = _world("en")
    enter(refiner)
    page.goto("/who/asked/")
    agree = page.get_by_role("button", name=re.compile("^Agree.*Maison Verlaine asks who you are"))
    for _ in range(60):
        page.keyboard.press("Tab")
        if agree.evaluate("each => each === document.activeElement"):
            break
    page.keyboard.press("Enter")
    expect(page.locator(".messages")).to_contain_text("You agreed.")
    expect(page.get_by_text("you agreed").first).to_be_visible()
