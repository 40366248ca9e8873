"""What a face may hold of an access log."""

from dataclasses import dataclass
from datetime import date


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
class AccessLog:
    """Who read one's facts: known firms by line, and the weeks (their Mondays) in which somebody else did."""

    lines: tuple[ReadLine, ...]
    weeks: tuple[date, ...]
