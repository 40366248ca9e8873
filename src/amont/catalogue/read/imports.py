"""Files that one's own organization brought."""

from collections.abc import Sequence
from datetime import timedelta

from amont.catalogue.facts import ImportFact, ProgressFact
from amont.catalogue.models import Import, ImportProgress
from amont.kernel import clock
from amont.kernel.errors import NotKnown
from amont.kernel.paging import Page, page_of
from amont.kernel.viewer import Viewer

UNDO_WITHIN = timedelta(days=7)
LAST = 20
ANSWERS = "answers"
"""The shape of a workbook of answers: read and reported by requests, not here."""
BULKY = ("content", "sample", "marked", "undo")


def imports(viewer: Viewer, *, page: int = 1, size: int = LAST) -> Page[ImportFact]:
    """Return a page of the viewer's own imports that came to an end, newest first."""
    rows = Import.objects.filter(owner_id=viewer.organization_id, done_at__isnull=False).exclude(shape=ANSWERS)
    newest: Sequence[int] = list(rows.order_by("-done_at", "-pk").values_list("pk", flat=True))
    keys = page_of(newest, page, size)
    found = rows.defer(*BULKY).in_bulk(keys.rows)
    return Page(tuple(fact(found[key]) for key in keys.rows), keys.number, keys.total, keys.size)


def at_work(viewer: Viewer) -> tuple[ImportFact, ...]:
    """Return the viewer's own files that the worker has or will have, oldest first."""
    rows = Import.objects.filter(owner_id=viewer.organization_id, state__in=["queued", "running"])
    return tuple(fact(row) for row in rows.defer(*BULKY).order_by("created_at", "pk"))


def import_of(viewer: Viewer, public_id: str) -> ImportFact:
    """Return one own import. Raises `NotKnown`."""
    return fact(_row(viewer, public_id))


def progress_of(viewer: Viewer, public_id: str) -> ProgressFact:
    """Return how far the worker is with a file, nothing done where it never had it. Raises `NotKnown`."""
    row = ImportProgress.objects.filter(owner_id=viewer.organization_id, brought_id=_row(viewer, public_id).pk).first()
    if row is None:
        return ProgressFact("queued", 0, 0)
    return ProgressFact(row.phase, row.rows_done, row.rows, row.cancel_asked_at is not None)


def content_of(viewer: Viewer, public_id: str) -> bytes | None:
    """Return the file itself, None once it is imported or dropped. Raises `NotKnown`."""
    return _bytes(viewer, public_id, "content")


def sample_of(viewer: Viewer, public_id: str) -> bytes | None:
    """Return the first rows of a long file, None for a short one. Raises `NotKnown`."""
    return _bytes(viewer, public_id, "sample")


def undo_of(viewer: Viewer, public_id: str) -> bytes | None:
    """Return what stood before an import, None where it cannot be taken back any more. Raises `NotKnown`."""
    return _bytes(viewer, public_id, "undo")


def marked_copy_of(viewer: Viewer, public_id: str) -> bytes:
    """Return the refused rows as a spreadsheet with their reasons. Raises `NotKnown`, also when there is none."""
    marked = _bytes(viewer, public_id, "marked")
    if marked is None:
        raise NotKnown
    return marked


def _bytes(viewer: Viewer, public_id: str, name: str) -> bytes | None:
    rows = Import.objects.filter(owner_id=viewer.organization_id, public_id=public_id)
    found = rows.exclude(shape=ANSWERS).values_list(name).first()
    if found is None:
        raise NotKnown
    return None if found[0] is None else bytes(found[0])


def _row(viewer: Viewer, public_id: str) -> Import:
    rows = Import.objects.filter(owner_id=viewer.organization_id, public_id=public_id)
    row = rows.exclude(shape=ANSWERS).defer(*BULKY).first()
    if row is None:
        raise NotKnown
    return row


def fact(row: Import) -> ImportFact:
    """Return the row as a face may hold it, without the file."""
    until = (row.done_at or row.created_at) + UNDO_WITHIN
    return ImportFact(
        public_id=row.public_id,
        file_name=row.file_name,
        shape=row.shape,
        created_at=row.created_at,
        done_at=row.done_at,
        settings=row.settings,
        report=row.report,
        has_marked_copy=bool(row.report.get("marked")),
        state=row.state,
        reason=row.reason,
        rows=row.rows,
        look=row.look,
        undo_until=until if row.report.get("undo") and until > clock.now() else None,
        undone_at=row.undone_at,
    )
