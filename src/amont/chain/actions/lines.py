"""Bringing article lines with who supplies them, and naming a line's supplier by hand."""

from collections.abc import Mapping, Sequence

from django.db import transaction

from amont.catalogue import may
from amont.catalogue.actions.lines import write_lines
from amont.catalogue.facts import LineDraft
from amont.catalogue.models import Item
from amont.catalogue.rules import Outcome
from amont.catalogue.tracing import Trace
from amont.chain.actions.contacts import write_contacts, write_planned
from amont.chain.book import FirmKey
from amont.chain.facts_book import ContactDraft, SupplierDraft
from amont.chain.models import Contact, Input, Link, RequestMark, Source
from amont.chain.read.lines import LinesOutcome, LinesPlan, lines_brought_planned
from amont.disclosure import bulk
from amont.kernel import ids
from amont.kernel.errors import NotKnown
from amont.kernel.viewer import Viewer
from amont.ledger import actions as ledger

WATCHED_INPUT = ("item_id", "name", "position", "stock_weeks", "switch_months")
_FRESH_INPUT = ("", 0, None, None)
WATCHED_SOURCE = (
    *("input_id", "contact_id", "country", "supplier_reference"),
    *("link_id", "step", "family", "chain_end", "asked_at", "refused_at", "confirmed_at"),
)
_FRESH_SOURCE = (None, "", "", "", None, None, None)


def bring_lines(
    viewer: Viewer,
    drafts: Sequence[LineDraft],
    suppliers: Mapping[int, SupplierDraft],
    *,
    kind: str = "ingredient",
    trace: Trace | None = None,
) -> LinesOutcome:
    """Add and update own article lines from a file, with the suppliers that stand on their rows.

    `suppliers` is by row; each becomes a firm in the viewer's book and a source under the line's unnamed input.
    `kind` is that of lines which say none. Brought twice, the second time changes nothing. One ledger line.
    `trace` notes what is written. Raises `Denied`.
    """
    may.write(viewer)
    with transaction.atomic():
        plan, outcome = lines_brought_planned(viewer, drafts, suppliers)
        items = write_lines(viewer, plan.lines, plan.stands, kind=kind, trace=trace)
        firms = write_planned(viewer, plan.firms, trace=trace) if plan.firms else {}
        if plan.new_sources or plan.filled:
            _write_sources(viewer, plan, items, firms=firms, trace=trace)
        changed = not {Outcome.ADDED, Outcome.UPDATED}.isdisjoint(outcome.outcomes.values())
        ledger.append(viewer, "bring_lines", detail={"rows": len(drafts)}, network=changed)
    return outcome


def _write_sources(
    viewer: Viewer,
    plan: LinesPlan,
    items: Mapping[str, int],
    *,
    firms: Mapping[FirmKey, int],
    trace: Trace | None,
) -> None:
    lines = {line: row for (line, _firm), (row, _reference) in reversed(list(plan.new_sources.items()))}
    inputs = _unnamed_inputs(viewer, {items[line]: row for line, row in lines.items()}, trace)
    countries = dict(Contact.objects.filter(owner_id=viewer.organization_id).values_list("pk", "country"))
    fresh = plan.new_sources
    keys, named = bulk.reserve(Source, len(fresh)), ids.new_public_ids(len(fresh))
    said = [
        (inputs[items[line]], firms[firm], countries[firms[firm]], reference)
        for (line, firm), (_row, reference) in fresh.items()
    ]
    owner = viewer.organization_id
    whole = ((key, name, owner, *each) for key, name, each in zip(keys, named, said, strict=True))
    names = ("id", "public_id", "owner_id", "input_id", "contact_id", "country", "supplier_reference")
    bulk.insert(Source, names, whole)
    if trace is not None:
        values = ((*each, *_FRESH_SOURCE) for each in said)
        trace.add("source", keys, (row for row, _reference in fresh.values()), values)
    _fill_references(viewer, plan, items, firms=firms, trace=trace)


def _fill_references(
    viewer: Viewer, plan: LinesPlan, items: Mapping[str, int], *, firms: Mapping[FirmKey, int], trace: Trace | None
) -> None:
    if not plan.filled:
        return
    mine = Input.objects.filter(owner_id=viewer.organization_id, name="")
    inputs = dict(mine.values_list("item_id", "pk"))
    stands = Source.objects.filter(owner_id=viewer.organization_id, contact_id__isnull=False)
    keys = {(entry, contact): pk for entry, contact, pk in stands.values_list("input_id", "contact_id", "pk")}
    said = [
        (keys[inputs[items[line]], firms[firm]], row, reference)
        for (line, firm), (row, reference) in plan.filled.items()
    ]
    bulk.update(Source, ["supplier_reference"], [(key, reference) for key, _row, reference in said])
    if trace is not None:
        for key, row, reference in said:
            after = {"supplier_reference": reference}
            trace.change("source", key, row, before={"supplier_reference": ""}, after=after)


def _unnamed_inputs(viewer: Viewer, items: Mapping[int, int], trace: Trace | None) -> Mapping[int, int]:
    """Return the unnamed input of each item, made where there is none; `items` tells the row of each."""
    mine = Input.objects.filter(owner_id=viewer.organization_id, name="")
    stands = dict(mine.values_list("item_id", "pk"))
    missing = [item for item in items if item not in stands]
    keys, named = bulk.reserve(Input, len(missing)), ids.new_public_ids(len(missing))
    owner = viewer.organization_id
    whole = ((key, name, owner, item) for key, name, item in zip(keys, named, missing, strict=True))
    bulk.insert(Input, ("id", "public_id", "owner_id", "item_id"), whole)
    if trace is not None and keys:
        trace.add("input", keys, (items[item] for item in missing), ((item, *_FRESH_INPUT) for item in missing))
    return stands | dict(zip(missing, keys, strict=True))


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


def leave(viewer: Viewer, item: Item) -> set[int]:
    """Let an own item be bought no longer: its links to sources end for both sides; return the sources' keys.

    A part of the act that ends a line, inside its transaction. An item that is sold stays what it is to its customers.
    """
    entries = Input.objects.filter(owner_id=viewer.organization_id, item=item).values_list("pk", flat=True)
    links = Link.objects.filter(buyer_id=viewer.organization_id, buyer_item=item, status=Link.Status.ACCEPTED)
    ended = list(links.values_list("pk", flat=True))
    Link.objects.filter(pk__in=ended).update(status=Link.Status.ENDED)
    RequestMark.objects.filter(asker_id=viewer.organization_id, link_id__in=ended).update(
        status=RequestMark.Status.CLOSED
    )
    sold = Link.objects.filter(supplier_id=viewer.organization_id, supplier_item=item, status=Link.Status.ACCEPTED)
    item.is_bought, item.is_active = False, sold.exists()
    item.save(update_fields=["is_bought", "is_active"])
    return set(
        Source.objects.filter(owner_id=viewer.organization_id, input_id__in=list(entries)).values_list("pk", flat=True)
    )
