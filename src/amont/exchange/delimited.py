"""Reading CSV as it comes out of spreadsheets and ERPs: any usual encoding, any usual delimiter, quoted line ends."""

import codecs
import csv
import io
import re
from collections import Counter
from collections.abc import Iterator

from django.utils.translation import gettext as _

from amont.exchange.encodings import encoding_of
from amont.exchange.manner import Manner
from amont.exchange.packed import PackedRows, packed
from amont.exchange.tables import Sheet
from amont.kernel.errors import Refused

DELIMITERS = ";,\t|"
LONGEST_CELL = 100_000
MOST_CELLS_A_ROW = 4_000
_SAMPLE_LENGTH = 200_000
_SAMPLE_ROWS = 60
_TOLD = re.compile(r"\s*\"?sep=([;,\t|])\"?\s*[\r\n]", re.IGNORECASE)
_GUARDED = re.compile(r"'+[=+\-@\t\r]")


def read_delimited(content: bytes, manner: Manner | None = None, *, most_rows: int) -> Sheet:
    """Return the file as one sheet without a name, read as `manner` says, and else as found.

    Raises `Refused` at "file" when it is no text, breaks off, or has more rows than `most_rows`.
    """
    manner = manner or Manner()
    encoding = manner.encoding or encoding_of(content)
    encoding = "utf-8-sig" if encoding == "utf-8" and content.startswith(codecs.BOM_UTF8) else encoding
    if not encoding:
        raise _refused(_("This is no text file, whatever its name says. Bring a CSV or XLSX file."))
    start = content[: 4 * _SAMPLE_LENGTH].decode(encoding, errors="replace")[:_SAMPLE_LENGTH].removeprefix("\ufeff")
    told = _TOLD.match(start)
    delimiter = manner.delimiter or (told.group(1) if told else "") or delimiter_of(start)
    skipped = 1 if told else 0
    return Sheet("", _rows(content, encoding, delimiter, skipped=skipped, most_rows=most_rows), encoding, delimiter)


def _rows(content: bytes, encoding: str, delimiter: str, *, skipped: int, most_rows: int) -> PackedRows:
    """Return the rows; a file whose quotation marks are not those of CSV is read once more, as they stand."""
    csv.field_size_limit(LONGEST_CELL)
    try:
        rows = _cut(content, encoding, delimiter, strict=True)
        return PackedRows.of(_numbered(rows, skipped, most_rows))
    except csv.Error as trouble:
        if "end of data" in str(trouble) or "field larger" in str(trouble):
            raise _refused(_in_words(str(trouble))) from trouble
    try:
        rows = _cut(content, encoding, delimiter, strict=False)
        return PackedRows.of(_numbered(rows, skipped, most_rows))
    except csv.Error as trouble:
        raise _refused(_in_words(str(trouble))) from trouble


def _cut(content: bytes, encoding: str, delimiter: str, *, strict: bool) -> Iterator[list[str]]:
    text = io.TextIOWrapper(io.BytesIO(content), encoding=encoding, errors="replace", newline="")
    return csv.reader(text, delimiter=delimiter, strict=strict)


def _numbered(rows: Iterator[list[str]], skipped: int, most_rows: int) -> Iterator[tuple[int, str]]:
    count = 0
    for number, cells in enumerate(rows, 1):
        text = "" if number <= skipped else packed([unguarded(cell) for cell in cells] if _has_mark(cells) else cells)
        count += bool(text)
        if count > most_rows:
            raise _refused(
                _("This file has more than 100,000 rows. Cut it in two and bring the parts one after the other.")
            )
        if len(cells) > MOST_CELLS_A_ROW:
            raise _refused(_("One row has more than 4,000 columns. Check the delimiter, or save the table as XLSX."))
        yield number, text


def _has_mark(cells: list[str]) -> bool:
    return any(cell.startswith("'") for cell in cells)


def unguarded(cell: str) -> str:
    """Return a text without the apostrophe that keeps spreadsheets from taking it for a formula."""
    return cell[1:] if _GUARDED.match(cell) else cell


def _in_words(trouble: str) -> str:
    if "end of data" in trouble:
        return _("A quotation mark is opened and never closed, so rows run into each other. Correct it, or use XLSX.")
    return _("One cell holds more than 100,000 characters. Probably a quotation mark is missing: check, or use XLSX.")


def _refused(message: str) -> Refused:
    return Refused({"file": [message]})


def delimiter_of(text: str) -> str:
    """Return the delimiter that cuts the first rows most often, and most evenly; a comma for a single column."""
    sample = text[:_SAMPLE_LENGTH]
    scores = {delimiter: _evenness(sample, delimiter) for delimiter in DELIMITERS}
    best = max(DELIMITERS, key=lambda each: scores[each])
    return best if scores[best] > 0 else ","


def _evenness(sample: str, delimiter: str) -> float:
    rows = csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter)
    widths: list[int] = []
    try:
        for row in rows:
            widths += [len(row)] if any(row) else []
            if len(widths) >= _SAMPLE_ROWS:
                break
    except csv.Error:
        return 0.0
    wide = [width for width in widths if width > 1]
    if not wide:
        return 0.0
    usual, times = Counter(wide).most_common(1)[0]
    return times / len(widths) * (1 + min(usual, 50) / 100)
