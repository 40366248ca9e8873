"""What calamine leaves out of an .xlsx: the values of cells in error (#N/A), and zeros that only a format shows.

No Django: the reader apart uses it. Sources: ECMA-376 part 1, 18.3.1.4 (cells), 18.8.30 and 18.8.31 (number formats).
"""

import re
import zipfile
from collections.abc import Iterator, Mapping
from typing import IO
from xml.etree import ElementTree as ET

Found = Mapping[tuple[int, int], str]
"""Texts by row and column, both from 0."""

_IN_ERROR = (b't="e"', b"t='e'")
_ASIDE = re.compile(r'\[[^\]]*\]|[\\"]')
_ZEROS = re.compile(r"0[0 \-.\u00a0\u202f]*0")
_AT = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})")
_CHUNK = 1 << 20


def dropped(path: str) -> Mapping[str, Found]:
    """Return what is left out, by the name of the sheet; nothing for a file that is no .xlsx."""
    if not zipfile.is_zipfile(path):
        return {}
    with zipfile.ZipFile(path) as parts:
        names = {name.lower(): name for name in parts.namelist()}
        if "xl/workbook.xml" not in names:
            return {}
        widths = _widths(parts, names)
        sheets = _sheets(parts, names)
        return {name: _of_sheet(parts, part, widths) for name, part in sheets if widths or _has_errors(parts, part)}


def _widths(parts: zipfile.ZipFile, names: Mapping[str, str]) -> Mapping[str, int]:
    """Return how many digits a style shows at least, by the style's number."""
    if "xl/styles.xml" not in names:
        return {}
    with parts.open(names["xl/styles.xml"]) as text:
        root = ET.parse(text).getroot()  # noqa: S314 - expat bounds entities itself
    formats = {each.get("numFmtId"): _width(each.get("formatCode", "")) for each in root.iterfind(".//{*}numFmt")}
    styles = enumerate(root.iterfind("{*}cellXfs/{*}xf"))
    return {str(at): width for at, style in styles if (width := formats.get(style.get("numFmtId"), 0))}


def _width(code: str) -> int:
    """Return how many digits a format shows at least where it is one of zeros only: 00000 or 000 000 000; else 0."""
    bare = _ASIDE.sub("", code.split(";", maxsplit=1)[0])
    return bare.count("0") if _ZEROS.fullmatch(bare) and "." not in bare else 0


def _sheets(parts: zipfile.ZipFile, names: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Give the name of each sheet and its part."""
    kept = names.get("xl/_rels/workbook.xml.rels")
    if not kept:
        return
    with parts.open(kept) as text:
        links = ET.parse(text).getroot()  # noqa: S314 - expat bounds entities itself
    targets = {each.get("Id"): each.get("Target", "") for each in links}
    with parts.open(names["xl/workbook.xml"]) as text:
        book = ET.parse(text).getroot()  # noqa: S314 - expat bounds entities itself
    for sheet in book.iterfind("{*}sheets/{*}sheet"):
        key = next((value for name, value in sheet.attrib.items() if name.endswith("}id")), "")
        target = targets.get(key, "")
        part = names.get(target.lstrip("/").lower() if target.startswith("/") else f"xl/{target}".lower())
        if part:
            yield sheet.get("name", ""), part


def _has_errors(parts: zipfile.ZipFile, part: str) -> bool:
    before = b""
    with parts.open(part) as text:
        while chunk := text.read(_CHUNK):
            held = before + chunk
            if any(mark in held for mark in _IN_ERROR):
                return True
            before = chunk[1 - len(_IN_ERROR[0]) :]
    return False


def _of_sheet(parts: zipfile.ZipFile, part: str, widths: Mapping[str, int]) -> Found:
    with parts.open(part) as text:
        return dict(_cells(text, widths))


def _cells(text: IO[bytes], widths: Mapping[str, int]) -> Iterator[tuple[tuple[int, int], str]]:
    for _event, each in ET.iterparse(text):  # noqa: S314 - expat bounds entities itself
        if each.tag.endswith("}row"):
            each.clear()
        if not each.tag.endswith("}c"):
            continue
        at = _AT.fullmatch(each.get("r", ""))
        value = each.findtext("{*}v", "")
        width = widths.get(each.get("s", ""), 0)
        if at and each.get("t") == "e":
            yield _place(at), value
        elif at and each.get("t", "n") == "n" and value.isascii() and value.isdigit() and len(value) < width:
            yield _place(at), value.zfill(width)


def _place(at: "re.Match[str]") -> tuple[int, int]:
    column = 0
    for letter in at[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(at[2]) - 1, column - 1
