"""Double entry: what balances, what mirrors what, and what stands on each account."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from amont.accounting.facts import Entry, Posting, StatementLine


class Unbalanced(ValueError):
    """An entry whose debits and credits differ, that moves nothing, or that mirrors what it may not."""


def checked(entry: Entry) -> Entry:
    """Return an entry that balances and moves something. Raises `Unbalanced`."""
    if sum(posting.units for posting in entry.postings) or not any(posting.units for posting in entry.postings):
        raise Unbalanced(entry.key)
    return entry


def mirror(entry: Entry, *, key: str, on: date) -> Entry:
    """Return the entry that takes another back: the same accounts, each sign turned. Nothing is ever edited."""
    turned = tuple(replace(posting, units=-posting.units) for posting in entry.postings)
    return replace(entry, key=key, on=on, postings=turned, reverses=entry.key)


def check_mirrors(entries: Sequence[Entry]) -> None:
    """Let each entry be taken back once at most, by its mirror alone. Raises `Unbalanced`."""
    known, taken = {entry.key: entry for entry in entries}, set()
    for entry in entries:
        if not entry.reverses:
            continue
        first = known.get(entry.reverses)
        if first is None or entry.reverses in taken or entry != mirror(first, key=entry.key, on=entry.on):
            raise Unbalanced(entry.key)
        taken.add(entry.reverses)


def balances(entries: Iterable[Entry]) -> dict[str, int]:
    """Return what stands on each account, in minor units. All together they are nothing."""
    found: Counter[str] = Counter()
    for entry in entries:
        for posting in entry.postings:
            found[posting.account] += posting.units
    return dict(found)


def statement(entries: Iterable[Entry], account: str) -> tuple[StatementLine, ...]:
    """Return an account's statement, by day and key."""
    lines, balance = [], 0
    for entry in sorted(entries, key=lambda each: (each.on, each.key)):
        moved = sum(posting.units for posting in entry.postings if posting.account == account)
        if moved:
            balance += moved
            lines.append(StatementLine(entry.key, entry.on, moved, balance))
    return tuple(lines)


def rebate_entry(*, key: str, on: date, currency: str, deltas: dict[str, int], supplier: str) -> Entry | None:
    """Return the entry of a settlement: the supplier owes what the shares moved by; nothing where none moved."""
    postings = [Posting(adherent, units) for adherent, units in sorted(deltas.items()) if units]
    if not postings:
        return None
    total = sum(posting.units for posting in postings)
    return checked(Entry(key, on, currency, (*postings, *([Posting(supplier, -total)] if total else []))))
