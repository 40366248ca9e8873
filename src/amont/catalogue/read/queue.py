"""What waits for the worker, of all owners: for the worker alone."""

from django.db.models import Q

from amont.catalogue.actions.queue import is_stale
from amont.catalogue.facts import Work
from amont.catalogue.models import Import, ImportProgress
from amont.disclosure.unsealed import unsealed
from amont.kernel.errors import NotKnown

State = Import.State
_AT_WORK = Q(brought__state__in=[State.QUEUED, State.RUNNING])
_TAKEN_BACK = Q(
    phase=ImportProgress.Phase.UNDOING,
    brought__state=State.DONE,
    brought__undone_at=None,
    brought__undo__isnull=False,
)
_PAIRED = Q(
    phase=ImportProgress.Phase.PAIRING,
    brought__state=State.DONE,
    brought__undone_at=None,
    brought__report__alike_later=True,
)
_LOOKED_AT = Q(brought__state=State.WAITING, brought__look={})


def work_on(public_id: str) -> Work:
    """Return one file that was handed to the worker. Raises `NotKnown`."""
    found = _found(Q(brought__public_id=public_id))
    if not found:
        raise NotKnown
    return found[0]


def unfinished() -> tuple[Work, ...]:
    """Return the files handed to the worker that are not at their end, oldest first."""
    return _found(_AT_WORK | _LOOKED_AT | _TAKEN_BACK | _PAIRED)


def _found(which: Q) -> tuple[Work, ...]:
    with unsealed("the worker looks for files of all owners, not into them"):
        rows = ImportProgress.objects.filter(which).order_by("brought__created_at", "pk")
        named = rows.values_list("pk", "brought__public_id", "brought__state")
        told = {pk: (public_id, state) for pk, public_id, state in named}
        return tuple(
            Work(row.owner_id, row.person_id, told[row.pk][0], row.language, told[row.pk][1], is_stale(row), row.phase)
            for row in rows
            if row.pk in told
        )
