"""Reading a file that somebody brought: what it is by its content, within limits, as sheets of text."""

from django.utils.translation import gettext as _

from amont.exchange.delimited import read_delimited
from amont.exchange.manner import Manner
from amont.exchange.tables import Sheet
from amont.exchange.workbook import read_workbook
from amont.kernel.errors import Refused

_MARKUP = (b"<!doctype", b"<html", b"<?xml", b"<table", b"<style", b"<meta", b"mime-version:")
_PICTURES = (
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"Rar!",
    b"7z\xbc\xaf",
    b"\x1f\x8b",
    b"BM",
    b"BZh",
    b"\xfd7zXZ",
    b"\x7fELF",
    b"MZ",
)
MOST_BYTES = 50 * 1024 * 1024
MOST_ROWS = 100_000
ABOVE = 50
"""Rows of titles and headings that do not count; those of the table are counted when it is found."""
_ZIP, _OLD_OFFICE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"


def read_file(content: bytes, file_name: str, manner: Manner | None = None) -> tuple[Sheet, ...]:
    """Return the sheets of a CSV, XLSX, XLS or ODS file that hold anything, hidden ones left out.

    What a file is is told by its content, never by its name; how a text file is read by `manner`, else it is found.
    Raises `Refused` at "file", with the reason in words: empty, too large, something else, macros, password, broken,
    too many rows.
    """
    _check_size(content)
    _check_kind(content, file_name)
    if content.startswith((_ZIP, _OLD_OFFICE)):
        sheets = read_workbook(content)
    else:
        sheets = (read_delimited(content, manner, most_rows=MOST_ROWS + ABOVE),)
    found = tuple(sheet for sheet in sheets if sheet.rows)
    if not found:
        refuse(_("This file holds no text. Check that you chose the right one."))
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
    if lower.startswith(_MARKUP) or b"<html" in start[:1024].lower():
        refuse(_("This is a web page or an XML file, whatever its name says. Open it in Excel and save it as .xlsx."))
    if lower.startswith((b"{\\rtf", b"%!ps")):
        refuse(_("This is a text document. Export the table as CSV or XLSX."))
    if file_name.lower().endswith((".xlsm", ".xltm", ".xlsb", ".xlam")):
        refuse(_("This file may hold macros. Save it as .xlsx or CSV."))
    if start.startswith(_PICTURES) and _is_binary(start):
        refuse(_("This is a picture or an archive, whatever its name says. Bring a CSV or XLSX file."))


def _is_binary(start: bytes) -> bool:
    """Tell whether bytes hold what no text holds: "BM" may begin a heading as well."""
    return any(each < 9 for each in start)  # noqa: PLR2004 - tab is the first that texts have
