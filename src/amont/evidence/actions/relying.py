"""Certificates as their holder states them, and which items rely on them."""

from collections.abc import Mapping, Sequence
from datetime import date

from amont.catalogue.models import Item
from amont.evidence.former import keeping_former
from amont.evidence.models import Certificate, Reliance
from amont.kernel.viewer import Viewer

Stated = tuple[str, str, date | None]
"""(scheme, number, valid until)."""


def rely(viewer: Viewer, wanted: Sequence[tuple[Item, Sequence[Stated]]]) -> None:
    """Let each own item rely on exactly these certificates; one of a scheme and number stands once, for all items.

    A later date renews it. Runs in the transaction of the act, looking as `viewer`.
    """
    schemes = {scheme for _, stated in wanted for scheme, _number, _until in stated}
    with keeping_former(viewer, [item.pk for item, _ in wanted], schemes):
        _rely(viewer, wanted)


def _rely(viewer: Viewer, wanted: Sequence[tuple[Item, Sequence[Stated]]]) -> None:
    held = _certificates(viewer, {(s, n): until for _, stated in wanted for s, n, until in stated})
    there = {
        (row.item_id, row.certificate_id): row
        for row in Reliance.objects.filter(item_id__in=[item.pk for item, _ in wanted])
    }
    right = {(item.pk, held[s, n].pk) for item, stated in wanted for s, n, _ in stated}
    Reliance.objects.filter(pk__in=[row.pk for key, row in there.items() if key not in right]).delete()
    Reliance.objects.bulk_create(
        Reliance(owner_id=viewer.organization_id, item_id=item, certificate_id=certificate)
        for item, certificate in sorted(right - there.keys())
    )


def _certificates(viewer: Viewer, stated: Mapping[tuple[str, str], date | None]) -> dict[tuple[str, str], Certificate]:
    rows = Certificate.objects.filter(owner_id=viewer.organization_id, scheme__in={scheme for scheme, _ in stated})
    held = {(row.scheme, row.number): row for row in rows.order_by("-pk")}
    new, changed = [], []
    for key, until in stated.items():
        if key not in held:
            held[key] = Certificate(owner_id=viewer.organization_id, scheme=key[0], number=key[1], valid_until=until)
            new.append(held[key])
        elif until and held[key].valid_until != until:
            held[key].valid_until = until
            changed.append(held[key])
    Certificate.objects.bulk_create(new)
    Certificate.objects.bulk_update(changed, ["valid_until"], batch_size=200)
    return held
