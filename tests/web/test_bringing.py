"""Bringing files through the pages: upload, columns, import, report, and what is refused."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from amont.catalogue.models import Import, Item
from amont.chain.models import ClaimedPath, ClaimedPlace, ClaimedStep, Contact, Source
from amont.disclosure.unsealed import unsealed
from amont.kernel.viewer import Viewer
from amont.ledger import read as ledger
from amont.parties.models import Membership
from made_files import PATH_HEADER, as_csv, as_xlsx, line_rows, path_row, path_rows
from web.conftest import Opened, SignedIn

pytestmark = pytest.mark.django_db


def _send(client: Client, content: bytes, name: str = "lines.csv", shape: str = "") -> str:
    answer = client.post("/bring/", {"file": SimpleUploadedFile(name, content), "shape": shape})
    assert answer.status_code == 302, _said(answer.content)
    return str(answer["Location"])


def _said(page: bytes) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page.decode()).split())


def _choices(client: Client, where: str) -> dict[str, str]:
    """Return what the form holds as it stands, as a browser would send it."""
    form = client.get(where).context["form"]
    return {name: str(form[name].value() or "") for name in form.fields}


def _import(client: Client, where: str, **chosen: str) -> str:
    answer = client.post(where, {**_choices(client, where), **chosen, "act": "import"})
    assert answer.status_code == 302
    page = client.get(where)
    assert page.status_code == 200
    return _said(page.content)


def _counts() -> dict[str, int]:
    with unsealed("a test counts rows"):
        return {
            model.__name__: model.objects.count()
            for model in (Item, Contact, Source, ClaimedPlace, ClaimedPath, ClaimedStep)
        }


@pytest.fixture
def claire(opened: Opened) -> Viewer:
    return opened("claire")


@pytest.fixture
def page(claire: Viewer, signed_in: SignedIn) -> Client:
    return signed_in(claire)


def test_lines_go_in_after_a_look_and_the_report_survives_a_reload(page: Client) -> None:
    where = _send(page, as_csv(line_rows(30)))
    assert _counts()["Item"] == 0
    look = _said(page.get(where).content)
    assert "30 will be added" in look
    report = _import(page, where)
    assert "30 rows read 30 added 0 updated 0 unchanged 0 refused" in report
    assert "Values kept" not in report
    assert "30 rows read 30 added" in _said(page.get(where).content)
    assert _counts() | {"Item": 30, "Contact": 30, "Source": 30} == _counts()
    with unsealed("a test looks for the file"):
        assert Import.objects.get().content is None


def test_importing_the_same_file_twice_adds_nothing(page: Client) -> None:
    content = as_csv(line_rows(30))
    _import(page, _send(page, content))
    before, version = _counts(), ledger.network_version()
    assert "30 rows read 0 added 0 updated 30 unchanged 0 refused" in _import(page, _send(page, content))
    assert _counts() == before
    assert ledger.network_version() == version


def test_pressing_import_twice_is_safe(page: Client) -> None:
    where = _send(page, as_csv(line_rows(5)))
    chosen = {**_choices(page, where), "act": "import"}
    assert page.post(where, chosen).status_code == page.post(where, chosen).status_code == 302
    assert "5 rows read 5 added" in _said(page.get(where).content)
    assert _counts()["Item"] == 5


def test_of_1500_rows_with_1499_errors_the_good_one_goes_in(page: Client) -> None:
    rows = line_rows(1500)
    for row in rows[2:]:
        row[3] = "12"
    where = _send(page, as_csv(rows))
    said = _import(page, where)
    assert "1,500 rows read 1 added 0 updated 0 unchanged 1,499 refused" in said
    assert "D3" in said
    assert "Page 1 of 15" in said
    assert "The other rows are in." in said
    copy = page.get(f"{where}refused.xlsx")
    assert copy.status_code == 200
    again = _send(page, copy.content, "corrected.xlsx")
    assert "1,499 rows read 0 will be added" in _said(page.get(again).content)


def test_where_no_row_is_good_the_report_does_not_say_that_others_are_in(page: Client) -> None:
    rows = line_rows(3)
    for row in rows[1:]:
        row[3] = "12"
    said = _import(page, _send(page, as_csv(rows)))
    assert "3 rows read 0 added 0 updated 0 unchanged 3 refused" in said
    assert "Correct these in the copy" in said
    assert "The other rows are in." not in said
    assert _counts()["Item"] == 0


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("lines.csv", b"", "This file is empty"),
        ("lines.csv", b"\xef\xbb\xbf\r\n\r\n", "This file is empty"),
        ("lines.csv", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj", "This is a PDF"),
        ("lines.xlsx", b"PK\x03\x04broken", "damaged"),
        ("lines.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "holds no spreadsheet"),
        ("lines.csv", b"<html><table><tr><td>Reference</td></tr></table></html>", "web page"),
        ("lines.csv", b"Reference;Name\r\n", "no row below"),
        ("lines.csv", b"\x89PNG\r\n\x1a\n\0\0\0", "picture"),
        ("lines.csv", b'Reference;Name\r\nA1;"never closed\r\nA2;x\r\n', "never closed"),
    ],
)
def test_a_file_that_does_not_do_is_refused_with_its_reason_and_nothing_is_kept(
    page: Client, name: str, content: bytes, reason: str
) -> None:
    answer = page.post(
        "/bring/", {"file": SimpleUploadedFile(name, content), "shape": ""}, headers={"accept-language": "en"}
    )
    assert answer.status_code == 422
    assert reason in _said(answer.content)
    with unsealed("a test looks for files"):
        assert not Import.objects.exists()
    assert not any(_counts().values())


def test_a_heading_that_stands_twice_is_told_and_the_user_chooses(page: Client) -> None:
    rows = [["Référence", "Nom", "Pays", "Fournisseur", "Pays"], ["A1", "Verre", "France", "Oleana", "Inde"]]
    where = _send(page, as_csv(rows), shape="lines")
    assert "“Pays” stands more than once, in columns C, E" in _said(page.get(where).content)
    both = {"column-2": "supplier_country", "column-4": "supplier_country"}
    assert "Already chosen for the column “Pays”" in _import(page, where, **both)
    assert _counts()["Item"] == 0
    assert "1 added" in _import(page, where, **{"column-2": "", "column-4": "supplier_country"})
    with unsealed("a test reads the book"):
        assert Contact.objects.get().country == "IN"


def test_a_column_that_is_needed_and_not_chosen_is_asked_for(page: Client) -> None:
    where = _send(page, as_csv([["Aaa", "Bbb"], ["1", "2"]]), shape="lines")
    assert "Choose the column for: Name of the line" in _import(page, where)
    assert "1 added" in _import(page, where, **{"column-1": "name"})


def test_a_second_sheet_and_title_rows_are_found(page: Client) -> None:
    book = as_xlsx({"Lisez-moi": [["Bonjour"]], "Lignes": [["Export ERP"], [], *line_rows(4)]})
    where = _send(page, book, "erp.xlsx")
    look = _said(page.get(where).content)
    assert "4 will be added" in look
    assert "1 title row above the headings is left out" in look


def test_palm_paths_become_claims_and_a_second_import_changes_nothing(page: Client) -> None:
    content = as_csv(path_rows(), delimiter=",", encoding="utf-8")
    said = _import(page, _send(page, content, "paths.csv"))
    assert "400 rows read 400 added 0 updated 0 unchanged 0 refused" in said
    assert "400 distinct, 400 of them new" in said
    before, version = _counts(), ledger.network_version()
    assert before["ClaimedPath"] == 400
    assert before["Item"] == 1
    again = _import(page, _send(page, content, "paths.csv"))
    assert "400 rows read 0 added 0 updated 400 unchanged 0 refused" in again
    assert _counts() == before
    assert ledger.network_version() == version


def test_the_report_of_paths_tells_of_cycles_self_sales_and_near_duplicates(page: Client) -> None:
    crush = ("Tirta Group", "Tirta Kernel Crushing")
    rows = [
        path_row(("Oleana", "India"), [crush, ("Garuda Lipids", "PT Garuda Dumai"), crush], 1),
        path_row(("Oleana", "India"), [("Oleana", "Oleana Works"), ("Oleana", "Oleana Works")], 2),
        path_row(("Oleana", "India"), [("Garuda Lipids", "Garuda Dumai")], 3, marks="odd"),
    ]
    said = _import(page, _send(page, as_csv([PATH_HEADER, *rows], delimiter=","), "paths.csv"))
    assert "row 2: Tirta Group · Tirta Kernel Crushing" in said
    assert "1 steps between two sites of one group, on 1 rows" in said
    assert "1 time, kept once" in said
    assert "PT Garuda Dumai / Garuda Dumai" in said
    assert "“odd”" in said


def test_paths_may_stand_above_a_line_that_is_there(page: Client) -> None:
    _import(page, _send(page, as_csv([["Référence", "Nom", "Famille"], ["P1", "Glycérine", "palm"]]), shape="lines"))
    with unsealed("a test looks for a line"):
        line = Item.objects.get()
    where = _send(page, as_csv(path_rows(5), delimiter=","), "paths.csv")
    _import(page, where, line=line.public_id)
    with unsealed("a test looks for claims"):
        assert set(ClaimedPath.objects.values_list("item_id", flat=True)) == {line.pk}


def test_what_one_firm_brought_another_does_not_find(page: Client, opened: Opened, signed_in: SignedIn) -> None:
    rows = line_rows(2)
    rows[2][3] = "1"
    where = _send(page, as_csv(rows))
    _import(page, where)
    rival = signed_in(opened("rival"))
    unknown = rival.get("/bring/files/23456789abcdefghjkmn/")
    for hidden in (where, f"{where}refused.xlsx"):
        answer = rival.get(hidden)
        assert answer.status_code == 404
        assert b"Maison" not in answer.content.replace(b"Maison Rival", b"")
    assert _said(rival.get(where).content) == _said(unknown.content)
    assert rival.post(where, {"act": "import"}).status_code == 404


def test_own_pages_list_filter_and_change_lines_and_suppliers(page: Client) -> None:
    _import(page, _send(page, as_csv(line_rows(130))))
    assert "130 lines" in _said(page.get("/bring/lines/").content)
    assert "Page 2 of 2" in _said(page.get("/bring/lines/?page=2").content)
    assert "1 line " in _said(page.get("/bring/lines/?text=0000129").content)
    assert "26 lines" in _said(page.get("/bring/lines/?family=palm").content)
    with unsealed("a test looks for a firm"):
        firm = Contact.objects.get(folded="maison numero 3")
        line = Item.objects.get(reference="0000001")
    assert "4 lines" in _said(page.get(f"/bring/lines/?supplier={firm.public_id}").content)
    assert "40 firms" in _said(page.get("/bring/suppliers/").content)
    stands = {"name": "Autre nom", "reference": "0000001", "kind": "service"}
    assert page.post(f"/bring/lines/{line.public_id}/", stands).status_code == 302
    assert "Autre nom" in _said(page.get("/bring/lines/").content)
    taken = page.post(f"/bring/lines/{line.public_id}/", {**stands, "reference": "0000002"})
    assert "You already have a line with this reference" in _said(taken.content)
    added = page.post(f"/bring/lines/{line.public_id}/supplier/", {"name": "Nouvelle Maison", "country": "BE"})
    assert added.status_code == 302
    assert "Nouvelle Maison" in _said(page.get(f"/bring/lines/{line.public_id}/").content)
    change = {"name": "Maison 3 bis", "country": "FR", "email": "a@b.example", "language": "fr"}
    assert page.post(f"/bring/suppliers/{firm.public_id}/", change).status_code == 302
    assert "Maison 3 bis" in _said(page.get(f"/bring/suppliers/{firm.public_id}/").content)


def test_a_reader_looks_but_does_not_bring(claire: Viewer, signed_in: SignedIn) -> None:
    Membership.objects.update(role="reader")
    reader = signed_in(claire)
    assert reader.get("/bring/").status_code == 200
    sent = reader.post("/bring/", {"file": SimpleUploadedFile("x.csv", as_csv(line_rows(2)))})
    assert sent.status_code == 403
    assert not any(_counts().values())


def test_a_site_is_added_corrected_closed_and_opened_again_by_hand(page: Client) -> None:
    wrong = {"name": "Atelier", "country": "FR", "siret": "73282932000075", "point": "nowhere"}
    refused = page.post("/bring/sites/new/", wrong)
    assert refused.status_code == 422
    assert set(refused.context["form"].errors) == {"siret", "point"}
    assert page.post("/bring/sites/new/", {"name": "Atelier"}).status_code == 422
    added = page.post("/bring/sites/new/", {**wrong, "siret": "732 829 320 00074", "point": "48.8567, 2.3522"})
    where = str(added["Location"])
    form = page.get(where).context["form"]
    assert (form["siret"].value(), form["external_id"].value()) == ("73282932000074", "")
    stands = {name: form[name].value() for name in form.fields}
    assert page.post(where, {**stands, "gln": "4012345000009"}).status_code == 302
    again = page.get(where).context["form"]
    assert (again["siret"].value(), again["gln"].value()) == ("73282932000074", "4012345000009")
    assert page.post(f"{where}close/").status_code == 302
    assert "closed on" in _said(page.get(where).content)
    assert "Atelier" not in _said(page.get("/bring/sites/").content)
    assert "Atelier" in _said(page.get("/bring/sites/?whose=closed").content)
    page.post(f"{where}close/", {"act": "reopen"})
    assert "Atelier" in _said(page.get("/bring/sites/").content)


def test_that_two_are_two_is_taken_back_on_the_page(page: Client) -> None:
    for name in ("Epices Karima", "Epices Karyma"):
        page.post("/bring/suppliers/new/", {"name": name, "country": "MA", "language": "fr"})
    page.post("/bring/alike/")
    (pair,) = page.get("/bring/alike/").context["page"].rows
    page.post(f"/bring/alike/{pair.alike}/", {"act": "different"})
    shown = page.get("/bring/alike/")
    assert not shown.context["page"].rows
    assert "Kept as two" in _said(shown.content)
    assert page.post(f"/bring/alike/{pair.alike}/again/").status_code == 302
    assert [each.alike for each in page.get("/bring/alike/").context["page"].rows] == [pair.alike]
    assert page.post("/bring/alike/nothing/again/").status_code == 404
