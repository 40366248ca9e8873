"""Entries of accounts as plain records."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Posting:
    """One account's part of an entry, in minor units: a debit above zero, a credit below."""

    account: str
    units: int


@dataclass(frozen=True, slots=True)
class Entry:
    """What happened on a day, on both sides; `reverses` is the key of the entry that this one mirrors."""

    key: str
    on: date
    currency: str
    postings: tuple[Posting, ...]
    reverses: str = ""


@dataclass(frozen=True, slots=True)
class StatementLine:
    """One entry as one account's holder reads it: what moved, and what stood after it, in minor units."""

    entry: str
    on: date
    units: int
    balance: int
