"""What came of a workbook of answers that one's own organization brought."""

from amont.catalogue.models import Import
from amont.catalogue.read.imports import ANSWERS, UNDO_WITHIN
from amont.kernel import clock
from amont.kernel.errors import NotKnown
from amont.kernel.viewer import Viewer
from amont.requests.facts_answers import BroughtAnswers


def brought_answers(viewer: Viewer, file: str) -> BroughtAnswers:
    """Return the report of a workbook of answers (public id). Raises `NotKnown`."""
    row = _row(viewer, file)
    told = tuple((where, words) for where, words in row.report.get("told", ()))
    can_undo = row.undone_at is None and clock.now() < (row.done_at or row.created_at) + UNDO_WITHIN
    changed, refused = int(row.report.get("changed", 0)), int(row.report.get("refused", 0))
    return BroughtAnswers(file, row.file_name, changed, refused, told, can_undo and changed > 0, bool(row.marked))


def marked_answers(viewer: Viewer, file: str) -> bytes:
    """Return the refused rows with their reasons, as a workbook to correct. Raises `NotKnown`."""
    marked = _row(viewer, file).marked
    if not marked:
        raise NotKnown
    return bytes(marked)


def _row(viewer: Viewer, file: str) -> Import:
    row = Import.objects.filter(owner_id=viewer.organization_id, public_id=file, shape=ANSWERS).first()
    if row is None:
        raise NotKnown
    return row
