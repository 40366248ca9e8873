"""Tier schemes: bands of volume with a rate each, and what a volume entitles to."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from fractions import Fraction
from itertools import pairwise

from amont.kernel.money import rounded


class Formula(StrEnum):
    """How bands are read: the rate reached applies to all volume, or each band's rate to what lies in it."""

    RETROACTIVE = "retroactive"
    INCREMENTAL = "incremental"


@dataclass(frozen=True, slots=True)
class Band:
    """From this volume on (inclusive, in minor units, not always whole) this rate: 1/50 is 2 %."""

    starts_at: Fraction
    rate: Fraction


@dataclass(frozen=True, slots=True)
class Period:
    """Days from the first to the last, both inclusive; None is open."""

    first: date | None = None
    last: date | None = None

    def __contains__(self, day: date) -> bool:
        """Tell whether a day lies within."""
        return (self.first is None or self.first <= day) and (self.last is None or day <= self.last)


ALWAYS = Period()


@dataclass(frozen=True, slots=True)
class Scheme:
    """A tier scheme: its currency, how its bands are read, the bands ascending from 0, the period that counts."""

    currency: str
    formula: Formula
    bands: tuple[Band, ...]
    period: Period = ALWAYS


class BandTrouble(StrEnum):
    """What may be wrong with one band, beside those before it."""

    NOT_FROM_ZERO = "the first band starts at 0"
    NOT_ASCENDING = "bands ascend: this one does not start above the one before"
    RATE_FALLS = "the rate falls below that of the band before"
    RATE_ABOVE_ONE = "a rate is a fraction, at most 1: 0.02 is 2 %"
    RATE_BELOW_ZERO = "a rate is not below 0"


def band_troubles(bands: Sequence[Band], *, falling: bool = False) -> Iterator[tuple[int, BandTrouble]]:
    """Give what is wrong with bands, by position; rates may fall only where that is explicitly allowed."""
    if bands and bands[0].starts_at:
        yield 0, BandTrouble.NOT_FROM_ZERO
    for number, band in enumerate(bands):
        if band.rate > 1:
            yield number, BandTrouble.RATE_ABOVE_ONE
        if band.rate < 0:
            yield number, BandTrouble.RATE_BELOW_ZERO
    for number, (before, band) in enumerate(pairwise(bands), start=1):
        if band.starts_at <= before.starts_at:
            yield number, BandTrouble.NOT_ASCENDING
        if band.rate < before.rate and not falling:
            yield number, BandTrouble.RATE_FALLS


def band_at(scheme: Scheme, volume: int) -> Band:
    """Return the band that a volume in minor units lies in: lower bounds belong to it, upper ones to the next."""
    return scheme.bands[max(bisect_right(scheme.bands, Fraction(volume), key=lambda band: band.starts_at) - 1, 0)]


def worth(scheme: Scheme, volume: int) -> Fraction:
    """Return what a volume entitles to, in minor units, not rounded; nothing for a volume that is not positive.

    Retroactive: rate(V) x V. Incremental: the sum over the bands of rate x volume inside the band (both forms as in
    https://learning.sap.com, "Executing Condition Contract Settlement", and e-bate's "Contract rebate management").
    """
    if volume <= 0:
        return Fraction(0)
    if scheme.formula is Formula.RETROACTIVE:
        return band_at(scheme, volume).rate * volume
    found, before = Fraction(0), Fraction(0)
    for band in scheme.bands:
        if band.starts_at >= volume:
            break
        found += (band.rate - before) * (volume - band.starts_at)
        before = band.rate
    return found


def entitlement(scheme: Scheme, volume: int) -> int:
    """Return what a volume entitles to, in whole minor units, rounded half-up once."""
    return rounded(worth(scheme, volume))


def amended(scheme: Scheme, bands: Sequence[Band], *, on: date, from_start: bool) -> tuple[Scheme, ...]:
    """Return the schemes that hold after bands were changed with effect from a day.

    Either the new bands stand from the period's start, or the period ends the day before and another begins: volume of
    one never counts in the other.
    """
    anew = Scheme(scheme.currency, scheme.formula, tuple(bands), scheme.period)
    first, last = scheme.period.first, scheme.period.last
    if from_start or (first is not None and on <= first):
        return (anew,)
    ended = Scheme(scheme.currency, scheme.formula, scheme.bands, Period(first, on - timedelta(days=1)))
    return ended, Scheme(scheme.currency, scheme.formula, tuple(bands), Period(on, last))
