"""Dropping what is kept for a time: files that nobody imported, and what undoing an import would need."""

from datetime import timedelta

from django.db import transaction

from amont.catalogue.models import Import
from amont.catalogue.read.imports import UNDO_WITHIN
from amont.disclosure.unsealed import unsealed
from amont.kernel import clock
from amont.ledger import actions as ledger

KEPT_FOR = timedelta(days=1)
State = Import.State


def sweep_files() -> int:
    """Drop, for all owners, the files that nobody imported within a day and what is older than an undo may be.

    Returns how many rows were touched. One ledger line, of the software itself, where there was anything.
    """
    now = clock.now()
    with transaction.atomic(), unsealed("files that nobody imported are dropped for all owners"):
        old = Import.objects.filter(created_at__lt=now - KEPT_FOR)
        files = old.filter(state=State.WAITING).delete()[1].get("catalogue.Import", 0)
        ended = old.filter(state__in=[State.CANCELLED, State.FAILED], content__isnull=False)
        files += ended.update(content=None, sample=None)
        undone = Import.objects.filter(undo__isnull=False, done_at__lt=now - UNDO_WITHIN).update(undo=None)
        if files or undone:
            ledger.append(None, "sweep_files", detail={"files": files, "undos": undone})
    return files + undone
