"""Publishing what buyers say that they will buy: a sum of sealed figures, made by the rule on pooled figures alone."""

from datetime import date, timedelta

from django.db import transaction

from amont.disclosure import pooling
from amont.disclosure.unsealed import unsealed
from amont.kernel import clock
from amont.ledger import actions as ledger
from amont.purchasing.models import Category, Demand, DemandPart, Need, Network


def demand(category: int, year: int, currency: str, on: date) -> bool:
    """Publish what all say, by a month's end, that they will buy of a category (key) in a year, in a currency.

    Tells whether it was published; not where the rule does not let it be told to all alike, nor twice for a day. Runs
    in the transaction of the act, which has locked the category.
    """
    which = {"category_id": category, "year": year, "currency": currency}
    last = Demand.objects.filter(**which).order_by("on").last()
    if last is not None and last.on >= on:
        return False
    with unsealed("a sum of needs is published by the rule on pooled figures"):
        needs = Need.objects.filter(**which, said_at__date__lte=on)
        now = {str(owner): units for owner, units in needs.values_list("owner_id", "units")}
        parts = DemandPart.objects.filter(demand=last) if last else DemandPart.objects.none()
        before = {str(owner): units for owner, units in parts.values_list("owner_id", "units")}
        if not pooling.may_publish(now, before):
            return False
        made = Demand.objects.create(**which, on=on, units=sum(now.values()))
        DemandPart.objects.bulk_create(
            DemandPart(demand=made, owner_id=int(owner), units=units) for owner, units in now.items()
        )
    return True


def sum_needs() -> int:
    """Publish, of each network whose month has come, the needs as of the last month's end; return how many sums.

    A sum that may not be told stands as it was told last, until the next month looks again.
    """
    month = clock.today().replace(day=1)
    due = Network.objects.exclude(summed_in__gte=month).values_list("pk", flat=True)
    return sum(_network(key, month) for key in list(due))


@transaction.atomic
def _network(key: int, month: date) -> int:
    row = Network.objects.select_for_update(of=("self",)).get(pk=key)
    if row.summed_in is not None and row.summed_in >= month:
        return 0
    row.summed_in = month
    row.save(update_fields=["summed_in"])
    list(Category.objects.select_for_update(of=("self",)).filter(network_id=key).order_by("pk"))
    told = sum(demand(*each, month - timedelta(days=1)) for each in sorted(_said(key)))
    if told:
        ledger.append(None, "sum_needs", about=row.public_id, detail={"sums": told})
    return told


def _said(network: int) -> set[tuple[int, int, str]]:
    """Return the categories, years and currencies of which somebody said, or once said, what it needs."""
    which = {"category__network_id": network, "year__gte": clock.today().year}
    fields = ("category_id", "year", "currency")
    with unsealed("which sums there are to publish"):
        said = set(Need.objects.filter(**which).values_list(*fields))
    return said | set(Demand.objects.filter(**which).values_list(*fields))
