"""Pages handed out as files: the same rows under the same filters, formulas as text, and back again."""

import csv
import io
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from amont.catalogue.models import Item, Site
from amont.chain.models import ClaimedPlace, Contact, Source
from amont.consortia.actions import found
from amont.disclosure.unsealed import unsealed
from amont.exchange.reading import read_file
from amont.kernel.viewer import Viewer
from amont.parties.models import Membership, Person
from made_files import as_csv, line_rows
from small_world import SmallWorld
from web.conftest import Opened, SignedIn
from web.test_see import _person, world  # noqa: F401 - the world of chains is a fixture

pytestmark = pytest.mark.django_db
FORMULA = '=HYPERLINK("http://evil.example";"Savon")'


@pytest.fixture
def claire(opened: Opened) -> Viewer:
    return opened("claire")


@pytest.fixture
def page(claire: Viewer, signed_in: SignedIn) -> Client:
    return signed_in(claire)


def _bring(page: Client, content: bytes, name: str = "lines.csv") -> dict[str, object]:
    sent = page.post("/bring/", {"file": SimpleUploadedFile(name, content), "shape": ""})
    assert sent.status_code == 302
    where = str(sent["Location"])
    form = page.get(where).context["form"]
    values = {each: "" if form[each].value() is None else str(form[each].value()) for each in form.fields}
    assert page.post(where, {**values, "act": "import"}).status_code == 302
    report = page.get(where).context["report"]
    return {outcome: report[outcome] for outcome in ("read", "added", "updated", "unchanged", "refused")}


def _file(page: Client, url: str, *, language: str = "fr") -> bytes:
    Person.objects.update(language=language)
    answer = page.get(url)
    assert answer.status_code == 200
    assert answer["Content-Disposition"].startswith("attachment; filename=")
    assert re.fullmatch(r'attachment; filename="[a-z0-9-]+\.(csv|xlsx)"', answer["Content-Disposition"])
    assert "no-store" in answer["Cache-Control"]
    return answer.content


def _stands() -> list[object]:
    with unsealed("a test reads all rows"):
        return [list(model.objects.order_by("pk").values()) for model in (Item, Contact, Source)]


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
@pytest.mark.parametrize("language", ["fr", "en"])
def test_own_lines_come_back_and_change_nothing(page: Client, kind: str, language: str) -> None:
    _bring(page, as_csv(line_rows(130)))
    before = _stands()
    held = _file(page, f"/bring/lines/?file={kind}", language=language)
    assert _bring(page, held, f"back.{kind}") == {
        "read": 130,
        "added": 0,
        "updated": 0,
        "unchanged": 130,
        "refused": 0,
    }
    assert _stands() == before


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_book_comes_back_and_changes_nothing(page: Client, kind: str) -> None:
    rows = [
        ["Société", "Pays", "Contact", "E-mail"],
        ["+Plus", "FR", "@Ana", "a@plus.example"],
        ["-Moins", "DE", "", ""],
    ]
    _bring(page, as_csv(rows))
    before = _stands()
    came = _bring(page, _file(page, f"/bring/suppliers/?file={kind}"), f"back.{kind}")
    assert (came["unchanged"], came["refused"]) == (2, 0)
    assert _stands() == before


def test_a_file_holds_the_rows_that_the_filters_of_its_page_leave(page: Client) -> None:
    _bring(page, as_csv(line_rows(130)))
    held = _file(page, "/bring/lines/?text=Article+12&file=csv").decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(held), delimiter=";"))
    shown = page.get("/bring/lines/?text=Article+12").context["page"].total
    assert len(rows) - 1 == shown == 11
    assert all("Article 12" in row[1] for row in rows[1:])


def test_french_files_have_semicolons_and_english_ones_commas_and_both_a_mark(page: Client) -> None:
    _bring(page, as_csv(line_rows(1)))
    french, english = (_file(page, "/bring/lines/?file=csv", language=each) for each in ("fr", "en"))
    assert french.startswith(b"\xef\xbb\xbf")
    assert french.decode("utf-8-sig").startswith("Votre référence;")
    assert english.decode("utf-8-sig").startswith("Your reference,")


def test_what_looks_like_a_formula_stays_text_and_is_not_lost(page: Client) -> None:
    _bring(page, as_csv([["Référence", "Nom"], ["-1", FORMULA], ["+2", "@SUM(1)"]]))
    held = _file(page, "/bring/lines/?file=csv").decode("utf-8-sig")
    assert '"\'=HYPERLINK(""http' in held
    assert not re.search(r'(^|;)"?[=+@-]', held, re.MULTILINE)
    names = {row.cells[1] for row in read_file(held.encode(), "x.csv")[0].rows}
    assert {FORMULA, "@SUM(1)"} <= names
    book = read_file(_file(page, "/bring/lines/?file=xlsx"), "x.xlsx")
    assert {FORMULA, "@SUM(1)"} <= {row.cells[1] for row in book[0].rows}


def test_a_report_hands_out_its_errors(page: Client) -> None:
    sent = page.post("/bring/", {"cells": "Référence\tNom\tCode douanier\nA1\tVerre\t99\n", "shape": ""})
    where = str(sent["Location"])
    form = page.get(where).context["form"]
    page.post(where, {**{each: form[each].value() or "" for each in form.fields}, "act": "import"})
    held = _file(page, f"{where}?file=csv", language="en").decode("utf-8-sig")
    assert "C2" in held
    assert "This is no customs code." in held


def test_a_chain_as_a_file_holds_what_its_page_shows_and_no_more(world: SmallWorld, signed_in: SignedIn) -> None:  # noqa: F811
    client = _person(world, signed_in, "M")
    address = f"/lines/{world.items['m1'].public_id}/"
    shown = client.get(f"{address}?as=table").content.decode()
    for kind in ("csv", "xlsx"):
        rows = read_file(_file(client, f"{address}?file={kind}", language="en"), f"x.{kind}")[0].rows
        said = " ".join(cell for row in rows for cell in row.cells)
        assert len(rows) - 1 == shown.count('<th scope="row">')
        for word in ("T1", "Malaysia", "Indonesia", "Singapore", "Somebody Else", "Far Mill", "Unnamed firm"):
            assert word in said, word
        for secret in ("Hidden Refinery", "Hidden Mill", "Secret Trader"):
            assert secret not in said


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
@pytest.mark.parametrize("name", ["home:coverage", "home:behind", "ask:suppliers", "answer:tasks", "see:mine"])
def test_every_table_is_handed_out(world: SmallWorld, signed_in: SignedIn, name: str, kind: str) -> None:  # noqa: F811
    client = _person(world, signed_in, "M")
    tables = range(1, 6) if name == "home:coverage" else range(1, 3) if name == "see:mine" else [1]
    for table in tables:
        held = _file(client, f"{reverse(name)}?figure=all&all=1&table={table}&file={kind}")
        assert read_file(held, f"x.{kind}")[0].rows


def test_a_stranger_gets_no_file_of_a_chain(world: SmallWorld, signed_in: SignedIn) -> None:  # noqa: F811
    seat = Membership.objects.get(organization=world.firm("Rival"))
    rival = signed_in(Viewer(seat.organization_id, seat.person_id))
    assert rival.get(f"/lines/{world.items['m1'].public_id}/?file=csv").status_code == 404


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_line_and_a_firm_renamed_in_their_file_are_found_again(page: Client, kind: str) -> None:
    _bring(page, as_csv([["Référence", "Nom", "Fournisseur"], ["A1", "Savon", "Oléane"], ["A2", "Verre", "Béton"]]))
    for url, old, new in (
        ("lines", "A1", "Z9"),
        ("lines", "Savon", "Savon noir"),
        ("suppliers", "Béton", "Béton Vert"),
    ):
        rows = [list(row.cells) for row in read_file(_file(page, f"/bring/{url}/?file={kind}"), f"x.{kind}")[0].rows]
        head, *rest = [[new if cell == old else cell for cell in row] for row in rows]
        came = _bring(page, as_csv([head, *reversed(rest)]))
        assert (came["added"], came["updated"], came["refused"]) == (0, 1, 0), (url, old)
    with unsealed("a test reads all rows"):
        assert set(Item.objects.values_list("reference", "name")) == {("Z9", "Savon noir"), ("A2", "Verre")}
        assert set(Contact.objects.values_list("name", flat=True)) == {"Oléane", "Béton Vert"}


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_what_was_brought_and_what_may_be_the_same_are_handed_out(page: Client, kind: str) -> None:
    _bring(page, as_csv([["Société", "Pays"], ["Epices Karima", "MA"], ["Epices Karyma", "MA"]]))
    (_head, brought) = read_file(_file(page, f"/bring/?file={kind}", language="en"), f"x.{kind}")[0].rows
    assert (brought.cells[0], brought.cells[2:8]) == ("lines.csv", ("Suppliers", "2", "2", "0", "0", "0"))
    pairs = read_file(_file(page, f"/bring/alike/?file={kind}", language="en"), f"x.{kind}")[0].rows
    assert pairs[1].cells[0] == "Two firms of your book"
    assert {"Epices Karima", "Epices Karyma"} <= set(pairs[1].cells)
    assert "the same name but for spelling" in " ".join(pairs[1].cells)


def test_what_stays_of_an_import_taken_back_is_handed_out(page: Client) -> None:
    sent = page.post("/bring/", {"file": SimpleUploadedFile("x.csv", as_csv(line_rows(2))), "shape": ""})
    where = str(sent["Location"])
    form = page.get(where).context["form"]
    page.post(where, {**{each: form[each].value() or "" for each in form.fields}, "act": "import"})
    with unsealed("a test looks for a line"):
        line = Item.objects.order_by("pk")[0]
    page.post(f"/bring/lines/{line.public_id}/", {"name": "Another name", "kind": "service"})
    for act in ({}, {"act": "undo"}):
        page.post(where, act) if act else None
        held = _file(page, f"{where}?table=2&file=csv", language="en").decode("utf-8-sig")
        assert "Another name" in held
        assert "It was changed since." in held


def test_colleagues_and_members_are_handed_out(page: Client, claire: Viewer) -> None:
    found(claire, name="Filière", template="cosmetics")
    address = str(page.get(reverse("found:consortium"))["Location"])
    for url, word in ((reverse("account:organization"), "Claire"), (address, "Maison Claire")):
        rows = read_file(_file(page, f"{url}?table=1&file=xlsx"), "x.xlsx")[0].rows
        assert any(word in cell for row in rows for cell in row.cells), url
    for table in (2, 3):
        assert read_file(_file(page, f"{address}?table={table}&file=csv"), "x.csv")[0].rows


SITES = [
    ["Site", "Société", "Ville", "Pays", "Latitude", "Longitude", "GLN", "SIRET"],
    ["Atelier", "Maison Claire", "Lyon", "FR", "45.76", "4.83", "4012345000009", "73282932000074"],
    ["Huilerie", "Oleana", "Douala", "CM", "4.05", "9.70", "", ""],
    ["Moulin", "Oleana", "Edéa", "CM", "", "", "4012345000016", ""],
]


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
@pytest.mark.parametrize("language", ["fr", "en"])
def test_sites_come_back_change_nothing_and_renamed_are_found_again(page: Client, kind: str, language: str) -> None:
    assert _bring(page, as_csv(SITES))["added"] == 3
    with unsealed("a test reads all rows"):
        before = [list(model.objects.order_by("pk").values()) for model in (Site, ClaimedPlace, Contact)]
    held = _file(page, f"/bring/sites/?file={kind}", language=language)
    came = _bring(page, held, f"back.{kind}")
    assert (came["unchanged"], came["added"], came["updated"], came["refused"]) == (3, 0, 0, 0)
    with unsealed("a test reads all rows"):
        assert [list(model.objects.order_by("pk").values()) for model in (Site, ClaimedPlace, Contact)] == before
    head, *rest = [list(row.cells) for row in read_file(held, f"x.{kind}")[0].rows]
    new = {"Atelier": "Usine", "Huilerie": "Presse", "Lyon": "Villeurbanne", "Edéa": "Kribi"}
    changed = [[new.get(cell, cell) for cell in row] for row in reversed(rest)]
    came = _bring(page, as_csv([head, *changed]))
    assert (came["added"], came["updated"], came["refused"]) == (0, 3, 0)
    with unsealed("a test reads all rows"):
        assert list(Site.objects.values_list("name", "town")) == [("Usine", "Villeurbanne")]
        assert set(ClaimedPlace.objects.values_list("name", "town")) == {("Presse", "Douala"), ("Moulin", "Kribi")}
