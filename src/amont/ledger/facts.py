"""What a face may hold of the ledger."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Line:
    """One act of one's own organization."""

    sequence: int
    at: datetime
    act: str
    about: str
