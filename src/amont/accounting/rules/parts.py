"""A cost borne by several: equal parts, trued up, with a late joiner's part refunded to the earlier ones."""

from collections.abc import Sequence
from fractions import Fraction

from amont.accounting.rules.splits import split


def joined(paid: dict[str, int], newcomer: str, *, cost: int, left: Fraction = Fraction(1)) -> dict[str, int]:
    """Return what each has paid in all after one more joins, in minor units; the sum stays the cost.

    The newcomer pays its equal part of the cost, cut to the part of the time that is left (1: all of it), and that is
    refunded to those before it in equal parts. The first pays all. A second joining of the same key changes nothing.
    """
    if newcomer in paid:
        return dict(paid)
    if not paid:
        return {newcomer: cost}
    part = int(left * cost / (len(paid) + 1))
    refunds = split(part, dict.fromkeys(paid, 1))
    return {**{key: units - refunds[key] for key, units in paid.items()}, newcomer: part}


def equal(cost: int, keys: Sequence[str]) -> dict[str, int]:
    """Return equal parts of a cost: to the cent, ties by key."""
    return split(cost, dict.fromkeys(keys, 1))
