"""What taking an import back would do."""

from amont.catalogue.read.imports import import_of, undo_of
from amont.catalogue.tracing import Trace
from amont.chain.facts_undo import KeptRow, UndoFact
from amont.chain.undoing import UndoPlan, plan_undo
from amont.kernel.viewer import Viewer


def undo_planned(viewer: Viewer, public_id: str) -> UndoFact | None:
    """Return what taking an own import back would do as things stand, None where it cannot be any more.

    Raises `NotKnown`.
    """
    fact = import_of(viewer, public_id)
    packed = undo_of(viewer, public_id)
    if packed is None or fact.undone_at or fact.undo_until is None:
        return None
    return fact_of(plan_undo(Trace.of(packed)))


def fact_of(plan: UndoPlan) -> UndoFact:
    """Return a plan as a face may hold it."""
    removed = {name: len(keys) for name, keys in plan.removed.items() if keys}
    kept = tuple(plan.kept[row] for row in sorted(plan.kept))
    return UndoFact(removed, sum(map(len, plan.restored.values())), kept)


def undone(report: object) -> UndoFact | None:
    """Return what taking an import back did, from its report."""
    said = report.get("undone") if isinstance(report, dict) else None
    if not isinstance(said, dict):
        return None
    return UndoFact(said["removed"], said["restored"], tuple(KeptRow(*each) for each in said["kept"]))
