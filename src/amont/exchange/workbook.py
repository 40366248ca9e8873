"""Reading XLSX, XLS and ODS: by a process of its own, within limits of memory and time."""

import json
import subprocess
import sys
from array import array
from collections.abc import Iterator, Mapping
from itertools import pairwise

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from amont.exchange import opening
from amont.exchange.opening import DONE, REFUSED, Why
from amont.exchange.packed import CELL, NUMBERS, ROW, SHEET, PackedRows
from amont.exchange.tables import Sheet
from amont.kernel.errors import Refused

_COMMAND = (sys.executable, "-I", "-X", "utf8", "-m", opening.__name__)
_CPU_DEATHS = {-9, -24}  # killed for time

REASONS: Mapping[Why, str | Promise] = {
    Why.MACROS: _("This file holds macros. Save it as .xlsx or CSV."),
    Why.BINARY: _("This is a binary workbook (.xlsb). Save it as .xlsx or CSV."),
    Why.PASSWORD: _("This file is locked by a password. Save it without one, and bring it again."),
    Why.BOMB: _("Unpacked, this file is far too large. Save only the sheet with the table as .xlsx or CSV."),
    Why.ARCHIVE: _("This archive is no spreadsheet. Save the table as .xlsx or CSV."),
    Why.NO_TABLE: _("This document holds no spreadsheet, whatever its name says. Save the table as .xlsx or CSV."),
    Why.ROWS: _("This file has more than 100,000 rows. Cut it in two and bring the parts one after the other."),
    Why.MEMORY: _(
        "A sheet of this file holds too much, or goes too far down or to the right. Delete the empty rows and columns "
        "at its end, leave out the columns that are not needed, and save it again."
    ),
    Why.TIME: _("This file takes too long to read. Save only the sheet with the table as .xlsx or CSV."),
    Why.BROKEN: _("This file is damaged or locked and cannot be read. Open it, save it again as .xlsx, and retry."),
}


def read_workbook(content: bytes) -> tuple[Sheet, ...]:
    """Return the visible sheets.

    Raises `Refused` at "file" with the reason: macros, password, unpack bomb, too many rows, damaged.
    """
    with subprocess.Popen(  # noqa: S603 - our own module, by this very interpreter
        _COMMAND, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as reader:
        said, trouble = reader.communicate(content)
    text = said.decode()
    if reader.returncode == 0 and text.endswith(DONE):
        return tuple(_sheets(text[:-1]))
    raise Refused({"file": [str(REASONS[_reason(text, reader.returncode, trouble)])]})


def _reason(text: str, code: int, trouble: bytes) -> Why:
    _rows, mark, reason = text.rpartition(REFUSED)
    if mark and reason in {*Why}:
        return Why(reason)
    if code in _CPU_DEATHS:
        return Why.TIME
    return Why.MEMORY if b"memory" in trouble.lower() else Why.BROKEN


def _sheets(text: str) -> Iterator[Sheet]:
    for part in text.split(SHEET)[1:]:
        said, _mark, jumps = part.partition(NUMBERS)
        head, *rows = said.split(ROW)
        name, merged = head.split(CELL)
        packed = PackedRows(_numbers(len(rows), json.loads(jumps)), rows)
        yield Sheet(name, packed, merged=tuple(tuple(each) for each in json.loads(merged)))


def _numbers(count: int, jumps: list[tuple[int, int]]) -> "array[int]":
    """Return the numbers that people see of so many rows."""
    found = array("L")
    for (start, ahead), (end, _next) in pairwise([*jumps, (count, 0)]):
        found.extend(range(start + ahead, end + ahead))
    return found
