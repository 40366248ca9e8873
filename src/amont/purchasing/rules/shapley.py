"""Shapley values of a settlement: what each adherent adds, averaged over all orders of joining. Shown, never paid.

L. S. Shapley, "A value for n-person games", Contributions to the Theory of Games II (1953): with v the entitlement,
phi(i) = sum over S without i of |S|! (n - 1 - |S|)! / n! x (v(S + i) - v(S)).
"""

import random
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from math import comb, isqrt, lcm, prod

from amont.purchasing.rules.schemes import Formula, Scheme, worth

EXACT = 12
"""Up to so many adherents every coalition is looked at."""
STATES = 60_000
"""Up to so many mixes of sizes (those of the largest class not counted) it is computed by size classes."""
ORDERS = 2_000
"""Beyond: so many random orders of joining."""


@dataclass(frozen=True, slots=True)
class Value:
    """An adherent's value in minor units, and its standard error: None where it is exact."""

    units: Fraction
    error: Fraction | None = None


def shapley(scheme: Scheme, volumes: Mapping[str, int], *, seed: int = 0, orders: int = ORDERS) -> dict[str, Value]:
    """Return each adherent's value: exact for few adherents or few sizes, else by seeded sampling with its error.

    Adherents without a positive net volume have none.
    """
    held = {key: units for key, units in sorted(volumes.items()) if units > 0}
    nothing = {key: Value(Fraction(0)) for key in volumes if key not in held}
    if len(held) <= EXACT:
        return {**nothing, **{key: Value(units) for key, units in by_coalitions(scheme, held).items()}}
    classes = Counter(held.values())
    if prod(count + 1 for count in classes.values()) // (max(classes.values()) + 1) <= STATES:
        found = by_classes(scheme, classes)
        return {**nothing, **{key: Value(found[units]) for key, units in held.items()}}
    return {**nothing, **by_sampling(scheme, held, seed=seed, orders=orders)}


def by_coalitions(scheme: Scheme, volumes: Mapping[str, int]) -> dict[str, Fraction]:
    """Return exact values by looking at every coalition: for a dozen adherents at most."""
    keys, count = list(volumes), len(volumes)
    sums = [0]
    for key in keys:
        sums += [each + volumes[key] for each in sums]
    worths = [worth(scheme, each) for each in sums]
    weights = [Fraction(1, count * comb(count - 1, size)) for size in range(count)]
    found = dict.fromkeys(keys, Fraction(0))
    for number, key in enumerate(keys):
        own = 1 << number
        by_size = [Fraction(0)] * count
        for mask in range(1 << count):
            if not mask & own:
                by_size[mask.bit_count()] += worths[mask | own] - worths[mask]
        found[key] = sum((w * s for w, s in zip(weights, by_size, strict=True)), Fraction(0))
    return found


def by_classes(scheme: Scheme, classes: Mapping[int, int]) -> dict[int, Fraction]:
    """Return the value of one adherent of each size; `classes` says how many have which volume.

    A value is linear in the game, and the game is a sum of steps: for each bound T, volume (retroactive) or volume
    above T (incremental) counts once T is reached. For each mix of the other classes a single look-up tells how likely
    the largest class reaches T. In fixed point, far finer than a cent.
    """
    steps = list(_steps(scheme))
    return {own: _of_class(scheme, steps, Counter(classes), own) for own in classes}


def _steps(scheme: Scheme) -> Iterator[tuple[int, Fraction]]:
    """Give each bound, in the first whole unit that reaches it, with the change of rate there."""
    before = Fraction(0)
    for band in scheme.bands:
        if band.rate != before:
            yield -(-band.starts_at.numerator // band.starts_at.denominator), band.rate - before
        before = band.rate


def _of_class(scheme: Scheme, steps: list[tuple[int, Fraction]], classes: Counter[int], own: int) -> Fraction:
    count = classes.total()
    others = classes - Counter([own])
    most = max(others, key=lambda size: (others[size], size))
    rest = {size: many for size, many in others.items() if size != most}
    mixes = _mixes(rest)
    tables = _Tables(count, most, others[most])
    found = Fraction(0)
    for bound, change in steps:
        level = bound if scheme.formula is Formula.INCREMENTAL else 0
        reached = sum(many * tables.above(size, volume, bound - own, own - level) for size, volume, many in mixes)
        already = sum(many * tables.above(size, volume, bound, -level) for size, volume, many in mixes)
        found += change * (reached - already)
    return found / tables.scale


def _mixes(rest: Mapping[int, int]) -> list[tuple[int, int, int]]:
    """Return every mix of the other classes: how many adherents, their volume, and in how many ways."""
    found: Counter[tuple[int, int]] = Counter()
    ranges = [range(many + 1) for many in rest.values()]
    for chosen in product(*ranges):
        volume = sum(number * size for number, size in zip(chosen, rest, strict=True))
        ways = prod(comb(many, number) for number, many in zip(chosen, rest.values(), strict=True))
        found[sum(chosen), volume] += ways
    return [(size, volume, ways) for (size, volume), ways in found.items()]


class _Tables:
    """How likely it is that so many of the largest class come before, given how many of the others do; fixed point."""

    def __init__(self, count: int, size: int, members: int) -> None:
        self.size, self.members, self.scale = size, members, 1 << (count + 256)
        self._chances: dict[int, tuple[list[int], list[int]]] = {}
        self.count = count

    def above(self, others: int, volume: int, bound: int, added: int) -> int:
        """Return the sum, over coalitions whose volume reaches the bound, of chance x (volume + added)."""
        least = max(-((volume - bound) // self.size), 0)
        if least > self.members:
            return 0
        chances, counted = self._of(others)
        return chances[least] * (volume + added) + counted[least] * self.size

    def _of(self, others: int) -> tuple[list[int], list[int]]:
        """Return, from each number of members on, the sums of chances and of number x chance."""
        if others not in self._chances:
            chances, counted = [0], [0]
            for number in range(self.members, -1, -1):
                ways = comb(self.members, number) * self.scale
                chance = ways // (self.count * comb(self.count - 1, others + number))
                chances.append(chances[-1] + chance)
                counted.append(counted[-1] + number * chance)
            self._chances[others] = chances[:0:-1], counted[:0:-1]
        return self._chances[others]


def by_sampling(scheme: Scheme, volumes: Mapping[str, int], *, seed: int, orders: int) -> dict[str, Value]:
    """Return values as means over random orders of joining, with their standard errors.

    J. Castro, D. Gomez, J. Tejada, "Polynomial calculation of the Shapley value based on sampling", Computers &
    Operations Research 36 (2009). In every order what is added sums to the whole, so the values do as well.
    """
    source = random.Random(seed)  # noqa: S311 - the same every time, on purpose
    lines = _Lines(scheme)
    keys = sorted(volumes)
    sums, squares = dict.fromkeys(keys, 0), dict.fromkeys(keys, 0)
    for _order in range(orders):
        before, volume = 0, 0
        for key in source.sample(keys, len(keys)):
            volume += volumes[key]
            reached = lines.worth(volume)
            sums[key] += reached - before
            squares[key] += (reached - before) ** 2
            before = reached
    scale = lines.scale
    return {key: _estimated(Fraction(sums[key], scale), Fraction(squares[key], scale**2), orders) for key in keys}


class _Lines:
    """A scheme as straight lines with whole coefficients, for volumes above zero: many times as fast as fractions."""

    def __init__(self, scheme: Scheme) -> None:
        self.scale = lcm(*(band.rate.denominator * band.starts_at.denominator for band in scheme.bands))
        self.bounds = [-(-band.starts_at.numerator // band.starts_at.denominator) for band in scheme.bands]
        self.lines = []
        for bound, band in zip(self.bounds, scheme.bands, strict=True):
            below = worth(scheme, bound) - band.rate * bound if scheme.formula is Formula.INCREMENTAL else 0
            self.lines.append((int(band.rate * self.scale), int(below * self.scale)))

    def worth(self, volume: int) -> int:
        """Return the worth of a volume, times the scale."""
        rate, below = self.lines[bisect_right(self.bounds, volume) - 1]
        return rate * volume + below


def _estimated(total: Fraction, squares: Fraction, orders: int) -> Value:
    mean = total / orders
    variance = max(squares / orders - mean**2, Fraction(0)) / max(orders - 1, 1)
    return Value(mean, Fraction(isqrt(int(variance * 10**8)), 10**4))
