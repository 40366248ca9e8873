"""What a face may hold of own lines and of files brought."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime


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


@dataclass(frozen=True, slots=True)
class LineDraft:
    """What a row or a form says of a line; an empty field says nothing, and never erases.

    `row` tells drafts of one file apart. `public_id` is the line's own, where the file came from here; one that is none
    of the owner's lines says nothing either.
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
    """A file brought by one's own organization. `content` is empty once it is imported or dropped."""

    public_id: str
    file_name: str
    shape: str
    created_at: datetime
    done_at: datetime | None
    settings: Mapping[str, object]
    report: Mapping[str, object]
    has_marked_copy: bool
