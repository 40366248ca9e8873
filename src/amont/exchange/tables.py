"""One neutral table for all files: a sheet, its header, its rows of text with the numbers that people see."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

_LETTERS = 26

Merged = tuple[int, int, int, int]
"""Cells that are one: first row, first column, last row, last column, from 0."""


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
    """A sheet as read, before anybody knows where its header is. Blank rows are left out.

    `encoding` and `delimiter` are those of a text file, "" elsewhere; `merged` are the cells that are one near the top.
    """

    name: str
    rows: Sequence[Row]
    encoding: str = ""
    delimiter: str = ""
    merged: tuple[Merged, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet with its header found; `above` are the title rows, left out of `rows`.

    The header stands in `header_rows` rows from `header_row` on; with none the columns are named by their letters.
    """

    sheet: str
    header: tuple[str, ...]
    header_row: int
    rows: Sequence[Row]
    above: Sequence[Row] = ()
    header_rows: int = 1
    delimiter: str = ""


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


def repeated_headings(header: Iterable[str], same: Callable[[str], str]) -> tuple[tuple[str, tuple[int, ...]], ...]:
    """Return the headings that stand more than once, with their columns; `same` makes headings comparable."""
    places: dict[str, list[int]] = {}
    names: dict[str, str] = {}
    for column, heading in enumerate(header):
        if same(heading):
            places.setdefault(same(heading), []).append(column)
            names.setdefault(same(heading), heading)
    return tuple((names[key], tuple(columns)) for key, columns in places.items() if len(columns) > 1)
