"""Until when a certificate may run; what a document may be: told by its bytes and inner names, not its file name."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from enum import StrEnum
from typing import BinaryIO, Self
from zipfile import BadZipFile, ZipFile

MOST_BYTES = 20 * 1024 * 1024
MOST_BESIDE = 20
"""Documents at one certificate or item."""
LONGEST = timedelta(days=3653)
"""A certificate's longest run, from the day on which it is said: ten years, as for answers."""

SOON = timedelta(days=60)
"""From so long before its last day a certificate waits on its owner's home: audits are booked that early."""


def may_run_until(day: date, *, today: date) -> bool:
    """Return whether a certificate that is renewed today may end on this day: not in the past, nor past ten years."""
    return today <= day <= today + LONGEST


class Media(StrEnum):
    """The kinds of document: each with the end that its file name gets, and its media type."""

    ending: str

    def __new__(cls, value: str, ending: str) -> Self:
        """Make a kind: a media type that knows its file names' end."""
        media = str.__new__(cls, value)
        media._value_ = value
        media.ending = ending
        return media

    PDF = "application/pdf", "pdf"
    PNG = "image/png", "png"
    JPEG = "image/jpeg", "jpg"
    WEBP = "image/webp", "webp"
    TIFF = "image/tiff", "tif"
    DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "docx"
    XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx"
    PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation", "pptx"
    ODT = "application/vnd.oasis.opendocument.text", "odt"
    ODS = "application/vnd.oasis.opendocument.spreadsheet", "ods"
    ODP = "application/vnd.oasis.opendocument.presentation", "odp"


_STARTS = (
    (b"%PDF-", Media.PDF),
    (b"\x89PNG\r\n\x1a\n", Media.PNG),
    (b"\xff\xd8\xff", Media.JPEG),
    (b"II*\x00", Media.TIFF),
    (b"MM\x00*", Media.TIFF),
)
_OFFICE = (("word/document.xml", Media.DOCX), ("xl/workbook.xml", Media.XLSX), ("ppt/presentation.xml", Media.PPTX))
_MOST_PARTS = 5_000
_WEBP = 12


def sniffed(content: BinaryIO) -> Media | None:
    """Return what a content is by its bytes, None for anything that is no kind of document, or holds macros."""
    content.seek(0)
    head = content.read(_WEBP)
    content.seek(0)
    for start, media in _STARTS:
        if head.startswith(start):
            return media
    if head.startswith(b"RIFF") and head.endswith(b"WEBP"):
        return Media.WEBP
    return _packed(content) if head.startswith(b"PK\x03\x04") else None


def _packed(content: BinaryIO) -> Media | None:
    """Return which office file a package is."""
    try:
        with ZipFile(content) as parts:
            names = {each.filename for each in parts.infolist()[:_MOST_PARTS]}
            if _holds_macros(names):
                return None
            if "mimetype" in names and parts.getinfo("mimetype").file_size < len(Media.PPTX):
                said = parts.read("mimetype").decode("ascii", "replace").strip()
                return next((each for each in (Media.ODT, Media.ODS, Media.ODP) if each == said), None)
            return next((media for name, media in _OFFICE if name in names), None)
    except (BadZipFile, NotImplementedError, RuntimeError, OSError, ValueError, EOFError):  # all that zipfile raises
        return None
    finally:
        content.seek(0)


def _holds_macros(names: Iterable[str]) -> bool:
    lower = [name.lower() for name in names]
    return any("vbaproject" in name or name.startswith(("basic/", "scripts/")) for name in lower)


def file_name(given: str, media: Media) -> str:
    """Return a name that is safe in a header and on a disk, with the end that fits what the content is."""
    last = given.replace("\\", "/").rsplit("/", 1)[-1]
    kept = "".join(each if each.isprintable() and each not in '<>:"|?*;%' else " " for each in last)
    stem = " ".join(kept.rsplit(".", 1)[0].split()).strip(". ")[:100]
    return f"{stem or 'document'}.{media.ending}"


def parts_of(content: BinaryIO, size: int) -> Iterator[bytes]:
    """Give a content in parts of this many bytes."""
    content.seek(0)
    while part := content.read(size):
        yield part
