"""Taking an import back."""

from dataclasses import astuple

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from amont.catalogue import may
from amont.catalogue.actions.former import keep_former
from amont.catalogue.actions.imports import note_undone, waiting
from amont.catalogue.facts import ImportFact
from amont.catalogue.models import Item
from amont.catalogue.read.imports import import_of, undo_of
from amont.catalogue.tracing import Changed, Trace
from amont.chain.book import firm_key
from amont.chain.read.undoing import fact_of
from amont.chain.undoing import CHUNK, TABLES, UndoPlan, plan_undo
from amont.disclosure import bulk
from amont.kernel.errors import Refused
from amont.kernel.viewer import Viewer
from amont.ledger import actions as ledger

MOST_KEPT_TOLD = 5_000


def undo_import(viewer: Viewer, public_id: str) -> ImportFact:
    """Take back what an import added and set back what it changed, where that still stands and nothing leans on it.

    What stays is told row by row in the report. A second time, or after seven days, nothing happens. One ledger line.
    Raises `NotKnown`, `Denied`, and `Refused` where somebody began to lean on a row in this very moment.
    """
    may.write(viewer)
    try:
        with transaction.atomic():
            waiting(viewer, public_id)
            fact, packed = import_of(viewer, public_id), undo_of(viewer, public_id)
            if packed is None or fact.undone_at or fact.undo_until is None:
                return fact
            plan = plan_undo(Trace.of(packed))
            _remove(plan)
            _restore(plan)
            told = fact_of(plan)
            rows = [list(astuple(each)) for each in told.kept[:MOST_KEPT_TOLD]]
            said = {"removed": dict(told.removed), "restored": told.restored, "kept": rows}
            counts = {"removed": sum(told.removed.values()), "restored": told.restored, "kept": len(told.kept)}
            ledger.append(viewer, "undo_import", about=public_id, detail=counts, network=True)
            return note_undone(viewer, public_id, said)
    except IntegrityError as trouble:
        raise Refused(_("Something has just begun to lean on a row of this import. Try again.")) from trouble


def _remove(plan: UndoPlan) -> None:
    for name, table in TABLES.items():
        keys = plan.removed.get(name, [])
        for model, column in table.along.items():
            bulk.delete(model, keys, column=column)
        bulk.delete(table.model, keys)


def _restore(plan: UndoPlan) -> None:
    for name, changed in plan.restored.items():
        if name == "item":
            for start in range(0, len(changed), CHUNK):
                _keep_former(changed[start : start + CHUNK])
        for each in changed:
            before = {field: was for field, (was, _now) in each.fields.items()}
            if name == "contact" and "name" in before:
                before["folded"] = firm_key(str(before["name"]), "")[0]
            bulk.update(TABLES[name].model, list(before), [(each.key, *before.values())])


def _keep_former(changed: list[Changed]) -> None:
    before = {each.key: each.fields for each in changed}
    rows = list(Item.objects.filter(pk__in=before))
    for row in rows:
        for field, (was, _now) in before[row.pk].items():
            setattr(row, field, was)
    keep_former(rows)
