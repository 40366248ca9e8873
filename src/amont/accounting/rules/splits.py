"""Splitting a pot of whole minor units so that the parts sum to it."""

from collections.abc import Mapping
from fractions import Fraction

from amont.kernel.money import rounded


class NothingToSplitBy(ValueError):
    """There is a pot and nobody has a positive weight: an error, never a division."""


def split(pot: int, weights: Mapping[str, int]) -> dict[str, int]:
    """Return each key's part of a pot of minor units, in proportion to its weight; the parts sum to the pot.

    Largest remainder (Hamilton's method): each gets the whole units of its exact part, those with the largest
    remainders one more, ties by key, ascending. Weights of zero or less get 0 and leave the denominator. The order of
    the keys does not matter. Raises `NothingToSplitBy`.
    """
    if pot < 0:
        return {key: -part for key, part in split(-pot, weights).items()}
    whole = sum(weight for weight in weights.values() if weight > 0)
    if not whole:
        if pot:
            raise NothingToSplitBy(pot)
        return dict.fromkeys(weights, 0)
    parts, remainders = dict.fromkeys(weights, 0), []
    for key, weight in weights.items():
        if weight > 0:
            parts[key], remainder = divmod(pot * weight, whole)
            remainders.append((-remainder, key))
    for _remainder, key in sorted(remainders)[: pot - sum(parts.values())]:
        parts[key] += 1
    return parts


def paid_out(
    due: Mapping[str, int], *, carried: Mapping[str, int], least: int
) -> tuple[dict[str, int], dict[str, int]]:
    """Return what is paid now and what is carried forward: below the least payout nothing is paid and nothing lost."""
    owed = {key: due.get(key, 0) + carried.get(key, 0) for key in sorted({*due, *carried})}
    paid = {key: units if abs(units) >= least else 0 for key, units in owed.items()}
    return paid, {key: owed[key] - paid[key] for key in owed}


def vat(net: Mapping[Fraction, int]) -> dict[Fraction, int]:
    """Return the VAT in minor units for each rate's net, rounded half-up once per rate (EN 16931, BT-117)."""
    return {rate: rounded(rate * units) for rate, units in net.items()}
