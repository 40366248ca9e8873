"""Keys of owners: wrapped anew by another master key, or shredded."""

from django.db import transaction
from django.db.models import QuerySet

from amont.disclosure.unsealed import unsealed
from amont.evidence import sealed
from amont.evidence.models import OwnerKey
from amont.kernel import clock
from amont.ledger import actions as ledger


def keys_left() -> int:
    """Return how many owners' keys are not yet wrapped by the current master key."""
    with unsealed("an operator rotates the master key"):
        return _left().count()


def rotate() -> int:
    """Wrap every owner's key by the current master key; return how many were. Stopped half-way, it goes on from there.

    Documents stay as they are: their keys are wrapped by their owners'. Raises `NotKnown` where a master key that
    wrapped one is not among the settings.
    """
    done = 0
    with unsealed("an operator rotates the master key"):
        for key in list(_left().values_list("pk", flat=True)):
            with transaction.atomic():
                row = OwnerKey.objects.select_for_update().filter(pk=key, wrapped__isnull=False).first()
                if row is not None:
                    row.wrapped, row.master = sealed.wrapped_anew(row), sealed.current()[0]
                    row.save(update_fields=["wrapped", "master"])
                    done += 1
        if done:
            with transaction.atomic():
                ledger.append(None, "rotate_keys", detail={"keys": done})
    return done


def shred(organization: int) -> None:
    """Shred the key of an owner's documents for good, in the transaction of its erasure. Twice is harmless."""
    with unsealed("an owner is erased"):
        OwnerKey.objects.filter(owner_id=organization, wrapped__isnull=False).update(
            wrapped=None, shredded_at=clock.now()
        )


def _left() -> QuerySet[OwnerKey]:
    return OwnerKey.objects.filter(wrapped__isnull=False).exclude(master=sealed.current()[0])
