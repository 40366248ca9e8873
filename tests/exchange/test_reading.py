"""Files as they come: any usual encoding and delimiter, sheets, titles; and what is refused before it is opened."""

import csv
import io
import zipfile
from contextlib import suppress

import pytest
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from amont.exchange import fields, opening, reading
from amont.exchange.delimited import delimiter_of, read_delimited
from amont.exchange.headers import table_of
from amont.exchange.reading import read_file
from amont.exchange.tables import Row, Sheet, address, letters
from amont.kernel.errors import Refused
from made_files import as_csv, as_xlsx

# what a cell of a good file may hold: any text that is not only blanks, delimiters, quotes and line ends included
WORDS = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zl", "Zp", "Co", "Cn"], exclude_characters="\ufeff"),
    min_size=1,
    max_size=12,
).map(lambda text: f"a{text}z")
GRIDS = st.integers(2, 5).flatmap(
    lambda width: st.lists(st.lists(WORDS, min_size=width, max_size=width), min_size=2, max_size=8)
)


def _cells(sheets: tuple[Sheet, ...]) -> list[list[str]]:
    return [list(row.cells) for row in sheets[0].rows]


def _why(content: bytes, name: str = "lines.csv") -> str:
    with translation.override("en"), pytest.raises(Refused) as caught:
        read_file(content, name)
    assert list(caught.value.errors) == ["file"]
    return str(caught.value)


@settings(deadline=None)
@given(GRIDS, st.sampled_from([";", ",", "\t", "|"]), st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]))
def test_what_was_written_as_csv_is_read_back(grid: list[list[str]], delimiter: str, encoding: str) -> None:
    held = io.StringIO(newline="")
    csv.writer(held, delimiter=delimiter, quoting=csv.QUOTE_ALL).writerows(grid)
    if delimiter_of(held.getvalue()) == delimiter:  # a text of delimiters alone may speak for another one
        assert _cells(read_file(held.getvalue().encode(encoding), "x.csv")) == [
            [cell.strip() for cell in row] for row in grid
        ]


@settings(deadline=None)
@given(GRIDS)
def test_what_was_written_as_xlsx_is_read_back(grid: list[list[str]]) -> None:
    held = as_xlsx({"Lignes": [[f"'{cell}" for cell in row] for row in grid]})
    assert _cells(read_file(held, "x.xlsx")) == [[f"'{cell}".strip() for cell in row] for row in grid]


@settings(deadline=None)
@given(st.binary(max_size=3000))
def test_any_bytes_are_read_or_refused_never_a_crash(content: bytes) -> None:
    for start in (b"", b"PK\x03\x04", b"Reference;Name\r\n"):
        with suppress(Refused):
            read_file(start + content, "x.csv")


def test_windows_1252_with_semicolons_is_read() -> None:
    content = "Réf. article;Désignation\r\n007;Beurre de karité – œuf\r\n".encode("cp1252")
    assert _cells(read_file(content, "x.csv")) == [
        ["Réf. article", "Désignation"],
        ["007", "Beurre de karité – œuf"],
    ]


@pytest.mark.parametrize("encoding", ["cp1252", "cp850", "mac_roman"])
def test_old_encodings_are_told_apart(encoding: str) -> None:
    text = "Réf;Désignation;Fabricant\r\n1;Gélifiant à l’algue séchée;Société générale de cosmétique\r\n".replace(
        "’", "'"
    )
    assert read_delimited(text.encode(encoding), most_rows=9).rows[1].cells[1].startswith("Gélifiant à l")


def test_line_ends_inside_quotes_stay_in_their_cell_and_rows_keep_their_numbers() -> None:
    sheet = read_delimited(b'a,b\r\n"x\r\ny",1\r\n\r\nz,2\r\n', most_rows=9)
    assert sheet.rows == (Row(1, ("a", "b")), Row(2, ("x\r\ny", "1")), Row(4, ("z", "2")))


def test_decimal_commas_do_not_pass_for_delimiters() -> None:
    assert delimiter_of("nom;volume\na;1,5\nb;2,25\nc;3,125\n") == ";"


def test_leading_zeros_and_long_numbers_survive_and_days_are_text() -> None:
    book = as_xlsx({"S": [["Ref", "EAN", "Vol"], ["00123", 3401234567890, 1250.5]]})
    assert _cells(read_file(book, "x.xlsx"))[1] == ["00123", "3401234567890", "1250.5"]


def test_hidden_sheets_are_left_out() -> None:
    book = as_xlsx({"Lignes": [["Ref", "Nom"], ["1", "a"]], "Secret": [["x", "y"]]}, hidden="Secret")
    assert [sheet.name for sheet in read_file(book, "x.xlsx")] == ["Lignes"]


def test_titles_above_the_headings_are_found_and_left_out() -> None:
    rows = (
        Row(1, ("Export du 12/03",)),
        Row(3, ("", "Matières")),
        Row(4, ("Réf. article", "Désignation")),
        Row(5, ("1", "a")),
    )
    table = table_of(Sheet("S", rows), fields.is_known)
    assert table is not None
    assert (table.header_row, table.header, len(table.above)) == (4, ("Réf. article", "Désignation"), 2)
    assert [row.number for row in table.rows] == [5]


def test_without_a_known_heading_the_first_full_row_is_the_header() -> None:
    rows = (Row(1, ("Titre",)), Row(2, ("Aaa", "Bbb", "Ccc")), Row(3, ("1", "2", "3")))
    table = table_of(Sheet("", rows), fields.is_known)
    assert table is not None
    assert table.header_row == 2


@given(st.integers(0, 20_000), st.integers(1, 100_000))
def test_addresses_are_those_of_a_spreadsheet(column: int, row: int) -> None:
    number = 0
    for letter in letters(column):
        number = number * 26 + ord(letter) - 64
    assert number == column + 1
    assert address(row, column) == f"{letters(column)}{row}"


def test_macros_are_refused_by_content_and_by_name() -> None:
    held = io.BytesIO(as_xlsx({"S": [["Ref", "Nom"], ["1", "a"]]}))
    with zipfile.ZipFile(held, "a") as parts:
        parts.writestr("xl/vbaProject.bin", b"\0" * 50)
    assert "macros" in _why(held.getvalue(), "x.xlsx")
    assert "macros" in _why(as_xlsx({"S": [["Ref", "Nom"], ["1", "a"]]}), "x.xlsm")


def test_an_unpack_bomb_is_refused_before_it_is_opened() -> None:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("xl/workbook.xml", "<workbook/>")
        parts.writestr("xl/worksheets/sheet1.xml", b"\0" * (40 * 1024 * 1024))
    assert "far too large" in _why(held.getvalue(), "x.xlsx")


def test_a_bomb_that_lies_about_its_size_is_refused() -> None:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("xl/workbook.xml", "<workbook/>")
        parts.writestr("xl/worksheets/sheet1.xml", b"0" * (40 * 1024 * 1024))
    true, lie = (40 * 1024 * 1024).to_bytes(4, "little"), (1000).to_bytes(4, "little")
    assert _why(held.getvalue().replace(true, lie), "x.xlsx")


def test_a_cell_far_away_is_refused_before_memory_is_taken_for_it() -> None:
    held = io.BytesIO(as_xlsx({"S": [["Ref", "Nom"], ["1", "a"]]}))
    with zipfile.ZipFile(held) as parts:
        kept = {part.filename: parts.read(part) for part in parts.infolist()}
    sheet = kept["xl/worksheets/sheet1.xml"]
    far = sheet.replace(b"</sheetData>", b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>')
    other = io.BytesIO()
    with zipfile.ZipFile(other, "w", zipfile.ZIP_DEFLATED) as parts:
        for name, text in {**kept, "xl/worksheets/sheet1.xml": far}.items():
            parts.writestr(name, text)
    assert "too far down" in _why(other.getvalue(), "x.xlsx")


def test_too_many_bytes_and_too_many_rows_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MOST_BYTES", 100)
    assert "50 MB" in _why(b"a;b\r\n" * 40)
    monkeypatch.setattr(reading, "MOST_BYTES", 10**6)
    monkeypatch.setattr(reading, "MOST_ROWS", 30)
    monkeypatch.setattr(reading, "ABOVE", 0)
    assert "100,000 rows" in _why(b"a;b\r\n" * 40)


def test_a_zip_that_is_no_workbook_is_refused() -> None:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as parts:
        parts.writestr("readme.txt", "hello")
    assert "no spreadsheet" in _why(held.getvalue(), "x.xlsx")


@pytest.mark.parametrize(
    ("cell", "text"), [(True, "TRUE"), (12.0, "12"), (0.1, "0.1"), (330499.0, "330499"), ("00", "00")]
)
def test_a_number_is_written_as_people_write_it(cell: object, text: str) -> None:
    assert opening.text_of(cell) == text


def test_a_csv_of_5000_rows_is_read() -> None:
    assert (
        len(read_file(as_csv([["Réf", "Nom"], *([str(each), "x"] for each in range(5000))]), "x.csv")[0].rows) == 5001
    )
