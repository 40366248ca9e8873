"""Tables written as files are read back as they were: formulas, signs, numbers, days, in every format."""

import datetime as dt
import io
from decimal import Decimal

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from amont.exchange.packed import cleaned
from amont.exchange.reading import read_file
from amont.exchange.writing import Value, Written, as_csv, as_xlsx, columns, guarded

FORMULAS = ("=1+1", "+33 1", "-x", "@SUM(A1)", "'=1", "''+1", "'", "'plain", "=cmd|' /C calc'!A0")
TEXTS = st.one_of(
    st.sampled_from(FORMULAS),
    st.text(st.characters(exclude_categories=["Cs", "Cn", "Co"]), max_size=20),
    st.text("=+-@'\t\r ;,\"\n_x0041", min_size=1, max_size=12),
)
# a first column of words, so that no row is blank and one delimiter is the rule
GRIDS = st.integers(2, 5).flatmap(
    lambda width: st.lists(
        st.tuples(st.sampled_from(["Oléane", "Béton", "A;B"]), *[TEXTS] * (width - 1)), min_size=3, max_size=8
    )
)


def _table(rows: list[tuple[Value, ...]]) -> Written:
    return Written("Table", columns(*(f"Titre {column}" for column in range(len(rows[0])))), rows)


def _read(content: bytes, name: str) -> list[list[str]]:
    rows = read_file(content, name)[0].rows
    width = len(rows[0].cells)
    return [[row.cell(column) for column in range(width)] for row in rows[1:]]


def _kept(rows: list[tuple[Value, ...]]) -> list[list[str]]:
    return [[cleaned(str(cell)) for cell in row] for row in rows]


def _same_lines(grid: list[list[str]]) -> list[list[str]]:
    """Make the ends of lines alike: XML knows one kind only."""
    return [[cell.replace("\r\n", "\n").replace("\r", "\n").strip() for cell in row] for row in grid]


@settings(deadline=None)
@given(GRIDS, st.booleans())
def test_a_table_written_as_csv_is_read_back(rows: list[tuple[Value, ...]], french: bool) -> None:  # noqa: FBT001
    assert _read(as_csv(_table(rows), french=french), "x.csv") == _kept(rows)


@settings(deadline=None, max_examples=15)
@given(GRIDS)
def test_a_table_written_as_xlsx_is_read_back(rows: list[tuple[Value, ...]]) -> None:
    assert _same_lines(_read(as_xlsx(_table(rows)), "x.xlsx")) == _same_lines(_kept(rows))


@pytest.mark.parametrize("french", [True, False])
def test_numbers_and_days_are_read_back(french: bool) -> None:  # noqa: FBT001 - a parameter
    rows: list[tuple[Value, ...]] = [
        ("a", 12, 1250.5, Decimal("0.125"), dt.date(2026, 11, 23), None),
        ("b", -3, 0.1, Decimal(7), None, "x"),
    ]
    sign = "," if french else "."
    said = _read(as_csv(_table(rows), french=french), "x.csv")
    assert said == [
        ["a", "12", f"1250{sign}5", f"0{sign}125", "2026-11-23", ""],
        ["b", "-3", f"0{sign}1", "7", "", "x"],
    ]
    book = _read(as_xlsx(_table(rows)), "x.xlsx")
    assert book == [["a", "12", "1250.5", "0.125", "2026-11-23", ""], ["b", "-3", "0.1", "7", "", "x"]]


@given(TEXTS)
def test_no_guarded_text_begins_like_a_formula(text: str) -> None:
    assert not guarded(text).startswith(("=", "+", "-", "@", "\t", "\r"))


def test_a_hidden_column_is_read_all_the_same() -> None:
    held = io.BytesIO()
    book = xlsxwriter.Workbook(held)
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["Nom", "Amont id"])
    sheet.write_row(1, 0, ["a", "b"])
    sheet.set_column(1, 1, None, None, {"hidden": True})
    book.close()
    assert _read(held.getvalue(), "x.xlsx") == [["a", "b"]]
