"""What a face may hold of an access log, and of who was let in to look."""

from dataclasses import dataclass
from datetime import date, datetime

from amont.kernel.paging import Page
from amont.sight.facts import Place


@dataclass(frozen=True, slots=True)
class ItemRead:
    """An own item that was read by name, or in full."""

    item: str
    name: str
    in_full: bool


@dataclass(frozen=True, slots=True)
class ReadLine:
    """What one known firm read in one day by one channel ("page", "file", "api").

    No item and no document: it read the firm's name in a list. `purposes`: for what it asked.
    """

    day: date
    reader: str
    reader_name: str
    channel: str
    items: tuple[ItemRead, ...]
    documents: int
    purposes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WeekRead:
    """A week (its Monday) in which somebody whom the owner does not know read something of its own: no more is told."""

    day: date


LogLine = ReadLine | WeekRead
"""A line of an access log."""


@dataclass(frozen=True, slots=True)
class Looked:
    """What one person looked at within an hour."""

    hour: datetime
    person: str
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OwnInspection:
    """Whom the viewer lets in ("case": the operator's staff, "audit": the address), why, until when, what was seen.

    `items`: names of those it opens; none: all.
    """

    public_id: str
    kind: str
    email: str
    purpose: str
    items: tuple[str, ...]
    opened_at: datetime
    until_at: datetime
    is_open: bool
    looked: tuple[Looked, ...]


@dataclass(frozen=True, slots=True)
class OpenInspection:
    """What a person is let in to: whose, why, until when; `items` how many, 0 for all."""

    public_id: str
    kind: str
    firm: str
    purpose: str
    opened_at: datetime
    until_at: datetime
    items: int


@dataclass(frozen=True, slots=True)
class Shown:
    """An inspection, and one page of the items that it opens."""

    inspection: OpenInspection
    page: Page[Place]
