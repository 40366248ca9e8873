"""Keeping a file brought until it is imported, and its report after."""

from collections.abc import Mapping

from django.db import transaction

from amont.catalogue import may
from amont.catalogue.facts import ImportFact
from amont.catalogue.models import Import
from amont.catalogue.read.imports import fact
from amont.kernel import clock
from amont.kernel.errors import NotKnown
from amont.kernel.viewer import Viewer
from amont.ledger import actions as ledger


def keep_file(
    viewer: Viewer,
    content: bytes,
    *,
    file_name: str,
    shape: str,
    settings: Mapping[str, object],
    rows: int = 0,
    sample: bytes | None = None,
) -> ImportFact:
    """Keep a file, as read and found good, for its owner to look at before importing it; `rows` counts its rows.

    `sample` holds the first rows of a long file. Nobody imports it within a day: it is dropped. Raises `Denied`.
    """
    may.write(viewer)
    with transaction.atomic():
        row = Import.objects.create(
            owner_id=viewer.organization_id,
            file_name=file_name[-200:],
            shape=shape,
            content=content,
            sample=sample,
            rows=rows,
            settings=dict(settings),
        )
        ledger.append(viewer, "keep_file", about=row.public_id)
    return fact(row)


def choose(
    viewer: Viewer, public_id: str, *, shape: str, settings: Mapping[str, object], sample: bytes | None = None
) -> ImportFact:
    """Remember the user's choices for a file that waits; later nothing changes.

    `sample` holds its first rows where these choices read them otherwise. Raises `NotKnown`, `Denied`.
    """
    may.write(viewer)
    with transaction.atomic():
        row = waiting(viewer, public_id)
        if row.state == Import.State.WAITING and (row.shape, row.settings) != (shape, dict(settings)):
            row.shape, row.settings, row.look = shape, dict(settings), {}
            row.save(update_fields=["shape", "settings", "look"])
            if sample is not None:
                row.sample = sample
                row.save(update_fields=["sample"])
            ledger.append(viewer, "choose_columns", about=public_id)
    return fact(row)


def waiting(viewer: Viewer, public_id: str) -> Import:
    """Return the row of a file, locked until the end of the transaction. Raises `NotKnown`."""
    rows = Import.objects.select_for_update(of=("self",)).defer("content", "sample", "marked", "undo")
    row = rows.filter(owner_id=viewer.organization_id, public_id=public_id).first()
    if row is None:
        raise NotKnown
    return row


def take(viewer: Viewer, public_id: str) -> bool:
    """Lock a file to the end of the transaction, and tell whether it is to be imported: not yet, and not dropped.

    Raises `NotKnown`, `Denied`.
    """
    may.write(viewer)
    return waiting(viewer, public_id).state in {Import.State.WAITING, Import.State.RUNNING}


def close(
    viewer: Viewer, public_id: str, *, report: Mapping[str, object], marked: bytes | None, undo: bytes | None = None
) -> ImportFact:
    """Keep the report of an import and let the file go, in the transaction of the act that it reports.

    `undo` holds what stood before.
    """
    row = waiting(viewer, public_id)
    row.report, row.done_at, row.state = dict(report), clock.now(), Import.State.DONE
    row.marked, row.undo, row.content, row.sample = marked, undo, None, None
    row.save(update_fields=["report", "marked", "undo", "content", "sample", "done_at", "state"])
    return fact(row)


def keep_look(viewer: Viewer, public_id: str, look: Mapping[str, object], *, settings: Mapping[str, object]) -> None:
    """Keep what a long file would do with these choices, unless they are others by now. Raises `NotKnown`.

    A note of the worker, not an act: it stands in no ledger.
    """
    with transaction.atomic():
        row = waiting(viewer, public_id)
        if row.state == Import.State.WAITING and row.settings == dict(settings):
            row.look = dict(look)
            row.save(update_fields=["look"])


def note_alike(viewer: Viewer, public_id: str, pairs: int) -> bool:
    """Note in the report of an import how many pairs were found afterwards; tell whether that was awaited."""
    row = waiting(viewer, public_id)
    report = dict(row.report)
    if not report.pop("alike_later", False):
        return False
    row.report = report | {"alike": pairs}
    row.save(update_fields=["report"])
    return True


def note_undone(viewer: Viewer, public_id: str, told: Mapping[str, object]) -> ImportFact:
    """Note that an import was taken back, and what stayed, in the transaction of the act that does so."""
    row = waiting(viewer, public_id)
    row.report, row.undone_at, row.undo = {**row.report, "undone": dict(told)}, clock.now(), None
    row.save(update_fields=["report", "undone_at", "undo"])
    return fact(row)
