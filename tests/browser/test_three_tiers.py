"""From the member's request to the member's grown chain, three tiers, by hand in the browser."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from amont.kernel.viewer import Viewer
from stories import cast

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

OLEA, BORNEO, SABAH = "olea@olea.example", "b@borneo.example", "s@sabah.example"


def _ask(page: Page) -> None:
    page.goto("/ask/new/")
    page.get_by_label("Olea").check()
    page.get_by_role("button", name="Relire avant l’envoi").click()
    page.get_by_role("button", name="Envoyer", exact=True).click()
    page.get_by_text("1 demande part.").wait_for()


def _join(page: Page, address: str) -> None:
    page.context.clear_cookies()
    page.goto(f"/invitation/{cast.token(address)}/")
    page.get_by_role("button", name="Answer", exact=True).click()
    page.get_by_label("Your name").fill("Bruno Verdi")
    page.get_by_role("button", name="Open the account and answer").click()


def _answer(page: Page, step: str, *, supplier: tuple[str, str, str] | None) -> None:
    page.get_by_label("Family", exact=True).first.select_option(label="Palm and derivatives")
    page.get_by_label("What you do", exact=True).select_option(label=step)
    if supplier:
        page.get_by_label("Input", exact=True).fill("palm oil")
        page.get_by_label("Firm", exact=True).fill(supplier[0])
        page.get_by_label("Country", exact=True).select_option(label=supplier[1])
        page.get_by_label("E-mail", exact=True).fill(supplier[2])
    else:
        page.get_by_label("How does the chain go on?").select_option("origin_reached")
    page.get_by_role("button", name="Send", exact=True).click()
    page.get_by_role("heading", name="Your answer is sent").wait_for()


def test_a_request_climbs_three_tiers_and_the_members_chain_grows(page: Page, enter: Callable[[Viewer], None]) -> None:
    brand = cast.member("Maison Claire")
    line = cast.line(brand, "Emulsifier", "Olea", OLEA)
    enter(brand.viewer)
    _ask(page)
    _join(page, OLEA)
    _answer(page, "Refining", supplier=("Borneo Oils", "Malaysia", BORNEO))
    _join(page, BORNEO)
    assert "Maison Claire" not in page.content()
    _answer(page, "Oil mill", supplier=("Sabah Groves", "Malaysia", SABAH))
    _join(page, SABAH)
    _answer(page, "Growing, picking or rearing", supplier=None)
    page.context.clear_cookies()
    enter(brand.viewer)
    page.goto(f"/lines/{line.item}/?as=tree")
    chain = page.locator("main").inner_text()
    assert "Olea" in chain
    assert chain.count("Malaisie") >= 2
    assert "Borneo" not in chain
    assert "Sabah" not in chain
