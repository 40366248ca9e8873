"""Settlements as their supplier reads them: credit notes to be written, and all that anybody recomputes them from."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

from django.db.models import Sum

from amont.accounting.rules.splits import split, vat
from amont.kernel.errors import NotKnown
from amont.kernel.money import amount
from amont.kernel.viewer import Viewer
from amont.purchasing import may
from amont.purchasing.facts import Case, CreditNote, SettlementFact
from amont.purchasing.models import Adhesion, Agreement, Invoice, InvoiceLine, Settlement, Statement, Turnover
from amont.purchasing.rules.counting import DocumentLine
from amont.purchasing.rules.schemes import Period
from amont.purchasing.rules.settling import Event
from amont.purchasing.schemes import scheme_of


def settlements(viewer: Viewer, public_id: str) -> tuple[SettlementFact, ...]:
    """Return the settlements of an agreement to its supplier, latest first, without their credit notes.

    Raises `NotKnown`, `Denied`.
    """
    row = may.supply(viewer, public_id)
    rows = Settlement.objects.filter(agreement_id=row.pk).order_by("-on")
    paid = dict(Statement.objects.filter(agreement_id=row.pk).order_by().values_list("on").annotate(Sum("delta")))
    return tuple(_settlement(each, paid.get(each.on, 0), row.currency) for each in rows)


def _settlement(row: Settlement, paid: int, currency: str) -> SettlementFact:
    return SettlementFact(
        settlement=row.public_id,
        on=row.on,
        volume=amount(row.volume, currency),
        entitlement=amount(row.entitlement, currency),
        delta=amount(row.delta, currency),
        paid=amount(paid, currency),
        notes=(),
    )


def settlement(viewer: Viewer, public_id: str, settled: str) -> SettlementFact:
    """Return one settlement to the supplier, with a draft of a credit note for each buyer that is paid.

    Raises `NotKnown`, `Denied`.
    """
    row = may.supply(viewer, public_id)
    made = Settlement.objects.filter(agreement_id=row.pk, public_id=settled).first()
    if made is None:
        raise NotKnown
    told = list(Statement.objects.filter(agreement_id=row.pk, on=made.on))
    found = _settlement(made, sum(each.delta for each in told), row.currency)
    return replace(found, notes=tuple(_notes(row, told, made.on)))


def _notes(row: Agreement, told: Iterable[Statement], on: date) -> Iterator[CreditNote]:
    rates = _net_by_rate(row, on)
    adhesions = Adhesion.objects.filter(agreement_id=row.pk).select_related("owner")
    buyers = {each.pk: (each.owner.name, each.customer, each.owner.country) for each in adhesions}
    for each in sorted(told, key=lambda one: buyers[one.adhesion_id][0].casefold()):
        if each.delta:
            buyer, customer, country = buyers[each.adhesion_id]
            note = _note(buyer, customer, each.delta, rates.get(each.adhesion_id, {}), row.currency)
            yield replace(note, country=country)


def _net_by_rate(row: Agreement, on: date) -> Mapping[int, Mapping[Decimal, int]]:
    """Return each adhesion's counted volume by VAT rate: the key by which its rebate is spread over rates."""
    found: defaultdict[int, Counter[Decimal]] = defaultdict(Counter)
    rows = Turnover.objects.filter(agreement_id=row.pk, counts_from__lte=on).order_by()
    for adhesion, percent, units in rows.values_list("adhesion_id", "vat_percent").annotate(Sum("units")):
        found[adhesion][percent] += units
    return found


def _note(buyer: str, customer: str, delta: int, rates: Mapping[Decimal, int], currency: str) -> CreditNote:
    weights = {str(percent): units for percent, units in rates.items()}
    if not any(units > 0 for units in weights.values()):
        weights = {"0": 1}
    nets = {Decimal(percent): units for percent, units in split(delta, weights).items() if units}
    taxes = vat({Fraction(percent) / 100: units for percent, units in nets.items()})
    lines = tuple(
        (percent, amount(units, currency), amount(taxes[Fraction(percent) / 100], currency))
        for percent, units in sorted(nets.items())
    )
    total = delta + sum(taxes.values())
    return CreditNote(buyer, customer, amount(delta, currency), lines, amount(total, currency))


def case(viewer: Viewer, public_id: str) -> Case:
    """Return all that settlements are made from, to the supplier: the file by which anybody recomputes them.

    Raises `NotKnown`, `Denied`.
    """
    row = may.supply(viewer, public_id)
    joined = Adhesion.objects.filter(agreement_id=row.pk, state=Adhesion.State.ACCEPTED)
    periods = {each.public_id: Period(each.starts_on, each.ends_on) for each in joined}
    days = Settlement.objects.filter(agreement_id=row.pk).order_by("on").values_list("on", flat=True)
    return Case(scheme_of(row), periods, tuple(each.event for each in counted(viewer, public_id)), tuple(days))


def counted(viewer: Viewer, public_id: str) -> tuple[DocumentLine, ...]:
    """Return every document line that counts, to the supplier; one taken back stands a second time, below zero.

    Raises `NotKnown`, `Denied`.
    """
    row = may.supply(viewer, public_id)
    names = dict(Adhesion.objects.filter(agreement_id=row.pk).values_list("pk", "public_id"))
    invoices = {each.pk: each for each in Invoice.objects.filter(agreement_id=row.pk)}
    many = Counter(each.number for each in invoices.values())
    found = []
    lines = InvoiceLine.objects.filter(supplier_id=row.supplier_id, counts=True).order_by("pk")
    for invoice, number, units in lines.values_list("invoice_id", "number", "units"):
        held = invoices.get(invoice)
        if held is None:
            continue
        name = held.number if many[held.number] == 1 else f"{held.number} {held.public_id}"
        event = Event(names[held.adhesion_id], held.counts_on, units, held.known_on)
        found.append(DocumentLine(name, number, amount(units, row.currency), event))
        if held.dropped_on:
            back = replace(event, units=-units, known=held.dropped_on)
            found.append(DocumentLine(f"{name} -", number, amount(-units, row.currency), back))
    return tuple(found)
