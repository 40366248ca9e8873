"""Reading CSV as it comes out of spreadsheets and ERPs: any usual encoding, any usual delimiter, quoted line ends."""

import csv
import io
from collections import Counter
from collections.abc import Iterable

from charset_normalizer import from_bytes
from django.utils.translation import gettext as _

from amont.exchange.tables import Row, Sheet
from amont.kernel.errors import Refused

DELIMITERS = ";,\t|"
LONGEST_CELL = 100_000
_SAMPLE_BYTES = 200_000
_SAMPLE_ROWS = 60
_USUAL = frozenset("àâäáãçéèêëíîïñóôöõúùûüœæß’“”«»–°º© \u00a0²³µ")
_OLD = ("cp1252", "cp850", "mac_roman", "cp1250")
_MOST = 0.5
_CONTROLS = dict.fromkeys(each for each in range(32) if each not in (9, 10, 13)) | {127: None, 0xFEFF: None}


def read_delimited(content: bytes) -> Sheet:
    """Return the file as one sheet without a name. Raises `Refused` at "file" when it is no text, or breaks off."""
    text = _decoded(content)
    csv.field_size_limit(LONGEST_CELL)
    delimiter = delimiter_of(text)
    try:
        rows = _rows(text, delimiter)
    except csv.Error as trouble:
        raise Refused({"file": [_in_words(str(trouble))]}) from trouble
    return Sheet("", tuple(rows))


def _rows(text: str, delimiter: str) -> list[Row]:
    try:
        return kept(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error as trouble:
        if "end of data" in str(trouble) or "field larger" in str(trouble):
            raise
    return kept(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))


def _in_words(trouble: str) -> str:
    if "end of data" in trouble:
        return _("A quotation mark is opened and never closed, so rows run into each other. Correct it, or use XLSX.")
    return _("One cell holds more than 100,000 characters. Probably a quotation mark is missing: check, or use XLSX.")


def kept(rows: Iterable[Iterable[object]]) -> list[Row]:
    """Return the rows that hold any text, cleaned of control characters, with their numbers."""
    found = []
    for number, cells in enumerate(rows, 1):
        texts = [str(cell).translate(_CONTROLS).strip() for cell in cells]
        while texts and not texts[-1]:
            texts.pop()
        if texts:
            found.append(Row(number, tuple(texts)))
    return found


def delimiter_of(text: str) -> str:
    """Return the delimiter that cuts the first rows most often, and most evenly; a comma for a single column."""
    sample = text[:_SAMPLE_BYTES]
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


def _decoded(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace")
    if b"\x00" in content:
        raise Refused({"file": [_("This is no text file, whatever its name says. Bring a CSV or XLSX file.")]})
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode(_encoding(content[:_SAMPLE_BYTES]), errors="replace")


def _encoding(sample: bytes) -> str:
    """Return the encoding that makes usual letters of the bytes beyond ASCII, Windows-1252 first of those even."""
    fits = {encoding: _usual(sample, encoding) for encoding in _OLD}
    best = max(_OLD, key=lambda encoding: fits[encoding])
    if fits[best] >= _MOST:
        return best
    guess = from_bytes(sample, cp_isolation=list(_OLD)).best()
    return guess.encoding if guess is not None else _OLD[0]


def _usual(sample: bytes, encoding: str) -> float:
    beyond = [each for each in sample.decode(encoding, errors="replace") if each > "\x7f"]
    likely = sum(1.0 if each in _USUAL else 0.5 if each.lower() in _USUAL else 0.0 for each in beyond)
    return likely / max(1, len(beyond))
