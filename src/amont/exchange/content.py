"""What the texts of a column look like, whatever its heading says: mails, numbers, days, countries."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from amont.kernel import countries

MAIL, NUMBER, DAY, COUNTRY, CODE = "mail", "number", "day", "country", "code"
_MAIL = re.compile(r"(?:mailto:)?[^\s@;,]+@[^\s@;,]+\.[^\s@;,]{2,}", re.IGNORECASE)
_NUMBER = re.compile(r"[+-]?[\d][\d\s.,'’_]*(?:\s*(?:kg|g|t|pcs|l|ml|%|€|\$))?", re.IGNORECASE)
_DAY = re.compile(r"\d{4}-\d{1,2}-\d{1,2}(?:[T ].*)?|\d{1,2}([./-])\d{1,2}\1(?:\d{4}|\d{2})")
_CODE = re.compile(r"(?=[^\s]*\d)[^\s]{2,24}")
_MOSTLY = 0.6
_LONGEST = 60


def kind_of(text: str) -> str:
    """Return what a text looks like: one of the kinds, "" for plain words."""
    if len(text) > _LONGEST:
        return ""
    for kind, pattern in ((MAIL, _MAIL), (DAY, _DAY), (NUMBER, _NUMBER)):
        if pattern.fullmatch(text):
            return kind
    if countries.country_code(text) is not None:
        return COUNTRY
    return CODE if _CODE.fullmatch(text) else ""


def kind_of_all(texts: Iterable[str]) -> str:
    """Return what most of these texts look like, "" where they are words or mixed."""
    found = Counter(kind_of(text) for text in texts if text)
    if not found:
        return ""
    kind, times = found.most_common(1)[0]
    return kind if times >= _MOSTLY * found.total() else ""


def is_data(cells: Sequence[str], below: Sequence[Sequence[str]]) -> bool:
    """Tell whether a row looks like those below it, column by column: then it is no header."""
    alike = 0
    for column, text in enumerate(cells):
        kind = kind_of(text) if text else ""
        same = kind and kind == kind_of_all(row[column] for row in below if column < len(row))
        if kind and not same and kind in {MAIL, DAY}:
            return True
        alike += bool(same) and kind != CODE
    return alike > 0
