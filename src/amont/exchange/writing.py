"""Tables as files: CSV as the reader's Excel opens it, and XLSX; what looks like a formula stays text."""

import csv
import datetime as dt
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

import xlsxwriter

from amont.exchange.packed import cleaned

Value = str | int | float | Decimal | dt.date | None
PLAIN = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
LONGEST = 32_000
_DANGEROUS = re.compile(r"'*[=+\-@\t\r]")
_NO_TITLE = dict.fromkeys(map(ord, "[]:*?/\\'"))
_LONGEST_TITLE, _WIDEST, _LOOKED_AT = 31, 60, 200


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a file: its heading, and whether it is there for the machine alone."""

    heading: str
    is_hidden: bool = False


@dataclass(frozen=True, slots=True)
class Written:
    """One table to hand out: what a page shows of it, in its order, with every row that its filters leave.

    Numbers and days are given as such; everything else is text. `title` names sheet and file.
    """

    title: str
    columns: Sequence[Column]
    rows: Iterable[Sequence[Value]]


def columns(*headings: object) -> tuple[Column, ...]:
    """Return plain columns with these headings."""
    return tuple(Column(str(heading)) for heading in headings)


def as_csv(table: Written, *, french: bool) -> bytes:
    """Return a table as CSV in UTF-8 with a mark: semicolons and decimal commas in French, commas and points else.

    A text that a spreadsheet would take for a formula gets an apostrophe before it; reading takes it off again.
    """
    held = io.StringIO(newline="")
    rows = csv.writer(held, delimiter=";" if french else ",", lineterminator="\r\n")
    rows.writerow([guarded(column.heading) for column in table.columns])
    rows.writerows([_text(value, french=french) for value in row] for row in table.rows)
    return held.getvalue().encode("utf-8-sig", errors="replace")


def guarded(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula."""
    text = cleaned(text)
    return f"'{text}" if _DANGEROUS.match(text) else text


def _text(value: Value, *, french: bool) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return guarded(value)
    if isinstance(value, dt.date):
        return value.isoformat()
    bare = format(value if isinstance(value, Decimal) else Decimal(repr(value)), "f")
    return bare.replace(".", ",") if french else bare


def as_xlsx(*tables: Written) -> bytes:
    """Return tables as XLSX, a sheet each; texts are texts, whatever they look like."""
    held = io.BytesIO()
    book = xlsxwriter.Workbook(held, PLAIN)
    bold, day = book.add_format({"bold": True}), book.add_format({"num_format": "yyyy-mm-dd"})
    for table in tables:
        sheet = book.add_worksheet(_title(table.title, {each.name for each in book.worksheets()}))
        widths = [len(column.heading) for column in table.columns]
        for column, each in enumerate(table.columns):
            sheet.write_string(0, column, cleaned(each.heading), bold)
        for at, row in enumerate(table.rows, 1):
            for column, value in enumerate(row):
                _write(sheet, at, column, value, day=day)
                if at <= _LOOKED_AT:
                    widths[column] = max(widths[column], len(str(value)))
        for column, each in enumerate(table.columns):
            hidden = {"hidden": True} if each.is_hidden else {}
            sheet.set_column(column, column, min(widths[column] + 2, _WIDEST), None, hidden)
        sheet.freeze_panes(1, 0)
    book.close()
    return held.getvalue()


def _write(sheet: "xlsxwriter.worksheet.Worksheet", row: int, column: int, value: Value, *, day: object) -> None:
    if isinstance(value, str) and value:
        sheet.write_string(row, column, cleaned(value)[:LONGEST])
    elif isinstance(value, dt.date):
        sheet.write_datetime(row, column, value, day)
    elif isinstance(value, int | float | Decimal):
        sheet.write_number(row, column, value)


def _title(title: str, taken: set[str]) -> str:
    bare = title.translate(_NO_TITLE)[:_LONGEST_TITLE] or "1"
    return bare if bare not in taken else f"{bare[: _LONGEST_TITLE - 3]} {len(taken) + 1}"
