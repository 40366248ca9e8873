"""Rules of article lines: bands of volume, shape of customs codes, what a file would change."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from decimal import Decimal
from enum import StrEnum

from amont.catalogue.facts import LineDraft
from amont.kernel.folding import folded

KINDS = ("ingredient", "packaging", "raw_material", "service")
BANDS: tuple[tuple[Decimal | None, str], ...] = (
    (Decimal(1), "<1"),
    (Decimal(10), "1-10"),
    (Decimal(100), "10-100"),
    (Decimal(1000), "100-1000"),
    (None, ">1000"),
)
FIELDS = ("reference", "name", "kind", "inci", "material", "hs_code", "family", "unit", "volume_band")
HS_LENGTHS = (4, 6, 8, 10)


class Outcome(StrEnum):
    """What a row of a file comes to."""

    ADDED = "added"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Planned:
    """What one draft comes to: `changes` are the fields that it sets; `clash` is the row it contradicts, or 0."""

    row: int
    key: str
    outcome: Outcome
    changes: Mapping[str, str]
    clash: int = 0


def band_of(volume: Decimal) -> str:
    """Return the band of a yearly volume in tonnes (or thousands of pieces); lower bounds are inclusive."""
    return next(band for limit, band in BANDS if limit is None or volume < limit)


def hs_shape(written: str) -> str | None:
    """Return the digits of a customs code (4, 6, 8 or 10 of them, dots and blanks left out), None if it is none."""
    digits = "".join(each for each in written if not each.isspace() and each not in ".-")
    return digits if digits.isascii() and digits.isdigit() and len(digits) in HS_LENGTHS else None


def key_of(reference: str, name: str) -> str:
    """Return what a line is recognized by: its owner's reference, or without one its name, folded."""
    return f"r:{reference}" if reference else f"n:{folded(name)}"


def planned(existing: Mapping[str, Mapping[str, str]], drafts: Iterable[LineDraft]) -> list[Planned]:
    """Return what each draft comes to against the owner's lines, `existing` by key as fields.

    A line met first in the drafts is added; a field that differs from what stands is updated; an empty field says
    nothing. Two rows of one file may speak of one line (one row for each of its suppliers) as long as they agree:
    one that contradicts an earlier row is refused. Applied once, the same drafts then come to "unchanged".
    """
    now = {key: dict(fields) for key, fields in existing.items()}
    first: dict[str, int] = {}
    found = []
    for draft in drafts:
        key = key_of(draft.reference, draft.name)
        said = {field: value for field, value in asdict(draft).items() if field in FIELDS and value}
        found.append(_one(now, first, draft.row, key=key, said=said))
    return found


def _one(now: dict[str, dict[str, str]], first: dict[str, int], row: int, *, key: str, said: dict[str, str]) -> Planned:
    if key not in now:
        now[key] = said
        first[key] = row
        return Planned(row, key, Outcome.ADDED, said)
    changes = {field: value for field, value in said.items() if now[key].get(field, "") != value}
    if key in first and any(now[key].get(field) for field in changes):
        return Planned(row, key, Outcome.REFUSED, {}, clash=first[key])
    first.setdefault(key, row)
    now[key].update(changes)
    return Planned(row, key, Outcome.UPDATED if changes else Outcome.UNCHANGED, changes)
