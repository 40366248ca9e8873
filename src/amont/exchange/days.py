"""Days as people write them: 2026-03-04, 04/03/2026, 3/4/26; which of day and month comes first, column by column."""

import datetime as dt
import re
from collections.abc import Iterable

_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ].*)?")
_PARTS = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4}|\d{2})")
_MONTHS = 12
_PIVOT = 70
_SAMPLE = 2_000


def order_of(texts: Iterable[str], *, usual: str = "dmy") -> str:
    """Return "dmy" or "mdy": the order that the days of a column tell by numbers past twelve, else `usual`."""
    votes = {"dmy": 0, "mdy": 0}
    for at, text in enumerate(texts):
        found = _PARTS.fullmatch(text.strip())
        if at >= _SAMPLE:
            break
        if found:
            first, second = int(found.group(1)), int(found.group(2))
            votes["dmy"] += second <= _MONTHS < first
            votes["mdy"] += first <= _MONTHS < second
    if votes["dmy"] == votes["mdy"]:
        return usual
    return max(votes, key=lambda each: votes[each])


def are_days(texts: Iterable[str]) -> bool:
    """Tell whether nearly all texts are days with numbers only, in an order that must be known."""
    said = [text for text in texts if text]
    return bool(said) and sum(_PARTS.fullmatch(text.strip()) is not None for text in said) >= 0.8 * len(said)


def day(written: str, *, order: str = "dmy") -> dt.date | None:
    """Return the day that a text means, None for no day; years of two digits are those from 1970 to 2069."""
    iso, parts = _ISO.fullmatch(written.strip()), _PARTS.fullmatch(written.strip())
    if iso:
        year, month, number = (int(each) for each in iso.groups())
    elif parts:
        first, second, year = (int(each) for each in parts.groups())
        number, month = (first, second) if order == "dmy" else (second, first)
        if len(parts.group(3)) == 2:  # noqa: PLR2004 - two digits of a year
            year += 1900 if year >= _PIVOT else 2000
    else:
        return None
    try:
        return dt.date(year, month, number)
    except ValueError:
        return None
