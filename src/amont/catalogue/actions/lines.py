"""Writing one's own article lines."""

from collections.abc import Iterable, Mapping, Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from amont.catalogue import may
from amont.catalogue.actions.former import keep_former
from amont.catalogue.facts import Line, LineDraft
from amont.catalogue.models import Item
from amont.catalogue.read import lines as read
from amont.catalogue.read.lines import Known
from amont.catalogue.rules import FIELDS, KINDS, Outcome, Planned
from amont.catalogue.tracing import Trace, marks_of
from amont.disclosure import bulk
from amont.kernel import ids
from amont.kernel.errors import NotKnown, Refused
from amont.kernel.folding import folded
from amont.kernel.viewer import Viewer
from amont.ledger import actions as ledger

CHUNK = 500
WATCHED = (*FIELDS, "step", "country", "site_id", "chain_end", "is_bought", "is_active")
_SET = (*FIELDS, "is_bought", "is_active")
_FRESH = ("", "", None, "", True, True)


def write_lines(
    viewer: Viewer,
    plan: Sequence[Planned],
    stands: Known,
    *,
    kind: str = "ingredient",
    trace: Trace | None = None,
) -> Mapping[str, int]:
    """Write what drafts come to against own lines, and return the keys of all rows by what they are recognized by.

    `kind` is that of lines which say none; `trace` notes what is written. Writes no ledger line: it is a part of the
    acts that bring lines, inside their transaction.
    """
    may.write(viewer)
    added: dict[str, dict[str, str]] = {}
    changed: dict[str, dict[str, str]] = {}
    rows: dict[str, int] = {}
    for row, key, outcome, changes, _clash, _refusal in plan:
        if key in added:
            added[key].update(changes)
        elif outcome is Outcome.ADDED:
            added[key], rows[key] = dict(changes), row
        elif outcome is not Outcome.REFUSED:
            changed.setdefault(key, {}).update(changes)
            rows.setdefault(key, row)
    keys = _insert(viewer, added, rows, kind=kind, trace=trace)
    _update(viewer, {stands.keys[key]: (rows[key], changes) for key, changes in changed.items()}, trace)
    return {**stands.keys, **keys}


def _insert(
    viewer: Viewer,
    added: Mapping[str, Mapping[str, str]],
    rows: Mapping[str, int],
    *,
    kind: str,
    trace: Trace | None,
) -> dict[str, int]:
    keys = bulk.reserve(Item, len(added))
    usual = [(name, kind if name == "kind" else "") for name in FIELDS]
    values = [tuple([said.get(name, default) for name, default in usual]) for said in added.values()]
    owner, named = viewer.organization_id, ids.new_public_ids(len(added))
    whole = ((key, name, owner, True, *said) for key, name, said in zip(keys, named, values, strict=True))
    bulk.insert(Item, ("id", "public_id", "owner_id", "is_bought", *FIELDS), whole)
    if trace is not None and keys:
        trace.add_marked("item", keys, map(rows.__getitem__, added), marks_of(values, _FRESH))
    return dict(zip(added, keys, strict=True))


def _update(viewer: Viewer, changed: Mapping[int, tuple[int, dict[str, str]]], trace: Trace | None) -> None:
    """Set what differs; an own item that was only sold, or put aside, is an article line from now on."""
    mine = Item.objects.select_for_update(of=("self",)).filter(owner_id=viewer.organization_id)
    asleep = set(mine.exclude(is_bought=True, is_active=True).values_list("pk", flat=True))
    meant = [key for key, (_row, said) in changed.items() if said or key in asleep]
    for start in range(0, len(meant), CHUNK):
        touched = list(mine.filter(pk__in=meant[start : start + CHUNK]))
        for row in touched:
            number, said = changed[row.pk]
            after = {**said, "is_bought": True, "is_active": True}
            if trace is not None:
                trace.change("item", row.pk, number, before={name: getattr(row, name) for name in after}, after=after)
            _set(row, after.items())
        keep_former(touched)
        bulk.update(Item, _SET, [(row.pk, *(getattr(row, name) for name in _SET)) for row in touched])


def _set(row: Item, values: Iterable[tuple[str, object]]) -> None:
    for field, value in values:
        setattr(row, field, value)


def add_line(viewer: Viewer, draft: LineDraft) -> Line:
    """Add one own article line by hand. Raises `Denied`, and `Refused` at the field for what does not do."""
    may.write(viewer)
    _check(viewer, draft, but="")
    with transaction.atomic():
        values = {name: getattr(draft, name) for name in FIELDS} | {"kind": draft.kind or KINDS[0]}
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
