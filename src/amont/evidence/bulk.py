"""Certificates of a whole world, put in at once."""

from collections.abc import Iterable, Mapping
from datetime import date

from amont.catalogue.models import Item
from amont.disclosure.unsealed import unsealed
from amont.evidence.models import Certificate, Reliance

HeldBy = tuple[int, str, str, date | None]


def store_certificates(held: Iterable[HeldBy]) -> None:
    """Store certificates as (item, scheme, number, last day): each is its item's owner's, and the item relies on it.

    Call it inside the transaction that made the items.
    """
    with unsealed("an operator loads a whole world into an empty database"):
        rows = list(held)
        owner: Mapping[int, int] = dict(Item.objects.values_list("pk", "owner_id"))
        certificates = Certificate.objects.bulk_create(
            Certificate(owner_id=owner[item], scheme=scheme, number=number, valid_until=valid_until)
            for item, scheme, number, valid_until in rows
        )
        Reliance.objects.bulk_create(
            Reliance(owner_id=owner[row[0]], item_id=row[0], certificate=certificate)
            for row, certificate in zip(rows, certificates, strict=True)
        )
