"""One neutral table for all files: a sheet, its header, its rows of text with the numbers that people see."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

HEADER_WITHIN = 30
_LETTERS = 26


@dataclass(frozen=True, slots=True)
class Row:
    """One row of text; `number` is the one that a spreadsheet shows, from 1."""

    number: int
    cells: tuple[str, ...]

    def cell(self, column: int) -> str:
        """Return the text of a column (from 0), empty past the end."""
        return self.cells[column] if column < len(self.cells) else ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet as read, before anybody knows where its header is. Blank rows are left out."""

    name: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet with its header found; `above` are the title rows, left out of `rows`."""

    sheet: str
    header: tuple[str, ...]
    header_row: int
    rows: tuple[Row, ...]
    above: tuple[Row, ...] = ()


def letters(column: int) -> str:
    """Return a column's letters: 0 is A, 27 is AB."""
    found = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, _LETTERS)
        found = chr(ord("A") + rest) + found
    return found


def address(row: int, column: int) -> str:
    """Return the cell's address as a spreadsheet shows it: "B14"."""
    return f"{letters(column)}{row}"


def table_of(sheet: Sheet, known: Callable[[str], bool], *, header_row: int = 0) -> Table | None:
    """Return the sheet as a table, or None for a sheet without a header and a row.

    The header is row `header_row`, or else found: among the first rows the one with most headings that are `known`,
    and without any the first row in which most columns have a text. What stands above it are titles.
    """
    at = _position(sheet.rows, known, header_row)
    if at is None:
        return None
    header = tuple(" ".join(cell.split()) for cell in sheet.rows[at].cells)
    width = max((len(row.cells) for row in sheet.rows[at:]), default=0)
    header += ("",) * (width - len(header))
    return Table(sheet.name, header, sheet.rows[at].number, sheet.rows[at + 1 :], sheet.rows[:at])


def _position(rows: Sequence[Row], known: Callable[[str], bool], header_row: int) -> int | None:
    if header_row:
        return next((at for at, row in enumerate(rows) if row.number == header_row), None)
    first = rows[:HEADER_WITHIN]
    if not first:
        return None
    scores = [sum(known(cell) for cell in row.cells if cell) for row in first]
    if max(scores):
        return scores.index(max(scores))
    filled = [sum(bool(cell.strip()) for cell in row.cells) for row in first]
    return next(at for at, count in enumerate(filled) if 2 * count >= max(filled))


def repeated_headings(header: Iterable[str], same: Callable[[str], str]) -> tuple[tuple[str, tuple[int, ...]], ...]:
    """Return the headings that stand more than once, with their columns; `same` makes headings comparable."""
    places: dict[str, list[int]] = {}
    names: dict[str, str] = {}
    for column, heading in enumerate(header):
        if same(heading):
            places.setdefault(same(heading), []).append(column)
            names.setdefault(same(heading), heading)
    return tuple((names[key], tuple(columns)) for key, columns in places.items() if len(columns) > 1)
