"""Rows kept small: one text a row, cut into cells when it is looked at. No Django: a reader apart uses it too."""

import re
from array import array
from collections.abc import Iterable, Iterator, Sequence
from itertools import zip_longest
from typing import overload

from amont.exchange.tables import Row

CELL, ROW, SHEET, NUMBERS = "\x1f", "\x1e", "\x1d", "\x1a"
_CONTROLS = dict.fromkeys(each for each in range(32) if each not in (9, 10, 13)) | {127: None, 0xFEFF: None}
_ODD = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1e\x7f\ufeff]")


def cleaned(text: str) -> str:
    """Return a text without control characters and blanks around."""
    return text.translate(_CONTROLS).strip() if _ODD.search(text) or CELL in text else text.strip()


def packed(cells: Sequence[str]) -> str:
    """Return a row's cells as one text, without control characters, blanks around, and empty cells at its end."""
    text = CELL.join([cell.strip() for cell in cells])
    if _ODD.search(text) or text.count(CELL) >= len(cells):
        text = CELL.join([cleaned(cell) for cell in cells])
    return text.rstrip(CELL)


class PackedRows(Sequence[Row]):
    """The rows of a sheet: a tenth of the memory of rows of cells, and a row made anew for each look."""

    __slots__ = ("_numbers", "_start", "_stop", "_texts")

    def __init__(self, numbers: "array[int]", texts: list[str], start: int = 0, stop: int | None = None) -> None:
        """Take the rows' numbers and packed texts; `start` and `stop` cut, without a copy."""
        self._numbers, self._texts = numbers, texts
        self._start, self._stop = start, len(texts) if stop is None else stop

    @classmethod
    def of(cls, rows: Iterable[tuple[int, str]]) -> "PackedRows":
        """Keep these rows (number, packed text), those without any text left out."""
        numbers, texts = array("L"), []
        for number, text in rows:
            if text:
                numbers.append(number)
                texts.append(text)
        return cls(numbers, texts)

    def __len__(self) -> int:
        """Return how many rows there are."""
        return self._stop - self._start

    @overload
    def __getitem__(self, at: int) -> Row: ...

    @overload
    def __getitem__(self, at: slice) -> "PackedRows": ...

    def __getitem__(self, at: int | slice) -> "Row | PackedRows":
        """Return one row, or a cut of them that follow each other."""
        if isinstance(at, slice):
            start, stop, _step = at.indices(len(self))
            return PackedRows(self._numbers, self._texts, self._start + start, self._start + max(start, stop))
        inside = range(self._start, self._stop)[at]
        return Row(self._numbers[inside], tuple(self._texts[inside].split(CELL)))

    def __iter__(self) -> Iterator[Row]:
        """Give each row."""
        for at in range(self._start, self._stop):
            yield Row(self._numbers[at], tuple(self._texts[at].split(CELL)))

    def columns(self) -> tuple["array[int]", list[tuple[str, ...]]]:
        """Return the rows' numbers, and the texts by column, those of short rows filled up with empty ones."""
        texts = [text.split(CELL) for text in self._texts[self._start : self._stop]]
        return self._numbers[self._start : self._stop], list(zip_longest(*texts, fillvalue=""))

    def width(self) -> int:
        """Return how many columns the widest row has."""
        return max((text.count(CELL) + 1 for text in self._texts[self._start : self._stop]), default=0)

    def __eq__(self, other: object) -> bool:
        """Tell whether another sequence has the same rows."""
        return isinstance(other, Sequence) and tuple(self) == tuple(other)

    def __hash__(self) -> int:
        """Return a hash of the rows."""
        return hash(tuple(self))


def columns_of(rows: Sequence[Row]) -> tuple[Sequence[int], list[tuple[str, ...]]]:
    """Return the numbers of these rows, and their texts by column, all columns of one length."""
    if isinstance(rows, PackedRows):
        return rows.columns()
    return [row.number for row in rows], list(zip_longest(*(row.cells for row in rows), fillvalue=""))


def width_of(rows: Sequence[Row]) -> int:
    """Return how many columns the widest of these rows has."""
    return rows.width() if isinstance(rows, PackedRows) else max((len(row.cells) for row in rows), default=0)
