"""The moment it is, in one place, so that a demo or a test may hold it still."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime

_held: ContextVar[datetime | None] = ContextVar("clock", default=None)


def now() -> datetime:
    """Return the moment it is, in UTC."""
    return _held.get() or datetime.now(UTC)


def today() -> date:
    """Return the day it is, in UTC."""
    return now().date()


def day(text: str) -> date:
    """Return the day that is written as 2026-11-23."""
    return date.fromisoformat(text)


@contextmanager
def held_at(moment: datetime) -> Iterator[None]:
    """Let `now` answer `moment` inside this block."""
    mark = _held.set(moment)
    try:
        yield
    finally:
        _held.reset(mark)
