"""What a face may hold of needs and of who leads."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from amont.purchasing.facts import CategoryFact
from amont.purchasing.rules.leading import Outcome


@dataclass(frozen=True, slots=True)
class NeedFact:
    """A category and a year: what one said oneself, and what all need as told last (None where it may not be told)."""

    category: CategoryFact
    year: int
    currency: str
    own: Decimal | None
    total: Decimal | None
    told_on: date | None


@dataclass(frozen=True, slots=True)
class LeadDraft:
    """An offer to lead a category."""

    category: str
    first_on: date
    last_on: date
    reason: str
    pay: str = ""
    rotates: bool = True


@dataclass(frozen=True, slots=True)
class LeadFact:
    """An offer to lead, as a buyer reads it; counts are None until the votes are counted, `own` is what one said."""

    mandate: str
    category: CategoryFact
    lead: str
    first_on: date
    last_on: date
    pay: str
    rotates: bool
    reason: str
    closes_on: date
    outcome: Outcome
    runs: bool
    mine: bool
    own: str
    yes: int | None = None
    no: int | None = None
    cast: int | None = None
    voters: int | None = None
