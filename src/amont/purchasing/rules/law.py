"""Competition law as rules: what may be opened at all."""

from datetime import date
from decimal import Decimal
from enum import StrEnum

ALARM_PERCENT = Decimal(15)
"""From this share of the buying or the selling market on, joint purchasing is presumed to leave market power: the
European Commission's Guidelines on horizontal co-operation (2023), on joint purchasing arrangements."""


class Bar(StrEnum):
    """Why nothing of a category may be opened."""

    REVIEW_ENDED = "review_ended"
    NO_OPINION = "no_opinion"


def needs_opinion(buying: Decimal | None, selling: Decimal | None) -> bool:
    """Tell whether a market share on either side calls for a recorded legal opinion."""
    return any(share is not None and share >= ALARM_PERCENT for share in (buying, selling))


def bar(*, review_on: date, today: date, needs: bool, opinion: str) -> Bar | None:
    """Return what stands against opening an agreement of an allowed category; None for nothing."""
    if review_on < today:
        return Bar.REVIEW_ENDED
    return Bar.NO_OPINION if needs and not opinion.strip() else None
