"""Rules of article lines: bands of volume, shape of customs codes, what a file would change."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from functools import partial
from itertools import compress
from operator import attrgetter
from typing import NamedTuple

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


class Refusal(StrEnum):
    """Why a row does not go in though its cells do: it contradicts another, or means a line that is not there."""

    CLASH = "clash"
    UNKNOWN_ID = "unknown_id"
    TAKEN = "reference_taken"


class Planned(NamedTuple):
    """What one draft comes to: `changes` are the fields that it sets; `clash` is the row it contradicts, or 0.

    `key` is that of the line as it stands before (or as it is added).
    """

    row: int
    key: str
    outcome: Outcome
    changes: Mapping[str, str]
    clash: int = 0
    refusal: Refusal | None = None


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


def planned(
    existing: Mapping[str, Mapping[str, str]], drafts: Iterable[LineDraft], *, ids: Mapping[str, str] | None = None
) -> list[Planned]:
    """Return what each draft comes to against the owner's lines, `existing` by key as fields, `ids` keys by public id.

    A line met first in the drafts is added; a field that differs from what stands is updated; an empty field says
    nothing. Two rows of one file may speak of one line (one row for each of its suppliers) as long as they agree:
    one that contradicts an earlier row is refused. Applied once, the same drafts then come to "unchanged".

    A draft with an id means that line, whatever its reference and name say now; an id that is none of the owner's is
    refused, as is a reference that another line has.
    """
    state = _State(dict(existing), ids or {})
    return [state.plan(draft) for draft in drafts]


_said = attrgetter(*FIELDS)
_NAMED = partial(zip, FIELDS)
_ADDED = Outcome.ADDED


@dataclass(slots=True)
class _State:
    now: dict[str, Mapping[str, str]]
    ids: Mapping[str, str]
    first: dict[str, int] = field(default_factory=dict)
    renamed: dict[str, str] = field(default_factory=dict)

    def plan(self, draft: LineDraft) -> Planned:
        values = _said(draft)
        said = dict(compress(_NAMED(values), values))
        key = written = key_of(values[0], values[1])
        if draft.public_id:
            return self._of_id(draft, written, said)
        if self.renamed:
            key = self.renamed.get(written, written)
        stands = self.now.get(key)
        if stands is None:
            self.now[key] = said
            self.first[key] = draft.row
            return Planned(draft.row, key, _ADDED, said)
        return self._compared(draft.row, key, stands, said=said)

    def _of_id(self, draft: LineDraft, written: str, said: dict[str, str]) -> Planned:
        key = self.ids.get(draft.public_id)
        if key is None:
            return Planned(draft.row, written, Outcome.REFUSED, {}, refusal=Refusal.UNKNOWN_ID)
        other = self.renamed.get(written, written)
        if other != key and other in self.now and draft.reference:
            return Planned(draft.row, key, Outcome.REFUSED, {}, refusal=Refusal.TAKEN)
        self.renamed[written] = key
        return self._compared(draft.row, key, self.now[key], said=said)

    def _compared(self, row: int, key: str, stands: Mapping[str, str], *, said: dict[str, str]) -> Planned:
        changes = {name: value for name, value in said.items() if stands.get(name, "") != value}
        if not changes:
            self.first.setdefault(key, row)
            return Planned(row, key, Outcome.UNCHANGED, changes)
        if key in self.first and any(stands.get(name) for name in changes):
            return Planned(row, key, Outcome.REFUSED, {}, clash=self.first[key], refusal=Refusal.CLASH)
        self.first.setdefault(key, row)
        self.now[key] = {**stands, **changes}
        return Planned(row, key, Outcome.UPDATED, changes)
