"""Bringing an export of 1,500 lines with errors within eight clicks; the pages of bringing, looked at in Chromium."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import transaction
from playwright.sync_api import Page

from amont.consortia.models import Charter, Consortium, Participation
from amont.kernel.viewer import Viewer
from amont.parties.actions import open_account
from browser.conftest import LANGUAGES, judge
from made_files import PATH_HEADER, as_csv, line_rows, path_rows

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
MOST_CLICKS = 8


def _member(language: str) -> Viewer:
    viewer = open_account(
        email="claire@firm.example",
        person_name="Claire Aubert",
        organization_name="Maison Claire",
        country="FR",
        language=language,
    )
    with transaction.atomic():
        sector = Consortium.objects.create(name="Sector", template="blank")
        Charter.objects.create(consortium=sector)
        Participation.objects.create(consortium=sector, organization_id=viewer.organization_id, is_member=True)
    return viewer


def _file(folder: Path, rows: list[list[str]], name: str, **how: str) -> Path:
    found = folder / name
    found.write_bytes(as_csv(rows, **how))
    return found


def test_an_export_of_1500_lines_is_imported_within_eight_clicks(
    page: Page, enter: Callable[[Viewer], None], tmp_path: Path
) -> None:
    rows = line_rows(1500)
    rows[0] = [*rows[0][:1], "Texte", *rows[0][2:]]
    for row in rows[2:7]:
        row[7] = "Atlantide"
    enter(_member("en"))
    page.goto("/account/me/")
    clicks = 0

    def click(name: str, role: str = "button") -> None:
        nonlocal clicks
        page.get_by_role(role, name=name, exact=True).first.click()  # type: ignore[arg-type]
        clicks += 1

    click("Bring data", "link")
    page.get_by_label("Your file").set_input_files(_file(tmp_path, rows, "export.csv"))
    clicks += 2  # open the chooser, choose
    click("Continue")
    page.get_by_label("Texte").select_option("name")
    clicks += 2  # open the list, choose
    page.locator("#outcome .figures").wait_for()
    click("Import the good rows")
    page.get_by_role("heading", name="Your rows are in").wait_for()
    assert page.get_by_text("Atlantide").count() == 5
    assert clicks <= MOST_CLICKS


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_pages_of_bringing_are_fit(
    page: Page, enter: Callable[[Viewer], None], tmp_path: Path, language: str
) -> None:
    enter(_member(language))
    page.goto("/bring/lines/")
    judge(page, "bring-lines-empty")
    page.goto("/bring/")
    judge(page, "bring-start")
    lines = line_rows(12)
    lines[3][7] = "Atlantide"
    for name, rows in (("lignes.csv", lines), ("chemins.csv", [PATH_HEADER, *path_rows(60)[1:]])):
        page.goto("/bring/")
        page.locator("input[type=file]").set_input_files(_file(tmp_path, rows, name))
        page.locator("main form .button").click()
        page.locator("#outcome .figures").wait_for()
        judge(page, f"bring-columns-{name[:-4]}")
        page.locator("button[value=import]").click()
        page.locator(".next").wait_for()
        judge(page, f"bring-report-{name[:-4]}")
    for path in ("lines/", "lines/new/", "suppliers/", "suppliers/new/"):
        page.goto(f"/bring/{path}")
        judge(page, f"bring-{path.strip('/').replace('/', '-')}")
    for path in ("lines/", "suppliers/"):
        page.goto(f"/bring/{path}")
        page.locator("tbody th a").first.click()
        page.locator("main form").first.wait_for()
        judge(page, f"bring-one-{path.strip('/')}")


def test_a_narrow_table_stacks_under_its_headings_and_stays_a_table(
    page: Page, enter: Callable[[Viewer], None], tmp_path: Path
) -> None:
    enter(_member("en"))
    page.goto("/bring/")
    page.locator("input[type=file]").set_input_files(_file(tmp_path, line_rows(3), "lines.csv"))
    page.locator("main form .button").click()
    page.set_viewport_size({"width": 320, "height": 900})
    cell = page.get_by_role("row").nth(1).get_by_role("cell").last
    assert cell.get_attribute("data-head") == "First values"
    assert page.get_by_role("columnheader").count() == 4
    assert page.locator("main table").evaluate("each => each.scrollWidth <= innerWidth")


SITES = [
    ["Usine", "Société", "Adresse", "Ville", "Pays", "Latitude", "Longitude", "Secteur"],
    ["Huilerie Kelana", "Rimba", "2 Jalan Satu", "Kota", "Malaisie", "3.1001", "101.6002", "Palme"],
    ["Kelana POM", "Selat Trading", "2 Jln Satu", "Kota", "MY", "3.1002", "101.6001", "Palme"],
    ["Atelier Perdu", "Flaconnage Lointain", "1 Main Rd", "Windhoek", "NA", "-225609", "170658", "Verre"],
    ["Atelier Nulle Part", "Flaconnage Lointain", "3 Main Rd", "Lille", "FR", "-33.9", "18.4", "Verre"],
]


@pytest.mark.parametrize("language", LANGUAGES)
def test_sites_are_brought_compared_merged_and_taken_apart(
    page: Page, enter: Callable[[Viewer], None], tmp_path: Path, language: str
) -> None:
    enter(_member(language))
    for path in ("sites/", "alike/"):
        page.goto(f"/bring/{path}")
        judge(page, f"bring-{path.strip('/')}-empty")
    page.goto("/bring/")
    page.locator("input[type=file]").set_input_files(_file(tmp_path, SITES, "sites.csv"))
    page.locator("main form .button").click()
    page.locator("#outcome .figures").wait_for()
    judge(page, "bring-columns-sites")
    page.locator("button[value=import]").click()
    page.locator(".next").wait_for()
    assert page.get_by_text("-225609; 170658").count() == 1
    judge(page, "bring-report-sites")
    for path in ("sites/", "alike/"):
        page.goto(f"/bring/{path}")
        judge(page, f"bring-{path.strip('/')}")
    page.locator("button[value=keep-one]").first.click()
    page.locator("form[action*=merges]").first.wait_for()
    judge(page, "bring-alike-merged")
    page.locator("form[action*=merges] button").first.click()
    page.locator("button[value=keep-one]").first.wait_for()
    page.goto("/bring/sites/")
    page.locator("tbody th a").first.click()
    page.locator("main form").first.wait_for()
    judge(page, "bring-one-site")
