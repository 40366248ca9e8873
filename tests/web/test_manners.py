"""How a file is written is found, shown on the page of columns, and corrected there."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from made_files import as_csv
from web.conftest import Opened, SignedIn

pytestmark = pytest.mark.django_db
ROWS = [["Article", "", "Fournisseur"], ["Référence", "Désignation", "Nom"], ["1", "Gélifiant", "Oléane"]]


@pytest.fixture
def page(opened: Opened, signed_in: SignedIn) -> Client:
    return signed_in(opened("claire"))


def _send(page: Client, content: bytes) -> str:
    return str(page.post("/bring/", {"file": SimpleUploadedFile("x.csv", content), "shape": "lines"})["Location"])


def _values(page: Client, where: str) -> dict[str, str]:
    form = page.get(where).context["form"]
    return {each: "" if form[each].value() is None else str(form[each].value()) for each in form.fields}


def _said(page: Client, where: str) -> str:
    found = re.search(r'<details class="found".*?</summary>', page.get(where).content.decode(), re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", " ", found.group()).split()) if found else ""


def _corrected(page: Client, where: str, **told: str) -> dict[str, str]:
    assert page.post(where, {**_values(page, where), **told, "act": "look"}).status_code == 302
    return _values(page, where)


def test_what_was_found_is_said(page: Client) -> None:
    where = _send(page, as_csv([["Export"], *ROWS], encoding="cp1252"))
    assert "Windows-1252 · separated by: semicolon · headings in rows 2 to 3" in _said(page, where)


def test_an_encoding_that_was_told_is_used(page: Client) -> None:
    where = _send(page, as_csv(ROWS, encoding="cp1252"))
    _corrected(page, where, encoding="cp1251")
    assert "Gйlifiant" in page.get(where).content.decode()
    _corrected(page, where, encoding="cp1252")
    assert "Gélifiant" in page.get(where).content.decode()


def test_headings_in_another_number_of_rows_find_the_columns_anew(page: Client) -> None:
    where = _send(page, as_csv(ROWS))
    assert _values(page, where)["header_rows"] == "2"
    values = _corrected(page, where, header_row="2", header_rows="1")
    assert (values["header_rows"], values["column-0"], values["column-1"]) == ("1", "reference", "name")
    assert _corrected(page, where, header_row="3", header_rows="0")["header_rows"] == "0"
    assert "Column A" in page.get(where).content.decode()


def test_another_delimiter_makes_other_columns(page: Client) -> None:
    where = _send(page, b"Reference;Name|Country\r\n1;a|FR\r\n2;b|DE\r\n")
    assert "column-2" not in _corrected(page, where, delimiter="|")
    assert "column-2" not in _corrected(page, where, delimiter=";")


def test_a_decimal_sign_that_was_told_keeps_the_columns_and_changes_what_numbers_mean(page: Client) -> None:
    rows = [["Référence", "Nom", "Volume annuel (t)"], ["1", "Gel", "1,250"], ["2", "Cire", "2,500"]]
    where = _send(page, as_csv(rows))
    before = _values(page, where)
    assert before["decimal"] == ","
    assert _corrected(page, where, decimal=".", **{"column-1": "inci"})["column-1"] == "inci"
    _corrected(page, where, **{"column-1": "name"})
    page.post(where, {**_values(page, where), "act": "import"})
    assert b"1,000 t and more" in page.get("/bring/lines/").content


def test_the_order_of_days_is_told_where_there_are_days(page: Client) -> None:
    rows = [["Référence", "Nom", "Depuis"], ["1", "Gel", "03/14/2025"], ["2", "Cire", "03/04/2025"]]
    where = _send(page, as_csv(rows))
    assert "days: month, day, year" in _said(page, where)
    assert _corrected(page, where, days="dmy")["days"] == "dmy"


def test_cells_that_are_pasted_are_read_like_a_file(page: Client) -> None:
    where = str(page.post("/bring/", {"cells": "Référence\tNom\r\n1\tGel\r\n", "shape": ""})["Location"])
    page.post(where, {**_values(page, where), "act": "import"})
    assert b"Gel" in page.get("/bring/lines/").content


def test_nothing_sent_asks_for_a_file(page: Client) -> None:
    assert page.post("/bring/", {"cells": " ", "shape": ""}).status_code == 422
