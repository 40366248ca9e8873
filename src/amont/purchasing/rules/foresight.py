"""What the next euro is worth, what more volume would bring, and whether one would do better alone."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from amont.purchasing.rules.schemes import Scheme, band_at, entitlement, worth

PEAK_PART = Fraction(1, 4)
"""Of a fixed total volume: the part at which a member's gain under equal pricing is largest."""
TURNING_PART = Decimal("0.381966")
"""The part beyond which a member's own growth lowers its gain under equal pricing: (3 - sqrt 5) / 2.

Both: F. Schotanus, J. Telgen, L. de Boer, "Unfair allocation of gains under the Equal Price allocation method in
purchasing groups", European Journal of Operational Research 187 (2008) 162-176, for a price that falls as one over the
square root of volume: sqrt(x) - x is largest at 1/4, and x (2 - x)^2 = 1 beyond which own growth costs.
"""


@dataclass(frozen=True, slots=True)
class Cliff:
    """Where a volume stands, in minor units: the rate reached, and what the next bound would bring (None: none left).

    `gain` is what reaching `next_at` adds to the entitlement, all of it at the last cent under a retroactive scheme.
    """

    rate: Fraction
    next_at: int | None
    distance: int
    next_rate: Fraction
    gain: int


def cliff(scheme: Scheme, volume: int) -> Cliff:
    """Return the worth of the next euro."""
    here = band_at(scheme, volume)
    above = next((band for band in scheme.bands if band.starts_at > max(volume, 0)), None)
    if above is None:
        return Cliff(here.rate, None, 0, here.rate, 0)
    bound = -(-above.starts_at.numerator // above.starts_at.denominator)
    gain = entitlement(scheme, bound) - entitlement(scheme, volume)
    return Cliff(here.rate, bound, bound - volume, above.rate, gain)


def what_if(scheme: Scheme, volume: int, added: int) -> int:
    """Return by how much so much more volume would change the entitlement: shown, never settled."""
    return entitlement(scheme, volume + added) - entitlement(scheme, volume)


@dataclass(frozen=True, slots=True)
class Alone:
    """What one would be entitled to alone, at the same scheme, beside its share; in minor units."""

    alone: int
    share: int

    @property
    def better(self) -> bool:
        """Tell whether it would do better alone."""
        return self.alone > self.share


def alone(scheme: Scheme, *, volume: int, share: int) -> Alone:
    """Return whether an adherent of this volume would do better alone."""
    return Alone(entitlement(scheme, volume), share)


def last_in(scheme: Scheme, volumes: Mapping[str, int], adherent: str) -> Fraction:
    """Return what an adherent adds as the last to come: v(N) - v(N without it), in minor units, not rounded."""
    return last_in_of(scheme, sum(volumes.values()), volumes[adherent])


def last_in_of(scheme: Scheme, total: int, own: int) -> Fraction:
    """Return what an adherent of this volume adds as the last to come, of a total that holds it."""
    return worth(scheme, total) - worth(scheme, total - own)


def standing(own: int, total: int) -> str:
    """Return where a member's part of the total stands: "rising", past its "peak", or "falling" with own growth."""
    part = Fraction(max(own, 0), total) if total > 0 else Fraction(0)
    if part > Fraction(TURNING_PART):
        return "falling"
    return "peak" if part > PEAK_PART else "rising"
