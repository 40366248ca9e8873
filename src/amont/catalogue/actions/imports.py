"""Keeping a file brought until it is imported, and its report after."""

from collections.abc import Mapping
from datetime import timedelta

from django.db import transaction

from amont.catalogue import may
from amont.catalogue.facts import ImportFact
from amont.catalogue.models import Import
from amont.catalogue.read.imports import fact
from amont.kernel import clock
from amont.kernel.errors import NotKnown
from amont.kernel.viewer import Viewer
from amont.ledger import actions as ledger

KEPT_FOR = timedelta(days=1)


def keep_file(
    viewer: Viewer, content: bytes, *, file_name: str, shape: str, settings: Mapping[str, object]
) -> ImportFact:
    """Keep a file, as read and found good, for its owner to look at before importing it.

    Files of the same owner that nobody imported within a day are dropped. Raises `Denied`.
    """
    may.write(viewer)
    with transaction.atomic():
        drop_stale_files(viewer)
        row = Import.objects.create(
            owner_id=viewer.organization_id,
            file_name=file_name[-200:],
            shape=shape,
            content=content,
            settings=dict(settings),
        )
        ledger.append(viewer, "keep_file", about=row.public_id)
    return fact(row)


def choose(viewer: Viewer, public_id: str, *, shape: str, settings: Mapping[str, object]) -> ImportFact:
    """Remember the user's choices for a file that waits; once imported nothing changes. Raises `NotKnown`, `Denied`."""
    may.write(viewer)
    with transaction.atomic():
        row = waiting(viewer, public_id)
        if row.done_at is None and (row.shape, row.settings) != (shape, dict(settings)):
            row.shape, row.settings = shape, dict(settings)
            row.save(update_fields=["shape", "settings"])
            ledger.append(viewer, "choose_columns", about=public_id)
    return fact(row)


def waiting(viewer: Viewer, public_id: str) -> Import:
    """Return the row of a file, locked until the end of the transaction. Raises `NotKnown`."""
    rows = Import.objects.select_for_update(of=("self",))
    row = rows.filter(owner_id=viewer.organization_id, public_id=public_id).first()
    if row is None:
        raise NotKnown
    return row


def take(viewer: Viewer, public_id: str) -> bytes | None:
    """Return the file to import, locked until the end of the transaction; None when it is imported or dropped.

    Raises `NotKnown`, `Denied`.
    """
    may.write(viewer)
    row = waiting(viewer, public_id)
    return None if row.done_at is not None or row.content is None else bytes(row.content)


def close(viewer: Viewer, public_id: str, *, report: Mapping[str, object], marked: bytes | None) -> ImportFact:
    """Keep the report of an import and let the file go, in the transaction of the act that it reports."""
    row = waiting(viewer, public_id)
    row.report, row.marked, row.content, row.done_at = dict(report), marked, None, clock.now()
    row.save(update_fields=["report", "marked", "content", "done_at"])
    return fact(row)


def drop_stale_files(viewer: Viewer) -> int:
    """Drop the viewer's files that nobody imported within a day, and return how many. Part of other acts."""
    rows = Import.objects.filter(owner_id=viewer.organization_id, done_at__isnull=True)
    return rows.filter(created_at__lt=clock.now() - KEPT_FOR).delete()[0]
