"""Bringing article lines with who supplies them, and naming a line's supplier by hand."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction

from amont.catalogue import may
from amont.catalogue.actions.lines import write_lines
from amont.catalogue.facts import LineDraft
from amont.catalogue.models import Item
from amont.catalogue.rules import Outcome, key_of
from amont.chain.actions.contacts import CHUNK, write_contacts
from amont.chain.facts_book import ContactDraft, SupplierDraft
from amont.chain.models import Contact, Input, Source
from amont.kernel.errors import NotKnown
from amont.kernel.viewer import Viewer
from amont.ledger import actions as ledger


@dataclass(frozen=True, slots=True)
class LineBrought:
    """What a row came to; `clash` is the row that it contradicts, or 0."""

    row: int
    outcome: Outcome
    clash: int = 0


@dataclass(frozen=True, slots=True)
class LinesBrought:
    """What a file of lines came to: row by row, and how many firms and sources it added."""

    rows: tuple[LineBrought, ...]
    firms_added: int
    sources_added: int


def bring_lines(
    viewer: Viewer, drafts: Sequence[LineDraft], suppliers: Mapping[int, SupplierDraft], *, kind: str = "ingredient"
) -> LinesBrought:
    """Add and update own article lines from a file, with the suppliers that stand on their rows.

    `suppliers` is by row; each becomes a firm in the viewer's book and a source under the line's unnamed input.
    `kind` is that of lines which say none. Brought twice, the second time changes nothing. One ledger line.
    Raises `Denied`.
    """
    may.write(viewer)
    with transaction.atomic():
        plan = write_lines(viewer, drafts, kind=kind)
        good = {each.row: each.key for each in plan if each.outcome is not Outcome.REFUSED}
        firms = [suppliers[row].firm for row in good if row in suppliers]
        firm_plan, firm_keys = write_contacts(viewer, firms, fill_only=True)
        of_row = {each.row: firm_keys[each.key] for each in firm_plan}
        sourced, added = _write_sources(viewer, good, of_row, suppliers=suppliers)
        rows = tuple(
            LineBrought(
                each.row,
                Outcome.UPDATED if each.outcome is Outcome.UNCHANGED and each.row in sourced else each.outcome,
                each.clash,
            )
            for each in plan
        )
        firms_added = sum(each.outcome is Outcome.ADDED for each in firm_plan)
        changed = any(each.outcome in {Outcome.ADDED, Outcome.UPDATED} for each in rows)
        ledger.append(viewer, "bring_lines", detail={"rows": len(drafts)}, network=changed)
    return LinesBrought(rows, firms_added, added)


def _write_sources(
    viewer: Viewer, lines: Mapping[int, str], firms: Mapping[int, int], *, suppliers: Mapping[int, SupplierDraft]
) -> tuple[set[int], int]:
    """Write the sources; return the rows that changed something, and how many sources were added."""
    items = _items(viewer, {lines[row] for row in firms})
    inputs = _unnamed_inputs(viewer, set(items.values()))
    mine = Source.objects.filter(owner_id=viewer.organization_id, contact_id__isnull=False)
    known = {(row.input_id, row.contact_id): row for row in mine}
    countries = dict(Contact.objects.filter(owner_id=viewer.organization_id).values_list("pk", "country"))
    added: list[Source] = []
    changed: dict[int, Source] = {}
    rows: set[int] = set()
    for row, firm in firms.items():
        key, reference = (inputs[items[lines[row]]], firm), suppliers[row].supplier_reference
        if key not in known:
            known[key] = Source(
                owner_id=viewer.organization_id,
                input_id=key[0],
                contact_id=firm,
                country=countries[firm],
                supplier_reference=reference,
            )
            added.append(known[key])
            rows.add(row)
        elif reference and not known[key].supplier_reference:
            known[key].supplier_reference = reference
            rows.add(row)
            if known[key].pk:
                changed[known[key].pk] = known[key]
    Source.objects.bulk_create(added, batch_size=CHUNK)
    Source.objects.bulk_update(changed.values(), ["supplier_reference"], batch_size=CHUNK)
    return rows, len(added)


def _items(viewer: Viewer, keys: set[str]) -> dict[str, int]:
    rows = Item.objects.filter(owner_id=viewer.organization_id).values_list("pk", "reference", "name")
    return {key: pk for pk, reference, name in rows if (key := key_of(reference, name)) in keys}


def _unnamed_inputs(viewer: Viewer, items: set[int]) -> dict[int, int]:
    mine = Input.objects.filter(owner_id=viewer.organization_id, name="")
    missing = items - set(mine.values_list("item_id", flat=True))
    fresh = [Input(owner_id=viewer.organization_id, item_id=item) for item in sorted(missing)]
    Input.objects.bulk_create(fresh, batch_size=CHUNK)
    return {item: pk for item, pk in mine.values_list("item_id", "pk") if item in items}


def name_supplier(viewer: Viewer, line: str, contact: str, *, supplier_reference: str = "") -> None:
    """Name a firm of the viewer's own book as a source of an own line; once named, nothing happens.

    Raises `NotKnown`, `Denied`.
    """
    may.write(viewer)
    with transaction.atomic():
        item = Item.objects.filter(owner_id=viewer.organization_id, public_id=line).first()
        firm = Contact.objects.filter(owner_id=viewer.organization_id, public_id=contact).first()
        if item is None or firm is None:
            raise NotKnown
        entry, _made = Input.objects.get_or_create(owner_id=viewer.organization_id, item=item, name="")
        _row, made = Source.objects.get_or_create(
            owner_id=viewer.organization_id,
            input=entry,
            contact=firm,
            defaults={"country": firm.country, "supplier_reference": supplier_reference},
        )
        if made:
            ledger.append(viewer, "name_supplier", about=line, network=True)


def bring_first_supplier(viewer: Viewer, line: str, draft: ContactDraft) -> None:
    """Write a firm into the viewer's own book, or find it there, and name it as a source of an own line.

    Raises `NotKnown`, `Denied`.
    """
    may.write(viewer)
    with transaction.atomic():
        plan, keys = write_contacts(viewer, [draft], fill_only=True)
        public_id = Contact.objects.values_list("public_id", flat=True).get(pk=keys[plan[0].key])
        name_supplier(viewer, line, public_id)
