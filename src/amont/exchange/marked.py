"""The marked copy: the rows that were refused, as their owner wrote them, with the reasons in a column more."""

import io
from collections.abc import Iterable, Mapping, Sequence

import xlsxwriter
from django.utils.translation import gettext as _

from amont.exchange.tables import Row, Table, address
from amont.exchange.writing import LONGEST, PLAIN


def marked_copy(table: Table, rows: Iterable[Row], reasons: Mapping[int, Sequence[tuple[int | None, str]]]) -> bytes:
    """Return an XLSX of these rows under their own header, everything as text, cells that do not do in colour.

    `reasons` are (column or None, words) by row number. The reasons and the rows' numbers stand in the last columns.
    """
    held = io.BytesIO()
    book = xlsxwriter.Workbook(held, PLAIN)
    sheet = book.add_worksheet((table.sheet or _("Refused rows"))[:31].translate(dict.fromkeys(map(ord, "[]:*?/\\'"))))
    bold, wrong = book.add_format({"bold": True}), book.add_format({"bg_color": "#F6D8D0"})
    width = len(table.header)
    for column, heading in enumerate((*table.header, _("Reason"), _("Row in your file"))):
        sheet.write_string(0, column, heading[:LONGEST], bold)
    for at, row in enumerate(rows, 1):
        said = reasons.get(row.number, ())
        marked = {column for column, _words in said if column is not None}
        for column in range(width):
            sheet.write_string(at, column, row.cell(column)[:LONGEST], wrong if column in marked else None)
        sheet.write_string(at, width, " ".join(words for _column, words in said)[:LONGEST])
        sheet.write_string(at, width + 1, str(row.number))
    sheet.freeze_panes(1, 0)
    sheet.set_column(width, width, 80)
    book.close()
    return held.getvalue()


def reason_at(row: int, column: int | None, reason: str, remedy: str) -> str:
    """Return one reason as it stands in the marked copy: "B14: ... ..."."""
    place = "" if column is None else f"{address(row, column)}: "
    return f"{place}{reason} {remedy}"
