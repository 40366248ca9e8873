"""Savings: of price against a sourced baseline, of rebate, less fees; what was avoided stands apart, never added."""

from dataclasses import dataclass
from decimal import Decimal

from amont.purchasing.rules.prices import line_amount


@dataclass(frozen=True, slots=True)
class Savings:
    """What one buyer saved over a period, in minor units."""

    price: int = 0
    rebate: int = 0
    fees: int = 0
    avoided: int = 0

    @property
    def net(self) -> int:
        """Return price and rebate less fees, each counted once; what was avoided is not in it."""
        return self.price + self.rebate - self.fees


def price_saving(*, before: Decimal, paid: int, quantity: Decimal, currency: str) -> int:
    """Return what a line would have cost at the baseline's unit price, less what was paid; in minor units."""
    return line_amount(quantity, before, currency=currency) - paid


def fee(share: int, percent: Decimal, *, most: int | None = None) -> int:
    """Return what an operator keeps of a share, never more than the share or the cap; in minor units."""
    kept = int(max(share, 0) * percent / 100)
    return min(kept, max(share, 0), *([most] if most is not None else []))
