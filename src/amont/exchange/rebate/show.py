"""Settlements as the rebate format's result says them: amounts as strings with the currency's decimals."""

from collections.abc import Iterable
from typing import Any

from amont.kernel.money import amount
from amont.purchasing.facts import Case
from amont.purchasing.rules.settling import Settlement, settle


def settlements_as_json(case: Case) -> dict[str, Any]:
    """Return what `amont rebate` prints: a settlement for each day asked for, its shares by adherent."""
    return as_json(settle(case.scheme, case.adherents, case.events, case.settlements), case.scheme.currency)


def as_json(settlements: Iterable[Settlement], currency: str) -> dict[str, Any]:
    """Return settlements in the result's form."""

    def said(units: int) -> str:
        return str(amount(units, currency))

    return {
        "settlements": [
            {
                "on": each.on.isoformat(),
                "volume": said(each.volume),
                "entitlement": said(each.entitlement),
                "delta": said(each.delta),
                "shares": [
                    {
                        "adherent": share.adherent,
                        "volume": said(share.volume),
                        "cumulative": said(share.cumulative),
                        "delta": said(share.delta),
                    }
                    for share in each.shares
                ],
            }
            for each in settlements
        ]
    }
