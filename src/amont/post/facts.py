"""What a face may hold of a mail."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Letter:
    """One mail as it leaves."""

    to: str
    subject: str
    text: str
    language: str
    written_at: datetime
    status: str


@dataclass(frozen=True, slots=True)
class Delivery:
    """How one mail fared; what it says is its recipient's."""

    to: str
    status: str
    tries: int
    written_at: datetime
    sent_at: datetime | None
    trouble: str
