"""Writing one's own article lines."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict

from django.db import transaction
from django.utils.translation import gettext as _

from amont.catalogue import may
from amont.catalogue.actions.former import keep_former
from amont.catalogue.facts import Line, LineDraft
from amont.catalogue.models import Item
from amont.catalogue.read import lines as read
from amont.catalogue.rules import FIELDS, KINDS, Outcome, Planned, key_of
from amont.kernel.errors import NotKnown, Refused
from amont.kernel.folding import folded
from amont.kernel.viewer import Viewer
from amont.ledger import actions as ledger

CHUNK = 500


def write_lines(
    viewer: Viewer, drafts: Sequence[LineDraft], *, kind: str = "ingredient", plan: list[Planned] | None = None
) -> list[Planned]:
    """Add and update own article lines, and return what each draft came to; `kind` is that of lines which say none.

    `plan` is what the drafts come to where that was found in this transaction already. Writes no ledger line: it is
    a part of the acts that bring lines, inside their transaction.
    """
    may.write(viewer)
    plan = read.lines_planned(viewer, drafts) if plan is None else plan
    added: dict[str, Item] = {}
    changed: dict[str, dict[str, str]] = {}
    for each in plan:
        if each.key in added:
            _set(added[each.key], each.changes.items())
        elif each.outcome is Outcome.ADDED:
            added[each.key] = Item(owner_id=viewer.organization_id, is_bought=True, **{"kind": kind, **each.changes})
        elif each.changes:
            changed.setdefault(each.key, {}).update(each.changes)
    Item.objects.bulk_create(added.values(), batch_size=CHUNK)
    _update(viewer, changed)
    _mark_bought(viewer, {draft.reference for draft in drafts})
    return plan


def _mark_bought(viewer: Viewer, references: set[str]) -> None:
    # an own item that was only sold until now, or was put aside, is an article line from now on
    rows = Item.objects.filter(owner_id=viewer.organization_id)
    asleep = rows.exclude(reference="").exclude(is_bought=True, is_active=True).values_list("reference", flat=True)
    found = [reference for reference in asleep if reference in references]
    for start in range(0, len(found), CHUNK):
        rows.filter(reference__in=found[start : start + CHUNK]).update(is_bought=True, is_active=True)


def _update(viewer: Viewer, changed: dict[str, dict[str, str]]) -> None:
    if not changed:
        return
    rows = Item.objects.select_for_update(of=("self",)).filter(owner_id=viewer.organization_id)
    touched = [row for row in rows if key_of(row.reference, row.name) in changed]
    for row in touched:
        _set(row, changed[key_of(row.reference, row.name)].items())
    keep_former(touched)
    Item.objects.bulk_update(touched, FIELDS, batch_size=CHUNK)


def _set(row: Item, values: Iterable[tuple[str, str]]) -> None:
    for field, value in values:
        setattr(row, field, value)


def add_line(viewer: Viewer, draft: LineDraft) -> Line:
    """Add one own article line by hand. Raises `Denied`, and `Refused` at the field for what does not do."""
    may.write(viewer)
    _check(viewer, draft, but="")
    with transaction.atomic():
        values = {**asdict(draft), "kind": draft.kind or KINDS[0]}
        values.pop("row")
        row = Item.objects.create(owner_id=viewer.organization_id, is_bought=True, **values)
        ledger.append(viewer, "add_line", about=row.public_id, network=True)
    return read.line(viewer, row.public_id)


def edit_line(viewer: Viewer, public_id: str, draft: LineDraft) -> Line:
    """Set the fields of one own article line; here an empty field erases.

    Raises `NotKnown`, `Denied`, and `Refused` at the field for what does not do.
    """
    may.write(viewer)
    read.line(viewer, public_id)
    _check(viewer, draft, but=public_id)
    with transaction.atomic():
        row = Item.objects.select_for_update(of=("self",)).filter(public_id=public_id).first()
        if row is None:
            raise NotKnown
        values = {field: getattr(draft, field) for field in FIELDS}
        values["kind"] = draft.kind or row.kind
        if any(getattr(row, field) != value for field, value in values.items()):
            _set(row, values.items())
            keep_former([row])
            row.save(update_fields=FIELDS)
            ledger.append(viewer, "edit_line", about=public_id, network=True)
    return read.line(viewer, public_id)


def _check(viewer: Viewer, draft: LineDraft, *, but: str) -> None:
    errors: dict[str, list[object]] = {}
    if not folded(draft.name):
        errors["name"] = [_("Give the line a name.")]
    if draft.kind and draft.kind not in KINDS:
        errors["kind"] = [_("Choose one of the kinds.")]
    if draft.family and draft.family not in {each.code for each in read.families(viewer)}:
        errors["family"] = [_("Choose a family of the list.")]
    same = Item.objects.filter(owner_id=viewer.organization_id, reference=draft.reference).exclude(public_id=but)
    if draft.reference and same.exists():
        errors["reference"] = [_("You already have a line with this reference.")]
    if errors:
        raise Refused(errors)
