"""What a face may hold of rows of one's own book that may be one, and of those that were merged."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from amont.catalogue.facts_sites import SiteFact
from amont.chain.facts_book import ContactFact


@dataclass(frozen=True, slots=True)
class ReasonFact:
    """One reason for or against: its code, what fills its words, whether it speaks for the two being one."""

    code: str
    said: Mapping[str, str]
    is_for: bool


@dataclass(frozen=True, slots=True)
class AlikeFact:
    """Two firms, facilities or own sites of the book that may be one, with the reasons; `score` is 0 to 100."""

    alike: str
    kind: str
    one: ContactFact | SiteFact
    other: ContactFact | SiteFact
    score: int
    reasons: tuple[ReasonFact, ...]


@dataclass(frozen=True, slots=True)
class MergeFact:
    """A merge that can be undone: how the row that stays and the one that went were written."""

    merge: str
    kind: str
    kept: str
    kept_name: str
    gone_name: str
    created_at: datetime
