"""Finding the header of a sheet: below titles, in one row or two, or not there at all."""

from collections.abc import Callable, Sequence
from itertools import pairwise

from django.utils.translation import gettext as _

from amont.exchange.content import COUNTRY, DAY, MAIL, NUMBER, is_data, kind_of
from amont.exchange.manner import FIND
from amont.exchange.packed import width_of
from amont.exchange.tables import Row, Sheet, Table, letters

HEADER_WITHIN = 30
MOST_HEADER_ROWS = 3
JOINED = " · "
_BELOW = 20
_LONGEST_HEADING = 80
_SEVERAL = 2
_NO_HEADING = frozenset({MAIL, NUMBER, DAY, COUNTRY})

Known = Callable[[str], int]
"""How well a heading is known: 2 exactly, 1 in part, 0 not at all."""


def table_of(sheet: Sheet, known: Known, *, header_row: int = 0, header_rows: int = FIND) -> Table | None:
    """Return the sheet as a table, or None for a sheet without any row, or without the one told.

    The header begins in row `header_row`, or else where it is found: among the first rows the one whose headings are
    best known, and without any the first in which most columns have a text. It has `header_rows` rows, or as many as
    are found: none when it looks like the rows below, two when headings stand under headings. What stands above are
    titles.
    """
    if header_row:
        start = next((at for at, row in enumerate(sheet.rows) if row.number == header_row), None)
        count = 1 if start is None else _count(sheet, start, known)
    else:
        start, count = _found(sheet, known)
    if start is None:
        return None
    count = count if header_rows == FIND else header_rows
    header = _headings(sheet, start, count)
    number, rows, above = sheet.rows[start].number, sheet.rows[start + count :], sheet.rows[:start]
    return Table(sheet.name, header, number, rows, above, count, sheet.delimiter)


def column_name(column: int) -> str:
    """Return what a column without a heading is called: "Column A"."""
    return _("Column %(letter)s") % {"letter": letters(column)}


def _found(sheet: Sheet, known: Known) -> tuple[int | None, int]:
    first = list(sheet.rows[:HEADER_WITHIN])
    if not first:
        return None, 0
    scores = [[known(cell) for cell in set(row.cells) if cell and len(cell) <= _LONGEST_HEADING] for row in first]
    best = max(range(len(first)), key=lambda at: (sum(scores[at]), -at))
    if not sum(scores[best]) or (max(scores[best]) == 1 and _is_data(sheet, best)):
        filled = [sum(map(bool, row.cells)) for row in first]
        best = next(at for at, count in enumerate(filled) if 2 * count >= max(filled))
        if _is_data(sheet, best):
            return best, 0
    if best and _is_over(first[best - 1], first[best], sheet):
        return best - 1, 2
    return best, _count(sheet, best, known)


def _is_data(sheet: Sheet, at: int) -> bool:
    return is_data(sheet.rows[at].cells, [row.cells for row in sheet.rows[at + 1 : at + 1 + _BELOW]])


def _count(sheet: Sheet, at: int, known: Known) -> int:
    """Return 2 where known headings stand under headings that leave room for them."""
    over, under = [*sheet.rows[at : at + 2], None][:2]
    if over is None or under is None or under.number != over.number + 1:
        return 1
    said = {column: cell for column, cell in enumerate(under.cells) if cell}
    new = [column for column in said if not over.cell(column)]
    if len(said) < _SEVERAL or not new or any(kind_of(cell) in _NO_HEADING for cell in said.values()):
        return 1
    return 2 if 2 * sum(known(cell) > 0 for cell in said.values()) >= len(said) else 1


def _is_over(over: Row, under: Row, sheet: Sheet) -> bool:
    """Tell whether a row holds headings of groups of columns, and not titles."""
    said = [cell for cell in over.cells if cell]
    spread = any(row == over.number - 1 and last > first > 0 for row, first, _last, last in sheet.merged)
    if under.number != over.number + 1 or (len(said) < _SEVERAL and not spread):
        return False
    if any(":" in cell or len(cell) > _LONGEST_HEADING or kind_of(cell) in _NO_HEADING for cell in said):
        return False
    return len(said) < sum(map(bool, under.cells))


def _headings(sheet: Sheet, start: int, count: int) -> tuple[str, ...]:
    width = width_of(sheet.rows[start:])
    if not count:
        return tuple(column_name(column) for column in range(width))
    rows = [
        [" ".join(row.cell(column).split()) for column in range(width)] for row in sheet.rows[start : start + count]
    ]
    for at, (row, below) in enumerate(pairwise(rows)):
        _spread(row, below, _spans(sheet, sheet.rows[start + at].number - 1))
    return tuple(JOINED.join(dict.fromkeys(each[column] for each in rows if each[column])) for column in range(width))


def _spans(sheet: Sheet, row: int) -> list[tuple[int, int]]:
    return [(first, last) for top, first, _bottom, last in sheet.merged if top == row and last > first]


def _spread(row: list[str], below: Sequence[str], spans: Sequence[tuple[int, int]]) -> None:
    """Write the heading of a group over each of its columns: those merged, or those up to the next heading."""
    for first, last in spans:
        for column in range(first, min(last + 1, len(row))):
            row[column] = row[first]
    if spans:
        return
    said = ""
    for column, cell in enumerate(row):
        if cell:
            said = cell if below[column] else ""
        elif below[column]:
            row[column] = said
