"""When a person is reminded of what it is asked, whoever asks: grouped, rarely, in working hours. No database."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from babel.core import get_global

EVERY = timedelta(days=7)
"""A week after it was asked a request is due, and nobody gets two reminders within a week, for all that ask."""
MOST = 3
HUMAN_AFTER = (MOST + 1) * EVERY
"""How long after asking a call does more than a mail: counted from one's own asking, so it tells of no other's."""
FRESH = timedelta(days=2)
PAUSE_DAYS = 30
OPENS, CLOSES = 8, 18
_AT_HOME = "FR"
_SATURDAY = 5
_FRIDAY_AND_SATURDAY = ("BH", "DZ", "EG", "IL", "IQ", "JO", "KW", "LY", "OM", "QA", "SA", "SD", "SY", "YE")
_FREE_DAYS = {"AF": (3, 4), "IR": (4,), **dict.fromkeys(_FRIDAY_AND_SATURDAY, (4, 5))}
"""Days off by country, from 0 for Monday, where they are not Saturday and Sunday. Source: Unicode CLDR 46, weekData."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """One request that waits: its key, when it was asked last, how often a reminder named it."""

    request: int
    asked_at: datetime
    reminded: int


def to_name(waiting: Sequence[Waiting], *, last: datetime | None, now: datetime) -> tuple[int, ...]:
    """Return the requests (keys) that one mail to one person names now, none where no mail is due.

    A mail is due when a request has waited for a week since it was asked, has not been in three reminders, and the
    person's last reminder (`last`) is a week old. It names what else waits as well, but for what was asked just now.
    """
    if last is not None and now - last < EVERY:
        return ()
    still = [each for each in waiting if each.reminded < MOST]
    if not any(now - each.asked_at >= EVERY for each in still):
        return ()
    return tuple(each.request for each in still if now - each.asked_at >= FRESH)


def needs_a_human(asked_at: datetime, now: datetime) -> bool:
    """Tell whether mails have done what they can for a request that still waits: somebody should call."""
    return now - asked_at >= HUMAN_AFTER


def at_work(country: str, now: datetime) -> bool:
    """Tell whether most time zones of a country (two letters; none: France) have a working hour of a working day."""
    zones = _zones(country) or _zones(_AT_HOME)
    free = _FREE_DAYS.get(country, (_SATURDAY, _SATURDAY + 1))
    clocks = [now.astimezone(zone) for zone in zones]
    working = sum(OPENS <= each.hour < CLOSES and each.weekday() not in free for each in clocks)
    return 2 * working > len(clocks)


@cache
def _zones(country: str) -> tuple[ZoneInfo, ...]:
    named = set(get_global("territory_zones").get(country, ())) & available_timezones()
    return tuple(ZoneInfo(name) for name in sorted(named))
