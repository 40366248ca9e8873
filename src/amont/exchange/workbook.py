"""Reading XLSX: checked before it is opened (unpacked size, macros, a cell far away), then read as text."""

import datetime as dt
import io
import re
import zipfile
import zlib
from collections.abc import Iterable

from django.utils.translation import gettext as _
from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from amont.exchange.delimited import kept
from amont.exchange.tables import Sheet
from amont.kernel.errors import Refused

MOST_UNPACKED = 300 * 1024 * 1024
MOST_RATIO = 150
RATIO_FROM = 20 * 1024 * 1024
MOST_PARTS = 5_000
MOST_CELLS = 20_000_000
LAST_ROW = 110_000
LAST_COLUMN = 2_000
_CHUNK = 1 << 20
_REFERENCE = re.compile(rb'<(?:\w+:)?c\s[^>]*?\br="([A-Z]{1,4})(\d{1,8})"')
_OVERLAP = 200


def read_workbook(content: bytes) -> tuple[Sheet, ...]:
    """Return the visible sheets. Raises `Refused` at "file" for macros, unpack bombs, broken files."""
    _check(content)
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(content)) as book:
            return tuple(_sheet(book, name) for name in _visible(book))
    except (CalamineError, OSError, ValueError) as trouble:
        raise _broken() from trouble


def _visible(book: CalamineWorkbook) -> Iterable[str]:
    for sheet in book.sheets_metadata:
        if sheet.typ == SheetTypeEnum.WorkSheet and sheet.visible == SheetVisibleEnum.Visible:
            yield sheet.name


def _sheet(book: CalamineWorkbook, name: str) -> Sheet:
    rows = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
    return Sheet(name, tuple(kept([text_of(cell) for cell in row] for row in rows)))


def text_of(cell: object) -> str:
    """Return a cell as text: numbers without exponent or needless ".0", days as 2026-11-22, formulas as their value."""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        if cell.is_integer():
            return str(int(cell))
        return format(cell, ".15g")
    if isinstance(cell, dt.datetime):
        return cell.date().isoformat() if cell.time() == dt.time() else cell.isoformat(sep=" ", timespec="minutes")
    return str(cell)


def _check(content: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            _check_parts(parts, len(content))
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as trouble:
        raise _broken() from trouble


def _check_parts(parts: zipfile.ZipFile, size: int) -> None:
    found = parts.infolist()
    names = [part.filename.lower() for part in found]
    if not any(name.endswith("xl/workbook.xml") for name in names):
        raise _refused(_("This archive is no XLSX file. Save the table as .xlsx or CSV."))
    if any("vbaproject" in name or (name.endswith(".bin") and "macro" in name) for name in names):
        raise _refused(_("This file holds macros. Save it as .xlsx or CSV."))
    unpacked = sum(part.file_size for part in found)
    too_dense = unpacked > RATIO_FROM and unpacked > MOST_RATIO * size
    if len(found) > MOST_PARTS or unpacked > MOST_UNPACKED or too_dense:
        raise _refused(_("Unpacked, this file is far too large. Save only the sheet with the table as .xlsx or CSV."))
    for part in found:
        _check_part(parts, part)


def _check_part(parts: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    """Read the part to its end, so that a size that lies is found, and look for a cell too far away to be opened."""
    is_sheet = part.filename.lower().startswith("xl/worksheets/")
    last_row = last_column = 0
    rest = b""
    with parts.open(part) as text:
        while chunk := text.read(_CHUNK):
            if is_sheet:
                for letters, row in _REFERENCE.findall(rest + chunk):
                    last_row = max(last_row, int(row))
                    last_column = max(last_column, _number(letters))
                rest = chunk[-_OVERLAP:]
    if last_row > LAST_ROW:
        raise _refused(_("A sheet goes down past row 100,000. Delete the empty rows at its end, or cut it in two."))
    if last_column > LAST_COLUMN or last_row * last_column > MOST_CELLS:
        raise _refused(_("A sheet goes too far to the right. Delete the empty columns at its end and save it again."))


def _number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _refused(message: str) -> Refused:
    return Refused({"file": [message]})


def _broken() -> Refused:
    return _refused(_("This file is damaged or locked and cannot be read. Open it, save it again as .xlsx, and retry."))
