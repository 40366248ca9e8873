"""Needs and who leads, looked at in Chromium; task 10 by way of the needs' own page, with its clicks counted."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from playwright.sync_api import Page, expect

from amont.disclosure.unsealed import unsealed
from amont.kernel import clock
from amont.kernel.viewer import Viewer
from amont.purchasing import actions
from amont.purchasing.facts_needs import LeadDraft
from amont.purchasing.models import Adhesion, Need
from browser.conftest import judge
from browser.test_buying import MOST_CLICKS, _stage
from purchasing.stage import OFFICE

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

Enter = Callable[[Viewer], None]


def test_task_10_needs_are_said_on_their_own_page_and_the_agreement_joined_within_eight_clicks(
    page: Page, enter: Enter
) -> None:
    stage = _stage("fr")
    newcomer = stage.viewers["Newcomer"]
    year = clock.today().year
    with stage.as_("Owner", clock.now()) as owner:
        actions.allow_category(owner, stage.network, replace(OFFICE, review_on=date(year + 1, 12, 31)))
    with stage.as_("Newcomer", clock.now()) as viewer:
        term = {"first_on": date(year + 1, 1, 1), "last_on": date(year + 1, 12, 31)}
        actions.offer_to_lead(viewer, stage.network, LeadDraft(stage.category, reason="We know paper.", **term))
    enter(newcomer)
    page.goto("/home/")
    clicks = 0

    def click(role: str, name: str) -> None:
        nonlocal clicks
        page.get_by_role(role, name=name, exact=True).click()  # type: ignore[arg-type]
        clicks += 1

    click("link", "Acheter ensemble")
    click("link", "Small firms together")
    click("link", "Dire mes besoins")
    page.get_by_label("Ce que vous pensez acheter cette année-là").fill("1200")
    click("button", "Enregistrer mon besoin")
    judge(page, "buy-needs")
    click("link", "Office 2026")
    expect(page.locator(".figure").first).to_contain_text("2 %")
    click("link", "Adhérer à cet accord")
    page.get_by_label("Sites qui commandent").fill("Lyon")
    click("button", "Rejoindre")
    expect(page.get_by_text("attend le fournisseur").first).to_be_visible()
    assert clicks <= MOST_CLICKS
    with unsealed("a test looks what was said"):
        assert Adhesion.objects.get(owner_id=newcomer.organization_id).state == "asked"
        assert Need.objects.get(owner_id=newcomer.organization_id).units == 1_200_00
    page.goto(f"/buying/networks/{stage.network}/leads/")
    judge(page, "buy-leads")
