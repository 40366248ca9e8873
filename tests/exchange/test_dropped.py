"""Cells that the reader of workbooks leaves out, put back: formulas without a value, zeros that a format shows."""

import io

import openpyxl
import pytest
import xlsxwriter
from django.utils import translation

from amont.exchange import cells, reasons
from amont.exchange.manner import Manner
from amont.exchange.reading import read_file
from amont.exchange.shapes import rows_of
from amont.exchange.tables import Row, Table


def _book(*rows: list[object], formats: dict[str, str] | None = None) -> bytes:
    """Return a workbook; texts that begin with # are cells in error."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    for each in (cell for row in sheet.iter_rows() for cell in row):
        if isinstance(each.value, str) and each.value.startswith("#"):
            each.data_type = "e"
    for at, code in (formats or {}).items():
        sheet[at].number_format = code
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def _read(content: bytes) -> list[tuple[str, ...]]:
    return [row.cells for row in read_file(content, "x.xlsx")[0].rows]


def test_a_cell_in_error_is_read_as_it_shows_and_a_row_of_them_is_no_blank_row() -> None:
    content = _book(["Réf.", "Nom"], ["#N/A", "Karité"], ["#REF!", "#DIV/0!"], ["A3", "Sauge"])
    assert _read(content) == [("Réf.", "Nom"), ("#N/A", "Karité"), ("#REF!", "#DIV/0!"), ("A3", "Sauge")]


def test_cells_in_error_are_found_wherever_the_table_begins() -> None:
    assert _read(_book([None, None], [None, None, "Nom", "Pays"], [None, None, "Sel", "#N/A"])) == [
        ("", "", "Nom", "Pays"),
        ("", "", "Sel", "#N/A"),
    ]


@pytest.mark.parametrize(
    ("code", "number", "text"),
    [
        ("00000", 1000, "01000"),
        ("000 000 000", 5580113, "005580113"),
        (r"000\ 000\ 000\ 00000", 558011300012, "00558011300012"),
        ("0000000000000", 12345678, "0000012345678"),
        ("0.00", 5, "5"),
        ("0", 5, "5"),
        ("#,##0", 5000, "5000"),
        ("00000", 1000.5, "1000.5"),
        ("00000", 123456, "123456"),
    ],
)
def test_zeros_that_only_a_format_of_zeros_shows_are_kept(code: str, number: float, text: str) -> None:
    assert _read(_book(["Firme", "Code"], ["Oléane", number], formats={"B2": code})) == [
        ("Firme", "Code"),
        ("Oléane", text),
    ]


def test_a_sheet_is_known_by_its_own_name_among_several() -> None:
    held = io.BytesIO()
    book = xlsxwriter.Workbook(held)
    zeros = book.add_format({"num_format": "00000"})
    book.add_worksheet("Lisez-moi").write(0, 0, 12)
    second = book.add_worksheet("Données & co")
    second.write(0, 0, "Code")
    second.write(1, 0, 12, zeros)
    book.close()
    assert [[row.cells for row in sheet.rows] for sheet in read_file(held.getvalue(), "x.xlsx")] == [
        [("12",)],
        [("Code",), ("00012",)],
    ]


@pytest.mark.parametrize("shape", ["lines", "contacts", "sites", "paths"])
def test_a_cell_without_a_value_refuses_its_row_alone_at_the_cell(shape: str) -> None:
    columns = {
        "lines": {0: "reference", 1: "name"},
        "contacts": {0: "name", 1: "person"},
        "sites": {0: "name", 1: "town"},
        "paths": {0: "direct_firm", 1: "top_town"},
    }[shape]
    said = [("A", "Karité"), ("B", "#N/A"), ("C", "#NOM?"), ("D", "Sel #3")]
    rows = [Row(number, cells) for number, cells in enumerate(said, 2)]
    found = rows_of(shape, Table("", ("x", "y"), 1, rows), columns, families=(), manner=Manner())
    assert [(each.row, each.column, each.value, each.code) for each in found.errors] == [
        (3, 1, "#N/A", "no_value"),
        (4, 1, "#NOM?", "no_value"),
    ]
    assert len(found.lines or found.contacts or found.sites or found.paths) == 2


def test_every_error_of_a_spreadsheet_is_told_in_words() -> None:
    for written in cells.ERRORS:
        with translation.override("en"):
            assert written in reasons.in_words("no_value", {"written": written})[0]
