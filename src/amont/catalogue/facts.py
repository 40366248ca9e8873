"""What a face may hold of own lines and of files brought."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple


@dataclass(frozen=True, slots=True)
class Line:
    """One article line of one's own organization; `line` is its public id, codes are those of the charter's lists."""

    line: str
    kind: str
    reference: str
    name: str
    inci: str = ""
    material: str = ""
    hs_code: str = ""
    family: str = ""
    unit: str = ""
    volume_band: str = ""


class LineDraft(NamedTuple):
    """What a row or a form says of a line; an empty field says nothing, and never erases.

    `row` tells drafts of one file apart. `public_id` is the line's own, where the file came from here; a row with one
    that is none of the owner's lines is refused, whosever it may be.
    """

    row: int
    reference: str = ""
    name: str = ""
    kind: str = ""
    inci: str = ""
    material: str = ""
    hs_code: str = ""
    family: str = ""
    unit: str = ""
    volume_band: str = ""
    public_id: str = ""


@dataclass(frozen=True, slots=True)
class ImportFact:
    """A file brought by one's own organization, and where it is.

    `state` is waiting, queued, running, done, cancelled or failed (`reason` is the code of why). `rows` counts those
    of its longest sheet; `look` is what a long file would do, as the worker found it. `undo_until` is None where
    nothing can be taken back any more.
    """

    public_id: str
    file_name: str
    shape: str
    created_at: datetime
    done_at: datetime | None
    settings: Mapping[str, object]
    report: Mapping[str, object]
    has_marked_copy: bool
    state: str = "waiting"
    reason: str = ""
    rows: int = 0
    look: Mapping[str, object] = field(default_factory=dict)
    undo_until: datetime | None = None
    undone_at: datetime | None = None

    @property
    def is_at_work(self) -> bool:
        """Tell whether the worker has the file, or will have it."""
        return self.state in {"queued", "running"}


@dataclass(frozen=True, slots=True)
class ProgressFact:
    """How far the worker is with a file: `phase` is queued, reading, checking, writing, undoing or pairing."""

    phase: str
    rows_done: int
    rows: int
    is_stopping: bool = False


@dataclass(frozen=True, slots=True)
class Work:
    """A file for the worker: whose, on whose behalf and in which language, and how far it is."""

    organization_id: int
    person_id: int | None
    public_id: str
    language: str
    state: str
    is_stale: bool
    phase: str = ""


@dataclass(frozen=True, slots=True)
class Remembered:
    """What an organization chose last for a file of these headings: field by folded heading."""

    shape: str
    columns: Mapping[str, str]
    kind: str = ""
