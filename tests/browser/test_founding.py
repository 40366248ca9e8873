"""Founding a consortium in Chromium: task 9, within 20 clicks, and each of its pages looked at."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from amont.consortia.models import Consortium, Seat
from amont.post.models import Mail
from browser.conftest import LANGUAGES, judge

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


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_consortium_is_founded_within_twenty_clicks(page: Page, speak: Callable[[str], None], language: str) -> None:
    speak(language)
    hand = Hand(page)
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
    judge(page, "found-members")
    page.fill("#id_members-0-firm", "Scierie du Lac")
    page.fill("#id_members-0-email", "lac@wood.example")
    page.fill("#id_pasted", "Menuiserie Orel; orel@wood.example; fr")
    hand.go_on()
    judge(page, "found-review")
    hand.go_on()
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
    page.goto("/home/")
    judge(page, "home-new")
    page.goto("/coverage/")
    judge(page, "coverage-new")
