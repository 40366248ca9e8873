"""What taking an import back would do, or did, as plain facts."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class KeptRow:
    """A row of the file of which something stays.

    `what` is the table that it concerns, `label` the name of the line or firm where there is one. `reason` is changed
    (since), asked, linked, proven (a certificate leans on it), granted, in_use, or taken (another one has what it had).
    """

    row: int
    what: str
    label: str
    reason: str


@dataclass(frozen=True, slots=True)
class UndoFact:
    """How many rows go, by table, how many are set back, and what stays, by row of the file."""

    removed: Mapping[str, int]
    restored: int
    kept: tuple[KeptRow, ...]
