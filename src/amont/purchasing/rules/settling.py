"""Settlements: what a day's cumulative volume entitles to, split, less what was settled before."""

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from amont.accounting.rules.splits import split
from amont.purchasing.rules.schemes import Period, Scheme, entitlement


@dataclass(frozen=True, slots=True)
class Event:
    """One invoice or credit note line that may count: net of VAT, in minor units, credit notes below zero.

    `known` is the day it was received. An order is no event, and never counts.
    """

    adherent: str
    on: date
    units: int
    known: date


@dataclass(frozen=True, slots=True)
class Share:
    """One adherent's part of a settlement, in minor units: its volume, all it is entitled to so far, and the change."""

    adherent: str
    volume: int
    cumulative: int
    delta: int


@dataclass(frozen=True, slots=True)
class Settlement:
    """At a day: the volume counted, the entitlement on it, what that adds to the settlement before; in minor units."""

    on: date
    volume: int
    entitlement: int
    delta: int
    shares: tuple[Share, ...]


Volumes = Mapping[str, int]


def settle(
    scheme: Scheme, adherents: Mapping[str, Period], events: Iterable[Event], days: Sequence[date]
) -> tuple[Settlement, ...]:
    """Return a settlement for each of the ascending days, each made anew from the beginning less the one before.

    Counted is what is dated and known by the day, within the period and within its adherent's dates. Cumulative
    shares split the entitlement; deltas are differences, and sum to the last entitlement. After SAP's delta method for
    condition contracts. Raises `KeyError` for an event of nobody, `ValueError` for days that do not ascend.
    """
    return settled(scheme, volumes(scheme, adherents, events, days), days)


def volumes(
    scheme: Scheme, adherents: Mapping[str, Period], events: Iterable[Event], days: Sequence[date]
) -> tuple[dict[str, int], ...]:
    """Return, for each day, every adherent's cumulative volume in minor units."""
    if list(days) != sorted(days):
        raise ValueError(days)
    moved = [dict.fromkeys(adherents, 0) for _day in days]
    for event in events:
        if event.on in adherents[event.adherent] and event.on in scheme.period:
            at = bisect_left(days, max(event.on, event.known))
            if at < len(days):
                moved[at][event.adherent] += event.units
    standing = dict.fromkeys(adherents, 0)
    found = []
    for each in moved:
        standing = {key: units + each[key] for key, units in standing.items()}
        found.append(standing)
    return tuple(found)


def settled(scheme: Scheme, standing: Sequence[Volumes], days: Sequence[date]) -> tuple[Settlement, ...]:
    """Return the settlements of days whose cumulative volumes are known."""
    found: list[Settlement] = []
    before: dict[str, int] = {}
    for day, held in zip(days, standing, strict=True):
        volume = sum(held.values())
        pot = entitlement(scheme, volume)
        parts = split(pot, held)
        shares = tuple(Share(key, held[key], parts[key], parts[key] - before.get(key, 0)) for key in sorted(held))
        found.append(Settlement(day, volume, pot, pot - sum(before.values()), shares))
        before = parts
    return tuple(found)
