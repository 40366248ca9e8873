"""A file in the worker's hands: who works on it, how far it is, and its end where it does not go in.

What the worker notes here is committed at once, apart from the import itself, so that it shows and survives a kill.
The worker takes the ledger's head before it looks for a wish to cancel, and who cancels takes it first as well:
either the import is in and the wish comes too late, or it is not and nothing is written.
"""

from datetime import timedelta

from django.db import transaction
from django.db.models import QuerySet

from amont.catalogue import may
from amont.catalogue.actions.imports import waiting
from amont.catalogue.facts import ImportFact
from amont.catalogue.models import Import, ImportProgress
from amont.catalogue.read.imports import fact, import_of
from amont.kernel import clock
from amont.kernel.processes import is_gone, this_process
from amont.kernel.viewer import Viewer
from amont.ledger import actions as ledger

LEASE = timedelta(seconds=60)
MOST_TRIES = 12
Phase = ImportProgress.Phase
State = Import.State


class Cancelled(Exception):
    """Its owner cancelled the import before it was committed."""


def queue(viewer: Viewer, public_id: str, *, language: str) -> ImportFact:
    """Hand a file that waits to the worker, to report in this language; one that is further stays where it is.

    Raises `NotKnown`, `Denied`.
    """
    may.write(viewer)
    with transaction.atomic():
        row = waiting(viewer, public_id)
        if row.state == State.WAITING and row.content is not None:
            row.state, row.reason = State.QUEUED, ""
            row.save(update_fields=["state", "reason"])
            _await_worker(viewer, row, language)
            ledger.append(viewer, "queue_import", about=public_id)
    return fact(row)


def queue_look(viewer: Viewer, public_id: str, *, language: str) -> None:
    """Note that the worker is to find out what a long file that waits would do. Raises `NotKnown`, `Denied`."""
    may.write(viewer)
    with transaction.atomic():
        row = waiting(viewer, public_id)
        if row.state == State.WAITING and not row.look:
            _await_worker(viewer, row, language)


def queue_undo(viewer: Viewer, public_id: str, *, language: str) -> None:
    """Note that the worker is to take a long import back. Raises `NotKnown`, `Denied`."""
    may.write(viewer)
    with transaction.atomic():
        row = waiting(viewer, public_id)
        if row.state == State.DONE and row.undone_at is None:
            _await_worker(viewer, row, language, phase=Phase.UNDOING)


def queue_pairing(viewer: Viewer, public_id: str, *, language: str) -> None:
    """Note that the worker is to look for pairs among what an import has added. Raises `NotKnown`, `Denied`."""
    may.write(viewer)
    with transaction.atomic():
        row = waiting(viewer, public_id)
        if row.state == State.DONE and row.report.get("alike_later"):
            _await_worker(viewer, row, language, phase=Phase.PAIRING)


def _await_worker(viewer: Viewer, row: Import, language: str, *, phase: Phase = Phase.QUEUED) -> None:
    ImportProgress.objects.update_or_create(
        owner_id=viewer.organization_id,
        brought=row,
        defaults={
            "phase": phase,
            "rows_done": 0,
            "rows": row.rows,
            "person_id": viewer.person_id,
            "language": language,
            "worker": "",
            "beat_at": clock.now(),
            "tries": 0,
            "cancel_asked_at": None,
        },
    )


def claim(viewer: Viewer, public_id: str) -> bool:
    """Take a queued file up, or one whose worker is gone, and tell whether it is this process's to import.

    One that was cancelled meanwhile, or that was begun too often, comes to its end here. Raises `NotKnown`.
    """
    with transaction.atomic():
        row = waiting(viewer, public_id)
        if row.state not in {State.QUEUED, State.RUNNING}:
            return False
        progress = ImportProgress.objects.select_for_update(of=("self",)).get(brought=row)
        if row.state == State.RUNNING and not is_stale(progress):
            return False
        if progress.cancel_asked_at is not None:
            row.state = State.CANCELLED
        elif progress.tries >= MOST_TRIES:
            row.state, row.reason = State.FAILED, "killed"
        else:
            row.state = State.RUNNING
            progress.worker, progress.beat_at = this_process(), clock.now()
            progress.tries, progress.phase, progress.rows_done = progress.tries + 1, Phase.READING, 0
            progress.save()
        row.save(update_fields=["state", "reason"])
        return row.state == State.RUNNING


def is_stale(progress: ImportProgress) -> bool:
    """Tell whether nobody works on the file: its process is gone, or its beat has stopped."""
    beats = progress.beat_at > clock.now() - LEASE
    return not beats or is_gone(progress.worker)


def beat(viewer: Viewer, public_id: str, phase: str, *, rows_done: int = 0) -> None:
    """Note how far this process is with a file, at once. Raises `Cancelled` where its owner does not want it any more.

    Not to be called inside the import's own transaction. Raises `NotKnown`.
    """
    _progress(viewer, public_id).update(phase=phase, rows_done=rows_done, beat_at=clock.now())
    check_wanted(viewer, public_id)


def check_wanted(viewer: Viewer, public_id: str) -> None:
    """Raise `Cancelled` where the owner cancelled. Called last in the import's transaction, after its ledger line."""
    if _progress(viewer, public_id).filter(cancel_asked_at__isnull=False).exists():
        raise Cancelled


def _progress(viewer: Viewer, public_id: str) -> QuerySet[ImportProgress]:
    own = Import.objects.filter(owner_id=viewer.organization_id, public_id=public_id)
    return ImportProgress.objects.filter(brought_id__in=list(own.values_list("pk", flat=True)))


def cancel(viewer: Viewer, public_id: str) -> ImportFact:
    """Keep a file that the worker has or will have from going in: nothing of it is written.

    Once it is in, nothing happens: it can be taken back. Raises `NotKnown`, `Denied`.
    """
    may.write(viewer)
    import_of(viewer, public_id)
    with transaction.atomic():
        ledger.hold()
        mine = Import.objects.filter(owner_id=viewer.organization_id, public_id=public_id)
        progress = _progress(viewer, public_id)
        if mine.filter(state__in=[State.QUEUED, State.RUNNING]).exists():
            ledger.append(viewer, "cancel_import", about=public_id)
            progress.filter(cancel_asked_at=None).update(cancel_asked_at=clock.now())
            mine.filter(state=State.QUEUED).update(state=State.CANCELLED)
            if all(is_stale(each) for each in progress):
                mine.filter(state=State.RUNNING).update(state=State.CANCELLED)
    return import_of(viewer, public_id)


def end(viewer: Viewer, public_id: str, state: str, *, reason: str = "") -> None:
    """Note that a file did not go in: cancelled, or failed for this reason. The file itself stays for a day."""
    mine = Import.objects.filter(owner_id=viewer.organization_id, public_id=public_id, state=State.RUNNING)
    with transaction.atomic():
        ledger.hold()
        if mine.update(state=state, reason=reason) and state == State.FAILED:
            ledger.append(viewer, "fail_import", about=public_id, detail={"reason": reason})


def reopen(viewer: Viewer, public_id: str) -> ImportFact:
    """Look again at a file that was cancelled or that failed, as long as it is kept. Raises `NotKnown`, `Denied`."""
    may.write(viewer)
    with transaction.atomic():
        row = waiting(viewer, public_id)
        if row.state in {State.CANCELLED, State.FAILED} and row.content is not None:
            row.state, row.reason = State.WAITING, ""
            row.save(update_fields=["state", "reason"])
            ledger.append(viewer, "reopen_file", about=public_id)
    return fact(row)
