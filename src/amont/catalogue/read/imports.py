"""Files that one's own organization brought."""

from amont.catalogue.facts import ImportFact
from amont.catalogue.models import Import
from amont.kernel.errors import NotKnown
from amont.kernel.viewer import Viewer


def imports(viewer: Viewer, *, last: int = 20) -> tuple[ImportFact, ...]:
    """Return the viewer's own last imports that came to an end, newest first."""
    rows = Import.objects.filter(owner_id=viewer.organization_id, done_at__isnull=False)
    return tuple(fact(row) for row in rows.defer("content", "marked").order_by("-done_at", "-pk")[:last])


def import_of(viewer: Viewer, public_id: str) -> ImportFact:
    """Return one own import. Raises `NotKnown`."""
    return fact(_row(viewer, public_id))


def content_of(viewer: Viewer, public_id: str) -> bytes | None:
    """Return the file itself, None once it is imported or dropped. Raises `NotKnown`."""
    content = _row(viewer, public_id).content
    return None if content is None else bytes(content)


def marked_copy_of(viewer: Viewer, public_id: str) -> bytes:
    """Return the refused rows as a spreadsheet with their reasons. Raises `NotKnown`, also when there is none."""
    marked = _row(viewer, public_id).marked
    if marked is None:
        raise NotKnown
    return bytes(marked)


def _row(viewer: Viewer, public_id: str) -> Import:
    row = Import.objects.filter(owner_id=viewer.organization_id, public_id=public_id).first()
    if row is None:
        raise NotKnown
    return row


def fact(row: Import) -> ImportFact:
    """Return the row as a face may hold it, without the file."""
    return ImportFact(
        public_id=row.public_id,
        file_name=row.file_name,
        shape=row.shape,
        created_at=row.created_at,
        done_at=row.done_at,
        settings=row.settings,
        report=row.report,
        has_marked_copy=bool(row.report.get("marked")),
    )
