"""Reading a file that somebody brought: what it is by its content, within limits, as sheets of text."""

from django.utils.translation import gettext as _

from amont.exchange.delimited import read_delimited
from amont.exchange.tables import Sheet
from amont.exchange.workbook import read_workbook
from amont.kernel.errors import Refused

MOST_BYTES = 50 * 1024 * 1024
MOST_ROWS = 100_000
_ZIP = b"PK\x03\x04"


def read_file(content: bytes, file_name: str) -> tuple[Sheet, ...]:
    """Return the sheets of a CSV or XLSX file that hold anything, hidden ones left out.

    What a file is is told by its content, never by its name. Raises `Refused` at "file", with the reason in words:
    empty, too large, something else, macros, broken, too many rows.
    """
    _check_size(content)
    _check_kind(content, file_name)
    sheets = read_workbook(content) if content.startswith(_ZIP) else (read_delimited(content),)
    found = tuple(sheet for sheet in sheets if sheet.rows)
    if not found:
        refuse(_("This file holds no text. Check that you chose the right one."))
    if any(len(sheet.rows) > MOST_ROWS for sheet in found):
        refuse(_("This file has more than 100,000 rows. Cut it in two and bring the parts one after the other."))
    return found


def refuse(message: str) -> None:
    """Refuse the file with this reason. Raises `Refused`."""
    raise Refused({"file": [message]})


def _check_size(content: bytes) -> None:
    if not content.strip(b"\x00\xef\xbb\xbf\xff\xfe \t\r\n"):
        refuse(_("This file is empty. Export it again, and check that it opens with rows in it."))
    if len(content) > MOST_BYTES:
        refuse(_("This file is larger than 50 MB. Cut it in two, or leave out the columns that are not needed."))


def _check_kind(content: bytes, file_name: str) -> None:
    start = content[:1024].lstrip(b"\xef\xbb\xbf \t\r\n")
    lower = start[:64].lower()
    if start.startswith(b"%PDF"):
        refuse(_("This is a PDF, whatever its name says. Export the table as CSV or XLSX."))
    if start.startswith(b"\xd0\xcf\x11\xe0"):
        refuse(_("This is an old Excel file (.xls), or one with a password. Save it as .xlsx without a password."))
    if lower.startswith((b"<!doctype html", b"<html", b"<?xml", b"<table")):
        refuse(_("This is a web page or an XML file, whatever its name says. Open it in Excel and save it as .xlsx."))
    if lower.startswith(b"{\\rtf"):
        refuse(_("This is a text document. Export the table as CSV or XLSX."))
    if file_name.lower().endswith((".xlsm", ".xltm", ".xlsb", ".xlam")):
        refuse(_("This file may hold macros. Save it as .xlsx or CSV."))
    if start.startswith((b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"BM")):
        refuse(_("This is a picture or an archive, whatever its name says. Bring a CSV or XLSX file."))
