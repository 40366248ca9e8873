"""Invoices and credit notes: brought whole or not at all, each line held against the list, counted once."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TypeVar

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from amont.kernel import clock
from amont.kernel.errors import Denied, NotKnown, Refused
from amont.kernel.money import minor
from amont.kernel.viewer import Viewer
from amont.ledger import actions as ledger
from amont.parties.models import Organization
from amont.purchasing import may, opened
from amont.purchasing.facts import Brought, DocumentDraft, LineDraft
from amont.purchasing.models import Adhesion, Agreement, Invoice, InvoiceLine, Turnover
from amont.purchasing.rules.counting import day_that_counts, is_of
from amont.purchasing.rules.prices import Matched, PriceLine, Sold, Verdict, matched
from amont.purchasing.rules.schemes import Period

MOST_LINES = 100_000
Each = TypeVar("Each")
Wrong = defaultdict[str, list[object]]
Moved = tuple[int, int, int, int, date, Decimal]
"""An adhesion, its owner, its supplier, its agreement, the day from which it counts, the VAT rate in percent."""


@dataclass(slots=True)
class _Stage:
    """What documents are held against: the agreement, its prices by reference, who joined, what is there."""

    agreement: Agreement
    registered: str
    by_reference: Mapping[str, Sequence[PriceLine]]
    adhesions: Mapping[str, Adhesion]
    there: dict[tuple[int, str], Invoice]
    lines: Mapping[int, Mapping[str, int]]
    mine: Adhesion | None
    wrong: Wrong


def bring(viewer: Viewer, agreement: str, *, documents: Sequence[DocumentDraft], channel: str) -> Brought:
    """Bring documents of the supplier: by the supplier for all its buyers, or by a buyer for itself.

    One document line counts once, whatever the channel and however often: what is there already with the same lines
    is passed over. Raises `NotKnown`, `Denied`, `Refused` at the places of what does not do; then nothing is kept.
    """
    row = opened.agreement(viewer, agreement)
    may.write(viewer)
    with transaction.atomic():
        stage = _stage(viewer, row, documents)
        if sum(len(each.lines) for each in documents) > MOST_LINES:
            raise Refused({"file": [_("At most %(most)s lines at a time.") % {"most": MOST_LINES}]})
        made: list[tuple[Invoice, list[InvoiceLine]]] = []
        passed = 0
        for each in documents:
            found = _document(stage, each, channel)
            passed += found is None
            made += [found] if found else []
        if stage.wrong:
            raise Refused(stage.wrong)
        _store(made)
        verdicts = Counter(line.verdict for _invoice, lines in made for line in lines)
        if made:
            ledger.append(viewer, "bring_documents", about=row.public_id, detail={"documents": len(made)})
    right, over, under, off_list = (
        verdicts[each] for each in (Verdict.RIGHT, Verdict.OVER, Verdict.UNDER, Verdict.OFF_LIST)
    )
    outside = sum(len(lines) for invoice, lines in made if not _is_within(stage, invoice))
    return Brought(len(made), passed, right, over, under, off_list, outside)


def _stage(viewer: Viewer, row: Agreement, documents: Sequence[DocumentDraft]) -> _Stage:
    sells = row.supplier_id == viewer.organization_id
    accepted = Adhesion.objects.filter(agreement_id=row.pk, state=Adhesion.State.ACCEPTED)
    rows = list(accepted.order_by("pk").select_for_update(of=("self",)))
    mine = next((each for each in rows if each.owner_id == viewer.organization_id), None)
    if not sells and mine is None:
        raise Denied(_("Invoices are counted once the supplier has accepted you."))
    by_reference: defaultdict[str, list[PriceLine]] = defaultdict(list)
    lists = {each.pk: each for each in opened.price_lists(viewer, row.public_id)}
    for line in opened.price_lines(viewer, row.public_id, lists):
        held = lists[line.price_list_id]
        days = Period(held.first_on, held.last_on)
        priced = PriceLine(line.reference, line.unit, line.price, line.base, line.from_quantity, days)
        by_reference[line.reference].append(priced)
    there, kept = _there(row, {number for each in documents for number in (each.number, each.corrects)})
    known = {each.customer: each for each in rows if each.customer} | {each.public_id: each for each in rows}
    registered = Organization.objects.values_list("registry_id", flat=True).get(pk=row.supplier_id)
    return _Stage(row, registered, by_reference, known, there, kept, None if sells else mine, defaultdict(list))


def _some(numbers: Sequence[Each]) -> Iterator[Sequence[Each]]:
    return (numbers[at : at + 500] for at in range(0, len(numbers), 500))


def _there(row: Agreement, numbers: set[str]) -> tuple[dict[tuple[int, str], Invoice], Mapping[int, dict[str, int]]]:
    """Return the documents of these numbers that are there, and what their lines say."""
    there: dict[tuple[int, str], Invoice] = {}
    kept: defaultdict[int, dict[str, int]] = defaultdict(dict)
    for some in _some(sorted(numbers - {""})):
        found = Invoice.objects.filter(supplier_id=row.supplier_id, number__in=some)
        there.update({(each.owner_id, each.number): each for each in found})
        lines = InvoiceLine.objects.filter(invoice_id__in=[each.pk for each in there.values() if each.number in some])
        for invoice, number, units in lines.values_list("invoice_id", "number", "units"):
            kept[invoice][number] = units
    return there, kept


def _document(stage: _Stage, given: DocumentDraft, channel: str) -> tuple[Invoice, list[InvoiceLine]] | None:
    """Return a new document with its lines; None for one that is there, or does not do."""
    adhesion = stage.mine or stage.adhesions.get(given.customer)
    before = len(stage.wrong)
    _check(stage, given, adhesion)
    if adhesion is None or len(stage.wrong) > before:
        return None
    sign = -1 if given.kind == Invoice.Kind.CREDIT else 1
    units = _units(given)
    there = stage.there.get((adhesion.owner_id, given.number))
    if there is not None:
        if stage.lines.get(there.pk, {}) != units or there.dated_on != given.dated_on:
            stage.wrong[given.place].append(_("This document is there already, and says otherwise."))
        return None
    corrected = stage.there.get((adhesion.owner_id, given.corrects)) if sign < 0 else None
    if sign < 0 and corrected is None:
        stage.wrong[given.place].append(_("A credit note names an invoice that is there: bring that one first."))
        return None
    if sign > 0 and sum(units.values()) < 0:
        stage.wrong[given.place].append(_("The total of an invoice is not below zero."))
        return None
    return _made(
        stage,
        given,
        adhesion,
        counts_on=day_that_counts(given.dated_on, corrected=corrected.counts_on if corrected else None),
        units=units,
        channel=channel,
    )


def _units(given: DocumentDraft) -> dict[str, int]:
    """Return the lines' minor units; those of a credit note take away, whichever way it was written."""
    written = {line.number: minor(line.amount, given.currency) for line in given.lines}
    turned = given.kind == Invoice.Kind.CREDIT and sum(written.values()) > 0
    return {number: -units if turned else units for number, units in written.items()}


def _check(stage: _Stage, given: DocumentDraft, adhesion: Adhesion | None) -> None:
    wrong: list[object] = []
    if adhesion is None:
        wrong.append(_("No accepted buyer has the number “%(number)s”.") % {"number": given.customer})
    if given.currency != stage.agreement.currency:
        said = {"theirs": given.currency, "ours": stage.agreement.currency}
        wrong.append(_("The document is in %(theirs)s, the agreement in %(ours)s.") % said)
    if not is_of(given.seller, stage.registered):
        wrong.append(_("This document is of another seller: only the supplier’s own count, never what buyers resell."))
    if given.dated_on > clock.today():
        wrong.append(_("The document is dated in the future."))
    if not given.number or len(given.number) > 80 or given.kind not in Invoice.Kind.values:  # noqa: PLR2004 - the table's
        wrong.append(_("Number and kind of the document are needed."))
    if wrong:
        stage.wrong[given.place] += wrong
    _check_numbers(stage, given)


def _check_numbers(stage: _Stage, given: DocumentDraft) -> None:
    numbers = Counter(line.number for line in given.lines)
    for line in given.lines:
        if numbers[line.number] > 1:
            stage.wrong[line.place].append(_("This line number stands twice in the document."))


def _made(
    stage: _Stage, given: DocumentDraft, adhesion: Adhesion, *, counts_on: date, units: Mapping[str, int], channel: str
) -> tuple[Invoice, list[InvoiceLine]]:
    row = stage.agreement
    shared = {"owner_id": adhesion.owner_id, "supplier_id": row.supplier_id}
    invoice = Invoice(
        agreement_id=row.pk,
        adhesion=adhesion,
        kind=given.kind,
        number=given.number,
        corrects=given.corrects,
        dated_on=given.dated_on,
        counts_on=counts_on,
        known_on=clock.today(),
        channel=channel,
        came_at=clock.now(),
        **shared,
    )
    stage.there[adhesion.owner_id, given.number] = invoice
    within = _is_within(stage, invoice)
    lines = []
    for line in given.lines:
        found = _held(stage, line, units=units[line.number], on=counts_on)
        lines.append(
            InvoiceLine(
                invoice=invoice,
                number=line.number[:40],
                reference=line.reference[:80],
                name=line.name[:200],
                unit=line.unit[:20],
                quantity=line.quantity,
                units=units[line.number],
                vat_percent=line.vat_percent,
                verdict=found.verdict,
                expected=found.expected,
                counts=within and found.verdict is not Verdict.OFF_LIST,
                **shared,
            )
        )
    return invoice, lines


def _is_within(stage: _Stage, invoice: Invoice) -> bool:
    """Tell whether the day on which a document counts lies in the agreement's days and its adhesion's."""
    row = stage.agreement
    joined = invoice.adhesion
    return all(
        invoice.counts_on in each
        for each in (Period(row.first_on, row.last_on), Period(joined.starts_on, joined.ends_on))
    )


def _held(stage: _Stage, line: LineDraft, *, units: int, on: date) -> Matched:
    quantity = -abs(line.quantity) if units < 0 else line.quantity
    sold = Sold(line.reference, line.unit, quantity, on, units)
    return matched(stage.by_reference.get(line.reference, ()), sold, currency=stage.agreement.currency)


def _store(made: Iterable[tuple[Invoice, list[InvoiceLine]]]) -> None:
    held = list(made)
    Invoice.objects.bulk_create((invoice for invoice, _lines in held), batch_size=1000)
    for invoice, lines in held:
        for line in lines:
            line.invoice = invoice
    InvoiceLine.objects.bulk_create((line for _invoice, lines in held for line in lines), batch_size=1000)
    moved: Counter[Moved] = Counter()
    for invoice, lines in held:
        for percent, units in _counted(lines).items():
            moved[(*_of(invoice), max(invoice.counts_on, invoice.known_on), percent)] += units
    _add({key: units for key, units in moved.items() if units})


def _of(invoice: Invoice) -> tuple[int, int, int, int]:
    return invoice.adhesion_id, invoice.owner_id, invoice.supplier_id, invoice.agreement_id


def _counted(lines: Iterable[InvoiceLine]) -> Counter[Decimal]:
    found: Counter[Decimal] = Counter()
    for line in lines:
        if line.counts:
            found[line.vat_percent] += line.units
    return found


def _add(moved: Mapping[Moved, int]) -> None:
    """Add to what counts of adherents from a day on; those who bring wait for each other at the adhesions' rows."""
    there: dict[tuple[int, date, Decimal], Turnover] = {}
    for some in _some(sorted({adhesion for adhesion, *_rest in moved})):
        rows = Turnover.objects.filter(adhesion_id__in=some, counts_from__in={key[4] for key in moved})
        there |= {(each.adhesion_id, each.counts_from, each.vat_percent): each for each in rows}
    new = []
    for (adhesion, owner, supplier, agreement, day, percent), units in moved.items():
        known = there.get((adhesion, day, percent))
        if known is not None:
            Turnover.objects.filter(pk=known.pk).update(units=F("units") + units)
            continue
        kept = Turnover(adhesion_id=adhesion, counts_from=day, vat_percent=percent, units=units)
        kept.owner_id, kept.supplier_id, kept.agreement_id = owner, supplier, agreement
        new.append(kept)
    Turnover.objects.bulk_create(new, batch_size=500)


@transaction.atomic
def drop(viewer: Viewer, agreement: str, *, document: str) -> None:
    """Take back, as the supplier, a document that it does not stand by: from today on it counts no more.

    What was settled is corrected by the next settlement; nothing is edited. Twice changes nothing. Raises `NotKnown`,
    `Denied`.
    """
    row = may.supply(viewer, agreement)
    held = Invoice.objects.select_for_update(of=("self",)).filter(agreement_id=row.pk, public_id=document).first()
    if held is None:
        raise NotKnown
    if held.dropped_on is not None:
        return
    Adhesion.objects.select_for_update(of=("self",)).get(pk=held.adhesion_id)
    held.dropped_on = clock.today()
    held.save(update_fields=["dropped_on"])
    counted = _counted(InvoiceLine.objects.filter(invoice_id=held.pk))
    day = max(held.counts_on, clock.today())
    _add({(*_of(held), day, percent): -units for percent, units in counted.items() if units})
    ledger.append(viewer, "drop_document", about=held.public_id)
