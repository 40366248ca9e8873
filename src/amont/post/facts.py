"""What a face may hold of a mail, and of an address that is called."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Letter:
    """One mail as it leaves."""

    to: str
    subject: str
    text: str
    language: str
    written_at: datetime
    status: str


@dataclass(frozen=True, slots=True)
class Delivery:
    """How one mail fared; what it says is its recipient's."""

    to: str
    status: str
    tries: int
    written_at: datetime
    sent_at: datetime | None
    trouble: str


@dataclass(frozen=True, slots=True)
class CallFact:
    """One call: its type, the id it carries, and where it is ("waiting", "sent", "failed").

    `answered` is the status that came back last (0: none), `trouble` a word for why none did, `next_at` when it is
    tried again while it waits.
    """

    call: str
    kind: str
    about: str
    state: str
    tries: int
    written_at: datetime
    next_at: datetime
    answered: int
    trouble: str


@dataclass(frozen=True, slots=True)
class HookFact:
    """An address that is called, with its last calls, the latest first. `failures`: tries since one came through."""

    hook: str
    url: str
    created_at: datetime
    rotated_at: datetime | None
    failures: int
    calls: tuple[CallFact, ...]
