"""Columns of purchasing tables by the meaning of their headings, and cells as numbers and days."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from amont.exchange.days import day, order_of
from amont.exchange.headers import table_of
from amont.exchange.numbers import decimal_of, number
from amont.exchange.reading import read_file, refuse
from amont.exchange.tables import Row, Table
from amont.kernel.folding import folded

Words = Mapping[str, tuple[str, ...]]


@dataclass
class Cells:
    """A table whose columns are known, and what was found wrong in it, by row."""

    table: Table
    columns: Mapping[str, int]
    wrong: defaultdict[str, list[object]] = field(default_factory=lambda: defaultdict(list))
    _signs: dict[str, str] = field(default_factory=dict)

    def rows(self) -> Iterator[Row]:
        """Give the rows that hold anything in a known column."""
        return (row for row in self.table.rows if any(row.cell(at).strip() for at in self.columns.values()))

    def text(self, row: Row, name: str, *, needed: bool = False) -> str:
        """Return a cell's text; where it is needed and empty, say so."""
        said = row.cell(self.columns[name]).strip() if name in self.columns else ""
        if needed and not said:
            self.wrong[place(row)].append(_("“%(column)s” is empty.") % {"column": self._heading(name)})
        return said

    def number(self, row: Row, name: str, usual: Decimal | None = None) -> Decimal:
        """Return a cell's number; an empty one is the usual one, if there is one."""
        said = self.text(row, name)
        if not said and usual is not None:
            return usual
        found = number(said.rstrip("% €$£"), decimal=self._sign(name))
        if found is None:
            told = {"column": self._heading(name), "text": said}
            self.wrong[place(row)].append(_("“%(column)s” holds no number: “%(text)s”.") % told)
            return Decimal(0)
        return found

    def day(self, row: Row, name: str) -> date:
        """Return a cell's day."""
        said = self.text(row, name)
        found = day(said, order=self._order(name))
        if found is None:
            told = {"column": self._heading(name), "text": said}
            self.wrong[place(row)].append(_("“%(column)s” holds no day: “%(text)s”.") % told)
            return date.min
        return found

    def _heading(self, name: str) -> str:
        return self.table.header[self.columns[name]] if name in self.columns else name

    def _texts(self, name: str) -> Iterator[str]:
        return (row.cell(self.columns[name]) for row in self.table.rows) if name in self.columns else iter(())

    def _sign(self, name: str) -> str:
        if name not in self._signs:
            self._signs[name] = decimal_of(self._texts(name), usual="," if self.table.delimiter == ";" else ".")
        return self._signs[name]

    def _order(self, name: str) -> str:
        if name not in self._signs:
            self._signs[name] = order_of(self._texts(name))
        return self._signs[name]


def place(row: Row) -> str:
    """Return how a row is named where it does not do."""
    return _("row %(number)s") % {"number": row.number}


def cells_of(content: bytes, file_name: str, words: Words, *, needed: Sequence[str]) -> Cells:
    """Return the table of a file whose headings say these words, in whatever order. Raises `Refused` at "file"."""
    meaning = {folded(word): name for name, each in words.items() for word in each}
    table = table_of(read_file(content, file_name)[0], lambda heading: 2 if folded(heading) in meaning else 0)
    if table is None:
        refuse(_("This file holds no text. Check that you chose the right one."))
        raise AssertionError
    columns: dict[str, int] = {}
    for at, heading in enumerate(table.header):
        name = meaning.get(folded(heading))
        if name and name not in columns:
            columns[name] = at
    absent = [words[name][0] for name in needed if name not in columns]
    if absent:
        refuse(_("These columns are missing: %(columns)s.") % {"columns": ", ".join(absent)})
    return Cells(table, columns)
