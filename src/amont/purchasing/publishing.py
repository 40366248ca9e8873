"""Publishing what buyers say that they will buy: a sum of sealed figures, made by the rule on pooled figures alone."""

from datetime import date

from amont.disclosure import pooling
from amont.disclosure.unsealed import unsealed
from amont.purchasing.models import Agreement, Demand, DemandPart, Need


def demand(row: Agreement, year: int, on: date) -> bool:
    """Publish what all say, by a month's end, that they will buy of an agreement's category in a year.

    Tells whether it was published; not where the rule does not let it be told to all alike, nor twice for a day. Runs
    in the transaction of the act, which has locked the category.
    """
    which = {"category_id": row.category_id, "year": year, "currency": row.currency}
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
