"""Founding a consortium in Chromium: task 9, within 20 clicks, and each of its pages looked at."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from amont.consortia.models import Consortium, Participation, Seat
from amont.kernel.viewer import Viewer
from amont.parties.actions import open_account
from amont.parties.models import Organization
from amont.post.models import Mail
from browser.conftest import LANGUAGES, judge
from small_world import SmallWorld

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
MOST_CLICKS = 20


class Hand:
    """Clicks, and counts its clicks."""

    def __init__(self, page: Page) -> None:
        self.page, self.clicks = page, 0

    def click(self, selector: str) -> None:
        self.page.locator(selector).first.click()
        self.clicks += 1

    def go_on(self) -> None:
        self.click("main form .actions button")


def _mailed(kind: str) -> str:
    found = re.search(rf"/{kind}/\S+", Mail.objects.order_by("-pk")[0].text)
    assert found
    return found[0]


def _open_account(page: Page) -> None:
    page.fill("#id_person_name", "Nora Lind")
    page.fill("#id_organization_name", "Fédération du bois")
    page.select_option("#id_country", "FR")


def _account(hand: Hand) -> None:
    page = hand.page
    page.goto("/found/")
    judge(page, "found-start")
    page.fill("#id_email", "nora@wood.example")
    hand.go_on()
    judge(page, "found-sent")
    page.goto("/found" + _mailed("open"))
    hand.clicks += 1  # the link in the mail
    judge(page, "found-open")
    _open_account(page)
    hand.go_on()


def _charter(hand: Hand) -> None:
    page = hand.page
    judge(page, "found-template")
    hand.click("input[name=template][value=blank]")
    page.fill("#id_name", "Bois clair")
    hand.go_on()
    judge(page, "found-charter")
    hand.go_on()
    judge(page, "found-families")
    hand.click("input[name=families_at_risk][value=forest]")
    page.select_option("#id_floors-0-family", "forest")
    page.select_option("#id_floors-0-level", "2")
    hand.clicks += 2  # choosing from a list is a click as well
    hand.go_on()
    judge(page, "found-questions")
    hand.go_on()


def _members(hand: Hand) -> None:
    page = hand.page
    judge(page, "found-members")
    page.fill("#id_members-0-firm", "Scierie du Lac")
    page.fill("#id_members-0-email", "lac@wood.example")
    page.fill("#id_pasted", "Menuiserie Orel; orel@wood.example; fr")
    hand.go_on()
    judge(page, "found-review")
    hand.go_on()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_consortium_is_founded_within_twenty_clicks(page: Page, speak: Callable[[str], None], language: str) -> None:
    speak(language)
    hand = Hand(page)
    _account(hand)
    _charter(hand)
    _members(hand)
    expect(page.locator("h1")).to_have_text("Bois clair")
    judge(page, "found-consortium")
    assert (Consortium.objects.count(), Seat.objects.count()) == (1, 2)
    assert hand.clicks <= MOST_CLICKS, f"{hand.clicks} clicks"
    page.context.clear_cookies()
    speak(language)
    page.goto(_mailed("seat"))
    judge(page, "found-seat")
    _open_account(page)
    page.locator("main form .actions button").click()
    expect(page.locator("h1")).to_have_text("Bois clair")
    judge(page, "found-joined")
    for path in ("home", "coverage"):
        page.goto(f"/{path}/")
        judge(page, f"{path}-new")


def _world(viewer: Viewer) -> None:
    """Give a member two lines: one three tiers deep, one merely stated."""
    world = SmallWorld()
    world.firms["own"] = Organization.objects.get(pk=viewer.organization_id)
    Participation.objects.create(consortium=world.charter.consortium, organization=world.firms["own"], is_member=True)
    world.item("glycerin", "own", is_bought=True, family="palm", volume_band="10-100")
    world.item("cap", "own", is_bought=True, volume_band="1-10")
    world.item("t1", "Oléa", country="FR", step="esterification")
    world.item("t2", "Minyak", country="MY", step="refining", chain_end="pooled")
    world.ask(world.link("glycerin", "t1"))
    world.ask(world.link("t1", "t2"), passed=True)
    world.state("cap", "Plastex", asked=True, country="IT")


@pytest.mark.parametrize("language", LANGUAGES)
def test_home_and_coverage_are_fit(page: Page, enter: Callable[[Viewer], None], language: str) -> None:
    viewer = open_account(
        email="claire@firm.example",
        person_name="Claire Aubert",
        organization_name="Maison Claire",
        country="FR",
        language=language,
    )
    _world(viewer)
    enter(viewer)
    for path, name in (("home/", "home"), ("coverage/", "coverage"), ("coverage/lines/?figure=all", "coverage-lines")):
        page.goto(f"/{path}")
        judge(page, name)
    page.goto("/coverage/")
    page.locator("main table a").first.click()
    expect(page.locator("tbody th").first).to_have_text("glycerin")
