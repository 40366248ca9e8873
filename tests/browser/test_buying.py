"""Buying together, looked at in Chromium: the pages of buyer, owner and vendor; task 10 with its clicks counted."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from amont.disclosure.unsealed import unsealed
from amont.kernel import clock
from amont.kernel.viewer import Viewer
from amont.parties.actions import open_account
from amont.purchasing.models import Adhesion, Need, Settlement
from browser.conftest import judge
from purchasing.stage import Stage, founded, invoice

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

Enter = Callable[[Viewer], None]
MOST_CLICKS = 8
BUYERS = tuple(f"Buyer {letter}" for letter in "ABCDEFG")


def _stage(language: str) -> Stage:
    """Give an agreement of Owner's with Vendor, seven buyers that were settled, and Newcomer, who has not joined."""
    stage = Stage()
    for name in ("Owner", "Vendor", "Newcomer", BUYERS[0], BUYERS[1]):
        stage.viewers[name] = open_account(
            email=f"{name.replace(' ', '').lower()}@firm.example",
            person_name="Camille Roy",
            organization_name=name,
            country="FR",
            language=language,
        )
    founded(stage=stage)
    stage.opened(last_on=clock.today() + timedelta(days=365))
    for name in BUYERS:
        stage.buyer(name)
        stage.bring("Vendor", invoice(f"F-{name}", name, ("PAPER", "400", "1000.00"), ("GLUE", "1", "9.00")))
    stage.join("Newcomer")
    stage.settle("2026-02-28", "2026-03-01")
    return stage


def test_pages_of_buying_together_are_fit(page: Page, enter: Enter) -> None:
    stage = _stage("fr")
    with unsealed("a test looks up the settlement"):
        settled = Settlement.objects.get().public_id
    network, agreement = f"/buying/networks/{stage.network}/", f"/buying/agreements/{stage.agreement}/"
    walks = {
        "Newcomer": {"home": "/home/", "start": "/buying/", "join": f"{agreement}adhere/", "found": "/buying/found/"},
        BUYERS[0]: {"agreement": agreement, "own": f"{agreement}own/", "savings": f"{agreement}savings/"},
        "Owner": {"network": network, "category": f"{network}category/", "draft": f"{network}agreement/"},
        BUYERS[1]: {"ahead": f"{agreement}ahead/?added=1000", "renewal": f"{agreement}renewal/"},
        "Vendor": {"sold": f"{agreement}sold/", "settlement": f"{agreement}settlements/{settled}/"},
    }
    for who, paths in walks.items():
        enter(stage.viewers[who])
        for name, path in paths.items():
            page.goto(path)
            judge(page, f"buy-{name}")


def test_task_10_a_buyer_says_needs_sees_the_tier_and_adheres_within_eight_clicks(page: Page, enter: Enter) -> None:
    stage = _stage("en")
    enter(stage.viewers["Newcomer"])
    page.goto("/home/")
    clicks = 0

    def click(role: str, name: str) -> None:
        nonlocal clicks
        page.get_by_role(role, name=name, exact=True).click()  # type: ignore[arg-type]
        clicks += 1

    click("link", "Buying together")
    click("link", "Office 2026")
    expect(page.get_by_text("rate that all have reached together")).to_be_visible()
    expect(page.locator(".figure").first).to_contain_text("2 %")
    click("link", "Join this agreement")
    page.get_by_label("Sites that order").fill("Lyon")
    page.get_by_label("What you expect to buy in a year").fill("1200")
    click("button", "Join")
    expect(page.get_by_text("What happens next")).to_be_visible()
    assert clicks <= MOST_CLICKS
    newcomer = stage.viewers["Newcomer"].organization_id
    with unsealed("a test looks what was said"):
        assert Adhesion.objects.get(owner_id=newcomer).state == "asked"
        assert Need.objects.get(owner_id=newcomer).units == 1_200_00
