"""Saying what one will need, and taking it back."""

import re
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from amont.kernel import clock
from amont.kernel.errors import NotKnown, Refused
from amont.kernel.money import minor
from amont.kernel.viewer import Viewer
from amont.ledger import actions as ledger
from amont.purchasing import may
from amont.purchasing.models import Category, Need

_MOST = Decimal(10) ** 12
_YEARS_AHEAD = 5
_CURRENCY = re.compile(r"[A-Z]{3}")


@transaction.atomic
def say_need(viewer: Viewer, network: str, *, category: str, year: int, amount: Decimal, currency: str) -> None:
    """Say, or say anew, what the viewer's organization will buy of a category in a year. Nobody else reads it.

    Only of what the network may buy together. Raises `NotKnown`, `Denied`, `Refused` at the field.
    """
    row = _category(viewer, network, category)
    wrong: dict[str, list[object]] = {}
    if not 0 <= amount < _MOST:
        wrong["amount"] = [_("Enter an amount of zero or more.")]
    if not _CURRENCY.fullmatch(currency):
        wrong["currency"] = [_("Enter a currency such as EUR.")]
    if not clock.today().year <= year <= clock.today().year + _YEARS_AHEAD:
        wrong["year"] = [_("Choose this year or one of the next five.")]
    if row.review_on < clock.today():
        wrong["category"] = [_("The review of this category has ended: it must be looked at anew first.")]
    if wrong:
        raise Refused(wrong)
    said = {"currency": currency, "units": minor(amount, currency)}
    there = Need.objects.filter(owner_id=viewer.organization_id, category=row, year=year)
    if there.filter(**said).exists():
        return
    Need.objects.update_or_create(
        owner_id=viewer.organization_id, category=row, year=year, defaults={**said, "said_at": clock.now()}
    )
    ledger.append(viewer, "say_need", about=row.public_id)


@transaction.atomic
def forget_need(viewer: Viewer, network: str, *, category: str, year: int) -> None:
    """Take back what was said; the next sum is without it. Twice changes nothing. Raises `NotKnown`, `Denied`."""
    row = _category(viewer, network, category)
    gone, _tables = Need.objects.filter(owner_id=viewer.organization_id, category=row, year=year).delete()
    if gone:
        ledger.append(viewer, "forget_need", about=row.public_id)


def _category(viewer: Viewer, network: str, category: str) -> Category:
    part = may.buy(viewer, network)
    row = Category.objects.filter(network_id=part.network_id, public_id=category).first()
    if row is None:
        raise NotKnown
    return row
