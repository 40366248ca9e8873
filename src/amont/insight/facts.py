"""What a face may hold of coverage and dependency; all of it counted from one viewer's own view."""

from dataclasses import dataclass
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
