"""Task 1, never having seen the product: open the invitation, answer one line, invite two own suppliers, send."""

import time
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page

from amont.chain.models import Link, Source
from amont.kernel.viewer import Viewer
from browser.conftest import judge
from stories import cast

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ADDRESS = "olea@olea.example"
MOST_CLICKS = 15


class Hand:
    """A hand that counts: each click, each choice from a list; typing is free."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.clicks = 0

    def click(self, where: Locator) -> None:
        self.clicks += 1
        where.click()

    def button(self, name: str) -> None:
        self.click(self.page.get_by_role("button", name=name, exact=True))

    def choose(self, label: str, choice: str, *, nth: int = 0) -> None:
        self.clicks += 1
        self.page.get_by_label(label, exact=True).nth(nth).select_option(label=choice)

    def write(self, label: str, text: str, *, nth: int = 0) -> None:
        self.page.get_by_label(label, exact=True).nth(nth).fill(text)


def test_a_supplier_answers_an_invitation_within_15_clicks(page: Page) -> None:
    brand = cast.member("Maison Claire")
    cast.ask(brand, cast.line(brand, "Emulsifier", "Olea", ADDRESS))
    hand, began = Hand(page), time.monotonic()
    page.goto(f"/invitation/{cast.token(ADDRESS)}/")
    hand.button("Answer")
    hand.write("Your name", "Bruno Verdi")
    hand.button("Open the account and answer")
    hand.choose("Family", "Palm and derivatives")
    hand.choose("What you do", "Refining")
    hand.write("Input", "palm oil")
    hand.write("Firm", "Borneo Oils")
    hand.choose("Country", "Malaysia")
    hand.write("E-mail", "b@borneo.example")
    hand.button("Add an input")
    hand.write("Input", "glycerine", nth=1)
    hand.write("Firm", "Glyco", nth=1)
    hand.choose("Country", "Germany", nth=1)
    hand.write("E-mail", "g@glyco.example", nth=1)
    hand.button("Send")
    page.get_by_role("heading", name="Your answer is sent").wait_for()
    print(f"task 1: {hand.clicks} clicks, {time.monotonic() - began:.1f} s")  # noqa: T201 - the measure is the point
    assert hand.clicks <= MOST_CLICKS
    assert len(cast.all_rows(Link)) == 1
    assert sum(source.asked_at is not None for source in cast.all_rows(Source)) == 3
    assert len(cast.mails("b@borneo.example")) == len(cast.mails("g@glyco.example")) == 1


def test_a_draft_survives_a_closed_page(page: Page, enter: Callable[[Viewer], None]) -> None:
    brand = cast.member("Maison Claire")
    cast.ask(brand, cast.line(brand, "Emulsifier", "Olea", ADDRESS))
    olea = cast.join(ADDRESS, "Olea")
    enter(olea.viewer)
    page.goto("/tasks/")
    page.get_by_label("Input", exact=True).fill("palm oil")
    page.get_by_text("Saved at").wait_for()
    page.goto("/")
    page.goto("/tasks/")
    assert page.get_by_label("Input", exact=True).input_value() == "palm oil"


@pytest.mark.parametrize("language", ["en", "fr"])
def test_pages_of_asking_and_answering_stand_up_to_a_look(
    page: Page, enter: Callable[[Viewer], None], speak: Callable[[str], None], language: str
) -> None:
    brand = cast.member("Maison Claire")
    cast.ask(brand, cast.line(brand, "Emulsifier", "Olea", ADDRESS))
    request = cast.ask(brand, cast.line(brand, "Wax", "Cera", "cera@cera.example")).requests[0]
    speak(language)
    token = cast.token(ADDRESS)
    for part, name in (("", "invitation"), ("account/", "account"), ("forward/", "forward"), ("decline/", "decline")):
        page.goto(f"/invitation/{token}/{part}")
        judge(page, f"answer-{name}")
    olea = cast.join(ADDRESS, "Olea")
    page.goto(f"/invitation/{token}/")
    judge(page, "answer-closed")
    cast.line(brand, "Butter", "Karite", "k@karite.example")
    _look_as(page, enter, brand, {"ask-new": "/ask/new/", "ask-list": "/ask/", "ask-one": f"/ask/{request}/"})
    line = cast.tasks(olea)[0].line
    pages = {"answer-line": f"/tasks/{line}/", "answer-not": f"/tasks/{line}/decline/", "answer-tasks": "/tasks/?all=1"}
    _look_as(page, enter, olea, pages)


def _look_as(page: Page, enter: Callable[[Viewer], None], firm: cast.Firm, pages: dict[str, str]) -> None:
    enter(firm.viewer)
    for name, path in pages.items():
        page.goto(path)
        judge(page, name)
