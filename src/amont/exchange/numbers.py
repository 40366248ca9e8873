"""Numbers as people write them: which sign stands before the decimals, decided column by column."""

import re
from collections.abc import Iterable
from decimal import Decimal, InvalidOperation

_BLANKS = re.compile(r"[\s'’_]")
_GROUPS = {",": re.compile(r"[+-]?[1-9]\d{0,2}(?:,\d{3})+"), ".": re.compile(r"[+-]?[1-9]\d{0,2}(?:\.\d{3})+")}
_DIGITS = re.compile(r"[\d.,\s'’_]*\d")
_SAMPLE = 2_000


def decimal_of(texts: Iterable[str], *, usual: str = ".") -> str:
    """Return the sign before decimals in a column: that of the numbers that can be read one way only, else `usual`."""
    votes = {",": 0, ".": 0}
    for at, text in enumerate(texts):
        if at >= _SAMPLE:
            break
        found = _DIGITS.search(text)
        sign = _told_by(_BLANKS.sub("", found.group())) if found else ""
        if sign:
            votes[sign] += 1
    if votes[","] == votes["."]:
        return usual
    return max(votes, key=lambda each: votes[each])


def number(written: str, *, decimal: str = ".") -> Decimal | None:
    """Return a number written the French or the English way: "1 234,5", "1,234.5", "1'234.5"; None for no number.

    Where it can be read two ways ("1,250"), `decimal` is the sign before the decimals.
    """
    bare = _BLANKS.sub("", written)
    sign = _told_by(bare) or decimal
    other = "." if sign == "," else ","
    if bare.count(sign) > 1:
        return None
    try:
        found = Decimal(bare.replace(other, "").replace(sign, "."))
    except InvalidOperation:
        return None
    return found if found.is_finite() else None


def _told_by(bare: str) -> str:
    """Return the sign before decimals that a text tells by itself, "" where it can be read two ways, or has none."""
    comma, point = bare.rfind(","), bare.rfind(".")
    if comma < 0 and point < 0:
        return ""
    if comma >= 0 and point >= 0:
        return "," if comma > point else "."
    sign = "," if comma >= 0 else "."
    other = "." if sign == "," else ","
    if bare.count(sign) > 1:
        return other
    return "" if _GROUPS[sign].fullmatch(bare) else sign
