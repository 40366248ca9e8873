"""Who may stand to lead a category, and when a mandate runs."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

NOTICE_DAYS = 14
QUORUM, MAJORITY = 50, 50
LONGEST_TERM_DAYS = 4 * 366
"""Four years, as the longest framework agreement of public buyers (Directive 2014/24/EU, article 33)."""


class Outcome(StrEnum):
    """What came of an offer to lead."""

    OPEN = "open"
    ADOPTED = "adopted"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


class Trouble(StrEnum):
    """What stands against an offer to lead."""

    OPEN = "open"
    TERM = "term"
    TOO_EARLY = "too_early"
    TAKEN = "taken"
    ROTATION = "rotation"


@dataclass(frozen=True, slots=True)
class Term:
    """A term that was offered: by whom, when, whether another firm must follow, and what came of it."""

    lead: int
    first_on: date
    last_on: date
    rotates: bool
    outcome: Outcome


def trouble(offered: Term, others: Iterable[Term], *, closes_at: datetime) -> Trouble | None:
    """Return what stands against an offer to lead a category, beside the other terms of that category.

    One offer is voted on at a time; a term begins after the votes are counted, lasts four years at most, meets no
    other term, and is another firm's than the term before where that one said so.
    """
    known = list(others)
    held = [each for each in known if each.outcome is Outcome.ADOPTED]
    if any(each.outcome is Outcome.OPEN for each in known):
        return Trouble.OPEN
    if not 0 <= (offered.last_on - offered.first_on).days < LONGEST_TERM_DAYS:
        return Trouble.TERM
    if offered.first_on <= closes_at.date():
        return Trouble.TOO_EARLY
    if any(each.first_on <= offered.last_on and offered.first_on <= each.last_on for each in held):
        return Trouble.TAKEN
    before = max(
        (each for each in held if each.last_on < offered.first_on), key=lambda each: each.last_on, default=None
    )
    if before is not None and before.rotates and before.lead == offered.lead:
        return Trouble.ROTATION
    return None
