"""What a face may hold of coverage and dependency; all of it counted from one viewer's own view."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Asking(StrEnum):
    """How far asking about a line has come; each line stands in exactly one."""

    ANSWERED = "answered"
    UNKNOWN = "unknown"
    ASKED = "asked"
    DECLINED = "declined"
    NOT_ASKED = "not_asked"


@dataclass(frozen=True, slots=True)
class Share:
    """A part of the lines: how many, and percents of lines and of volume, rounded down; `figure` names its list.

    Volume is estimated from the bands of the lines that have one; None where none has.
    """

    figure: str
    lines: int
    percent: int
    volume_percent: int | None


@dataclass(frozen=True, slots=True)
class Tier:
    """A tier, 1 being the direct supplier: each line is confirmed, else only stated, else only claimed, else silent."""

    number: int
    confirmed: Share
    stated: Share
    claimed: Share
    silent: Share


@dataclass(frozen=True, slots=True)
class Band:
    """The lines of one volume band (empty: no band given), and how many of them reach tier 1, 2, 3 confirmed."""

    band: str
    lines: Share
    reached: tuple[Share, ...]


@dataclass(frozen=True, slots=True)
class Dependency:
    """Something that lines stand on. `kind` is country, firm or family; `code` a code, or the firm's name."""

    kind: str
    code: str
    share: Share


@dataclass(frozen=True, slots=True)
class Coverage:
    """How far one's own article lines are traced. Shares by end may overlap; those by tier and by asking do not."""

    lines: int
    tiers: tuple[Tier, ...]
    ends: tuple[tuple[str, Share], ...]
    closed: Share
    no_end: Share
    asked: tuple[tuple[Asking, Share], ...]
    bands: tuple[Band, ...]
    dependencies: tuple[Dependency, ...]
    partners: int

    @property
    def traced(self) -> Share:
        """Return the lines that reach their direct supplier, confirmed."""
        return self.tiers[0].confirmed


@dataclass(frozen=True, slots=True)
class KeptFilter:
    """A filter that one person keeps: `query` is the part of the address after the question mark."""

    filter: str
    name: str
    query: str


class Move(StrEnum):
    """What became of a line since one last looked."""

    NEW = "new"
    FURTHER = "further"
    LESS = "less"


@dataclass(frozen=True, slots=True)
class Change:
    """What became of one line since one last looked: only what shows now is told, never what showed before.

    `tier` is the tier reached now, 0 if it is no further; `places` how many more places are known; `countries` and
    `ends` those that show now and did not before.
    """

    move: Move
    tier: int = 0
    places: int = 0
    countries: tuple[str, ...] = ()
    ends: tuple[str, ...] = ()
    closed: bool = False


@dataclass(frozen=True, slots=True)
class Changes:
    """What became of one's lines (by item) since a moment."""

    since: datetime
    lines: Mapping[str, Change]

    def count(self, move: Move) -> int:
        """Return how many lines moved so."""
        return sum(each.move is move for each in self.lines.values())
