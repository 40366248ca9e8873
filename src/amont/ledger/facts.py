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


@dataclass(frozen=True, slots=True)
class Verdict:
    """What holds of the ledger: so many lines, of them erased, up to this hash; the first that does not hold."""

    lines: int
    erased: int
    hash: str
    broken: int | None
