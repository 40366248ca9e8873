"""Spreadsheets of other kinds made byte by byte: XLS (BIFF8 in a compound file) and ODS."""

import io
import struct
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from xml.sax.saxutils import escape

SECTOR = 512
FREE, END, FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
ODS_MIME = "application/vnd.oasis.opendocument.spreadsheet"
MANIFEST = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.2">'
    f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{ODS_MIME}"/>'
    '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
)


def compound(streams: Mapping[str, bytes]) -> bytes:
    """Return a compound file ("OLE2") that holds these streams."""
    padded = {name: text.ljust(4096, b"\0") for name, text in streams.items()}
    sectors: list[bytes] = []
    chain: list[int] = []
    starts = {}
    for name, text in padded.items():
        starts[name] = len(sectors)
        parts = [text[at : at + SECTOR].ljust(SECTOR, b"\0") for at in range(0, len(text), SECTOR)]
        chain += [*range(len(sectors) + 1, len(sectors) + len(parts)), END]
        sectors += parts
    entries = [_entry("Root Entry", 5, child=1 if streams else FREE, start=END)]
    for at, name in enumerate(padded, 1):
        following = at + 1 if at < len(padded) else FREE
        entries.append(_entry(name, 2, right=following, start=starts[name], size=len(padded[name])))
    entries += [b"\0" * 128] * (-len(entries) % 4)
    directory = len(sectors)
    parts = [b"".join(entries[at : at + 4]) for at in range(0, len(entries), 4)]
    chain += [*range(directory + 1, directory + len(parts)), END]
    sectors += parts
    tables = 1
    while (len(sectors) + tables) * 4 > tables * SECTOR:
        tables += 1
    first = len(sectors)
    chain += [FAT] * tables
    chain += [FREE] * (tables * SECTOR // 4 - len(chain))
    held = struct.pack(f"<{len(chain)}I", *chain)
    sectors += [held[at : at + SECTOR] for at in range(0, len(held), SECTOR)]
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 16 + struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    head += struct.pack("<IIIIIIIII", 0, tables, directory, 0, 4096, END, 0, END, 0)
    found = [*range(first, first + tables), *[FREE] * (109 - tables)]
    return head + struct.pack("<109I", *found) + b"".join(sectors)


def _entry(name: str, kind: int, *, right: int = FREE, child: int = FREE, start: int = 0, size: int = 0) -> bytes:
    written = name.encode("utf-16-le")
    head = written.ljust(64, b"\0") + struct.pack("<HBB", len(written) + 2, kind, 1)
    return head + struct.pack("<III", FREE, right, child) + b"\0" * 36 + struct.pack("<IQ", start, size)


def as_xls(
    rows: Iterable[Sequence[object]], *, name: str = "Feuil1", locked: bool = False, also: Sequence[str] = ()
) -> bytes:
    """Return one sheet as XLS, numbers as numbers; `also` are further (empty) streams."""
    return compound({"Workbook": _book(rows, name, locked=locked), **dict.fromkeys(also, b"")})


def _book(rows: Iterable[Sequence[object]], name: str, *, locked: bool) -> bytes:
    head = _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0005, 0x0DBB, 1996, 0, 6)) + _record(0x0042, b"\xb0\x04")
    if locked:
        head += _record(0x002F, b"\x01\0\x01\0\x01\0" + b"\x11" * 48)
    title = name.encode("utf-16-le")
    length = len(head) + 4 + 8 + len(title) + 4
    sheet = _record(0x0085, struct.pack("<IBBBB", length, 0, 0, len(name), 1) + title)
    return head + sheet + _record(0x000A) + _sheet(list(rows))


def _sheet(rows: Sequence[Sequence[object]]) -> bytes:
    width = max((len(row) for row in rows), default=0)
    found = [_record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0010, 0x0DBB, 1996, 0, 6))]
    found.append(_record(0x0200, struct.pack("<IIHHH", 0, len(rows), 0, width, 0)))
    for at, row in enumerate(rows):
        found += [cell_record(at, column, cell) for column, cell in enumerate(row) if cell != ""]
    return b"".join([*found, _record(0x000A)])


def cell_record(row: int, column: int, cell: object) -> bytes:
    """Return the record of one cell."""
    place = struct.pack("<HHH", row, column, 0)
    if isinstance(cell, int | float):
        return _record(0x0203, place + struct.pack("<d", cell))
    text = str(cell)
    return _record(0x0204, place + struct.pack("<HB", len(text), 1) + text.encode("utf-16-le"))


def _record(kind: int, content: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(content)) + content


def as_ods(
    sheets: Mapping[str, Iterable[Sequence[object]]],
    *,
    hidden: str = "",
    more: Mapping[str, str] | None = None,
    mime: str = ODS_MIME,
    tail: str = "",
) -> bytes:
    """Return sheets as ODS; `more` are further parts, `tail` is XML after the last row of each sheet."""
    tables = "".join(_table(name, rows, is_hidden=name == hidden, tail=tail) for name, rows in sheets.items())
    spaces = " ".join(
        f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for short, name in (("office", "office"), ("table", "table"), ("text", "text"), ("style", "style"))
    )
    styles = (
        '<style:style style:name="hid" style:family="table"><style:table-properties table:display="false"/>'
        '</style:style><style:style style:name="vis" style:family="table">'
        '<style:table-properties table:display="true"/></style:style>'
    )
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {spaces} office:version="1.2">'
        f"<office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"
    )
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("mimetype", mime, compress_type=zipfile.ZIP_STORED)
        parts.writestr("content.xml", content)
        for name, text in {"META-INF/manifest.xml": MANIFEST, **(more or {})}.items():
            parts.writestr(name, text)
    return held.getvalue()


def _table(name: str, rows: Iterable[Sequence[object]], *, is_hidden: bool, tail: str) -> str:
    style = "hid" if is_hidden else "vis"
    said = "".join(f"<table:table-row>{''.join(map(_cell, row))}</table:table-row>" for row in rows)
    return f'<table:table table:name="{escape(name)}" table:style-name="{style}">{said}{tail}</table:table>'


def _cell(cell: object) -> str:
    if cell == "":
        return "<table:table-cell/>"
    if isinstance(cell, int | float):
        number = f'office:value-type="float" office:value="{cell}"'
        return f"<table:table-cell {number}><text:p>{cell}</text:p></table:table-cell>"
    said = f"<text:p>{escape(str(cell))}</text:p>"
    return f'<table:table-cell office:value-type="string">{said}</table:table-cell>'
