"""The reader apart: opens one workbook from standard input, within limits, and writes its rows as text.

It runs as a process of its own, without Django, so that a file that blows up takes nothing along. What it writes:
`SHEET name CELL merged`, then `ROW cell CELL cell` for each row that holds anything, then `NUMBERS jumps` (JSON: from
which row on, from 0, the number that people see is how much higher); or `REFUSED code`; at the end `DONE`.
"""

import contextlib
import datetime as dt
import io
import json
import resource
import sys
import tempfile
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from xml.etree.ElementTree import ParseError

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError, SheetTypeEnum
from python_calamine import SheetVisibleEnum as Visible

from amont.exchange.dropped import Found, dropped
from amont.exchange.packed import CELL, NUMBERS, ROW, SHEET, packed

REFUSED, DONE = "\x1c", "\x04"
MOST_MEMORY = 290 * 1024 * 1024
MOST_SECONDS = 20
MOST_ROWS = 100_050
MOST_TEXT = 80_000_000
MOST_UNPACKED = 300 * 1024 * 1024
MOST_RATIO = 150
RATIO_FROM = 20 * 1024 * 1024
MOST_PARTS = 5_000
MERGED_WITHIN = 60
_CHUNK = 1 << 20
_OLD_OFFICE = b"\xd0\xcf\x11\xe0"
_ODS = b"application/vnd.oasis.opendocument.spreadsheet"


class Why(StrEnum):
    """Why a workbook is not to be read."""

    MACROS = "macros"
    BINARY = "binary"
    PASSWORD = "password"  # noqa: S105 - a reason, no secret
    BOMB = "bomb"
    ARCHIVE = "archive"
    NO_TABLE = "no_table"
    ROWS = "rows"
    MEMORY = "memory"
    TIME = "time"
    BROKEN = "broken"


class Unfit(Exception):
    """The workbook is not to be read, for this reason."""

    def __init__(self, why: Why) -> None:
        """Keep the reason."""
        self.why = why
        super().__init__(why.value)


def main() -> int:
    """Read standard input, write rows or the reason why not."""
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS + 1))
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    said = io.TextIOWrapper(sys.stdout.buffer, encoding="utf-8", errors="replace", newline="", write_through=False)
    try:
        content = sys.stdin.buffer.read()
        with tempfile.NamedTemporaryFile(suffix=check(content)) as kept:  # calamine tells more of a file with a name
            kept.write(content)
            kept.flush()
            del content
            for text in texts(kept.name):
                said.write(text)
        said.write(DONE)
    except Unfit as unfit:
        said.write(f"{REFUSED}{unfit.why}")
    except MemoryError:
        said.write(f"{REFUSED}{Why.MEMORY}")
    said.flush()
    return 0


def texts(path: str) -> Iterator[str]:
    """Give the visible sheets of a workbook as texts. Raises `Unfit`."""
    left = [MOST_TEXT]
    try:
        with CalamineWorkbook.from_path(path) as book:
            beside = dropped(path)
            for sheet in book.sheets_metadata:
                if sheet.typ == SheetTypeEnum.WorkSheet and sheet.visible == Visible.Visible:
                    yield from _sheet(book.get_sheet_by_name(sheet.name), left, beside.get(sheet.name, {}))
    except PasswordError as trouble:
        raise Unfit(Why.PASSWORD) from trouble
    except (CalamineError, ParseError, OSError, ValueError) as trouble:
        raise Unfit(Why.MEMORY if "limit" in str(trouble).lower() else Why.BROKEN) from trouble


def _sheet(sheet: CalamineSheet, left: list[int], beside: Found) -> Iterator[str]:
    merged = [(*start, *end) for start, end in sheet.merged_cell_ranges or () if start[0] < MERGED_WITHIN]
    yield f"{SHEET}{packed([sheet.name])}{CELL}{json.dumps(merged[:500])}"
    before = [""] * (sheet.start[1] if sheet.start else 0)
    count, jumps = 0, [(0, 1)]
    cells = sheet.iter_rows()
    rows: Iterable[Sequence[object]] = _amended(cells, beside, len(before)) if beside else cells
    for number, row in enumerate(rows, 1):
        text = packed([*before, *[cell if isinstance(cell, str) else text_of(cell) for cell in row]])
        if not text:
            continue
        if number - count != jumps[-1][1]:
            jumps.append((count, number - count))
        count += 1
        left[0] -= len(text)
        if count > MOST_ROWS:
            raise Unfit(Why.ROWS)
        if left[0] < 0:
            raise Unfit(Why.MEMORY)
        yield ROW + text
    yield NUMBERS + json.dumps(jumps)


def _amended(rows: Iterable[Sequence[object]], beside: Found, first: int) -> Iterator[Sequence[object]]:
    """Give the rows, which begin at the column `first`, with what was left out of them put back."""
    by_row: dict[int, list[tuple[int, str]]] = {}
    for (number, column), text in beside.items():
        by_row.setdefault(number, []).append((column - first, text))
    for number, row in enumerate(rows):
        cells = list(row)
        for column, text in by_row.get(number, ()):
            if 0 <= column < len(cells):
                cells[column] = text
        yield cells


def text_of(cell: object) -> str:
    """Return a cell as text: numbers without exponent or needless ".0", days as 2026-11-22, formulas as their value."""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else format(cell, ".15g")
    if isinstance(cell, dt.datetime):
        return cell.date().isoformat() if cell.time() == dt.time() else cell.isoformat(sep=" ", timespec="minutes")
    return str(cell)


def check(content: bytes) -> str:
    """Look at a workbook before it is opened, and return the end of name that fits it.

    Raises `Unfit` for macros, passwords, unpack bombs, other archives.
    """
    if content.startswith(_OLD_OFFICE):
        _check_old(content)
        return ".xls"
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            return _check_parts(parts, len(content))
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, OSError) as trouble:
        raise Unfit(Why.BROKEN) from trouble  # NotImplementedError: packed in a way that zipfile does not know
    except RuntimeError as trouble:
        raise Unfit(Why.PASSWORD) from trouble


def _check_old(content: bytes) -> None:
    named = {name: name.encode("utf-16-le") in content for name in ("EncryptedPackage", "_VBA_PROJECT", "Workbook")}
    if named["EncryptedPackage"]:
        raise Unfit(Why.PASSWORD)
    if named["_VBA_PROJECT"]:
        raise Unfit(Why.MACROS)
    if not named["Workbook"] and "Book".encode("utf-16-le") not in content:
        raise Unfit(Why.NO_TABLE)


def _check_parts(parts: zipfile.ZipFile, size: int) -> str:
    found = parts.infolist()
    names = [part.filename.lower() for part in found]
    unpacked = sum(part.file_size for part in found)
    too_dense = unpacked > RATIO_FROM and unpacked > MOST_RATIO * size
    if len(found) > MOST_PARTS or unpacked > MOST_UNPACKED or too_dense:
        raise Unfit(Why.BOMB)
    if any("vbaproject" in name or (name.endswith(".bin") and "macro" in name) for name in names):
        raise Unfit(Why.MACROS)
    if "xl/workbook.bin" in names:
        raise Unfit(Why.BINARY)
    is_ods = "mimetype" in names and "content.xml" in names
    if is_ods:
        _check_ods(parts, names)
    elif not any(name.endswith("xl/workbook.xml") for name in names):
        raise Unfit(Why.ARCHIVE)
    for part in found:
        _check_size(parts, part)
    return ".ods" if is_ods else ".xlsx"


def _check_ods(parts: zipfile.ZipFile, names: list[str]) -> None:
    if not parts.read("mimetype").strip().startswith(_ODS):
        raise Unfit(Why.NO_TABLE)
    if any(name.startswith(("basic/", "scripts/")) and not name.endswith("/") for name in names):
        raise Unfit(Why.MACROS)
    with contextlib.suppress(KeyError):
        if b"encryption-data" in parts.read("META-INF/manifest.xml"):
            raise Unfit(Why.PASSWORD)


def _check_size(parts: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    """Read the part to its end, so that a size or a checksum that lies is found before calamine trusts it."""
    read = 0
    with parts.open(part) as text:
        while chunk := text.read(_CHUNK):
            read += len(chunk)
            if read > part.file_size:
                raise Unfit(Why.BOMB)


if __name__ == "__main__":
    sys.exit(main())
