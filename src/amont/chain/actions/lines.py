"""Bringing article lines with who supplies them, and naming a line's supplier by hand."""

from collections.abc import Mapping, Sequence

from django.db import transaction

from amont.catalogue import may
from amont.catalogue.actions.lines import write_lines
from amont.catalogue.facts import LineDraft
from amont.catalogue.models import Item
from amont.catalogue.rules import Outcome, key_of
from amont.chain.actions.contacts import CHUNK, write_contacts
from amont.chain.book import FirmKey
from amont.chain.facts_book import ContactDraft, SupplierDraft
from amont.chain.models import Contact, Input, Source
from amont.chain.read.lines import LinesOutcome, LinesPlan, lines_brought_planned
from amont.kernel.errors import NotKnown
from amont.kernel.viewer import Viewer
from amont.ledger import actions as ledger


def bring_lines(
    viewer: Viewer, drafts: Sequence[LineDraft], suppliers: Mapping[int, SupplierDraft], *, kind: str = "ingredient"
) -> LinesOutcome:
    """Add and update own article lines from a file, with the suppliers that stand on their rows.

    `suppliers` is by row; each becomes a firm in the viewer's book and a source under the line's unnamed input.
    `kind` is that of lines which say none. Brought twice, the second time changes nothing. One ledger line.
    Raises `Denied`.
    """
    may.write(viewer)
    with transaction.atomic():
        plan, outcome = lines_brought_planned(viewer, drafts, suppliers)
        write_lines(viewer, drafts, kind=kind, plan=plan.lines)
        good = [each.row for each in plan.lines if each.outcome is not Outcome.REFUSED and each.row in suppliers]
        _plan, firms = write_contacts(viewer, [suppliers[row].firm for row in good], fill_only=True)
        _write_sources(viewer, plan, firms)
        changed = not {Outcome.ADDED, Outcome.UPDATED}.isdisjoint(outcome.outcomes.values())
        ledger.append(viewer, "bring_lines", detail={"rows": len(drafts)}, network=changed)
    return outcome


def _write_sources(viewer: Viewer, plan: LinesPlan, firms: Mapping[FirmKey, int]) -> None:
    rows = Item.objects.filter(owner_id=viewer.organization_id).values_list("pk", "reference", "name")
    items = {key_of(reference, name): pk for pk, reference, name in rows}
    inputs = _unnamed_inputs(viewer, {items[line] for line, _firm in plan.new_sources})
    countries = dict(Contact.objects.filter(owner_id=viewer.organization_id).values_list("pk", "country"))
    fresh = [
        Source(
            owner_id=viewer.organization_id,
            input_id=inputs[items[line]],
            contact_id=firms[firm],
            country=countries[firms[firm]],
            supplier_reference=reference,
        )
        for (line, firm), reference in plan.new_sources.items()
    ]
    Source.objects.bulk_create(fresh, batch_size=CHUNK)
    for (line, firm), reference in plan.filled.items():
        entries = Input.objects.filter(item_id=items[line], name="").values_list("pk", flat=True)
        Source.objects.filter(input_id__in=list(entries), contact_id=firms[firm]).update(supplier_reference=reference)


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
