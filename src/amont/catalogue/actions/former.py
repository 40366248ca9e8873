"""Keeping what showed of an item below level 3 until the next quarter begins, so that no change can be timed."""

from collections.abc import Iterable

from amont.catalogue.models import FormerFacts, Item
from amont.kernel import clock
from amont.kernel.quarters import next_quarter

CODED = ("country", "step", "family", "chain_end")


def keep_former(items: Iterable[Item]) -> None:
    """Keep the codes that these items had, where they are about to be changed; call it before saving them.

    Of several changes in one quarter the first counts: what was said when the quarter began.
    """
    until_on = next_quarter(clock.today())
    known = {item.pk: item for item in items if item.pk is not None}
    stored = Item.objects.filter(pk__in=known).values("pk", *CODED)
    kept = {row.item_id: row for row in FormerFacts.objects.filter(item_id__in=known, until_on=until_on)}
    new, filled = [], []
    for row in stored:
        item = known[row["pk"]]
        changed = {name: row[name] for name in CODED if row[name] and row[name] != getattr(item, name)}
        former = kept.get(item.pk)
        missing = {name: value for name, value in changed.items() if former is None or not getattr(former, name)}
        if not missing:
            continue
        if former is None:
            new.append(FormerFacts(owner_id=item.owner_id, item=item, until_on=until_on, **missing))
            continue
        for name, value in missing.items():
            setattr(former, name, value)
        filled.append(former)
    FormerFacts.objects.bulk_create(new)
    FormerFacts.objects.bulk_update(filled, CODED, batch_size=200)
