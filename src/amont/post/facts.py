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
