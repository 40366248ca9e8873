"""Looking ahead under an agreement: the next band, what if, alone, what one adds, savings, and the next negotiation."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from amont.kernel.errors import NotKnown
from amont.kernel.money import amount, minor
from amont.kernel.viewer import Viewer
from amont.purchasing import opened
from amont.purchasing.facts import ReachedFact
from amont.purchasing.models import Agreement, Baseline, Demand, InvoiceLine, Need, Statement
from amont.purchasing.read import agreement as agreement_of
from amont.purchasing.read import reached
from amont.purchasing.rules.foresight import alone, last_in_of, standing, what_if
from amont.purchasing.rules.savings import Savings, price_saving
from amont.purchasing.rules.schemes import entitlement
from amont.purchasing.schemes import scheme_of


@dataclass(frozen=True, slots=True)
class Adds:
    """What one adherent adds to the rebate of all, beside what it is paid: as the last to come, and on average."""

    on: date
    paid: Decimal
    last_in: Decimal
    average: Decimal | None
    error: Decimal | None


@dataclass(frozen=True, slots=True)
class Foresight:
    """What lies ahead for one adherent; what is pooled only as published."""

    volume: Decimal
    paid: Decimal
    alone: Decimal
    reached: ReachedFact | None
    adds: Adds | None
    standing: str
    added: Decimal | None = None
    brings: Decimal | None = None
    own_brings: Decimal | None = None


def foresight(viewer: Viewer, public_id: str, *, added: Decimal | None = None) -> Foresight:
    """Return what lies ahead for the viewer under an agreement that it joined; `added`: what more it would buy.

    Of the last publication, and of the viewer's own figures on its day. Raises `NotKnown`.
    """
    row = opened.agreement(viewer, public_id)
    if agreement_of(viewer, public_id).adhesion is None:
        raise NotKnown
    told = Statement.objects.filter(agreement_id=row.pk, owner_id=viewer.organization_id).order_by("-on")
    latest, pooled = told.first(), reached(viewer, public_id)
    scheme, volume, paid = scheme_of(row), latest.volume if latest else 0, latest.paid if latest else 0
    here = next((each for each in told if pooled and each.on == pooled.on), None)
    found = Foresight(
        volume=amount(volume, row.currency),
        paid=amount(paid, row.currency),
        alone=amount(alone(scheme, volume=volume, share=paid).alone, row.currency),
        reached=pooled,
        adds=_adds(row, here) if here else None,
        standing=standing(here.volume, here.pool) if here and here.pool else "",
    )
    if added is None or here is None or here.pool is None:
        return found
    units, pool = minor(added, row.currency), here.pool
    after = entitlement(scheme, pool + units)
    own = after * max(here.volume + units, 0) // (pool + units) if pool + units > 0 else 0
    return _with(found, row, added, what_if(scheme, pool, units), own - here.paid)


def _with(found: Foresight, row: Agreement, added: Decimal, brings: int, own: int) -> Foresight:
    figures = (found.volume, found.paid, found.alone, found.reached, found.adds, found.standing)
    return Foresight(*figures, added, amount(brings, row.currency), amount(own, row.currency))


def _adds(row: Agreement, told: Statement) -> Adds:
    as_last = last_in_of(scheme_of(row), told.pool or 0, told.volume)
    return Adds(
        on=told.on,
        paid=amount(told.paid, row.currency),
        last_in=amount(int(as_last), row.currency),
        average=None if told.value is None else amount(told.value, row.currency),
        error=amount(told.value_error, row.currency) if told.value_error else None,
    )


@dataclass(frozen=True, slots=True)
class BaselineFact:
    """A price before: paid, or only offered, with its source."""

    kind: str
    reference: str
    price: Decimal
    source: str
    dated_on: date


@dataclass(frozen=True, slots=True)
class SavingsFact:
    """What one saved under an agreement: on prices and by rebates, less fees; what was avoided apart, never added."""

    currency: str
    price: Decimal
    rebate: Decimal
    fees: Decimal
    net: Decimal
    avoided: Decimal
    spent: Decimal
    covered: Decimal
    baselines: tuple[BaselineFact, ...]


def savings(viewer: Viewer, public_id: str) -> SavingsFact:
    """Return what the viewer saved under an agreement that it joined. Raises `NotKnown`."""
    row = opened.agreement(viewer, public_id)
    if agreement_of(viewer, public_id).adhesion is None:
        raise NotKnown
    held = Baseline.objects.filter(agreement_id=row.pk, owner_id=viewer.organization_id).order_by("reference", "kind")
    bought, spent = _bought(viewer, row)
    saved, covered = _against({each.reference: each for each in held if each.kind == "paid"}, bought, row.currency)
    avoided, _covered = _against(
        {each.reference: each for each in held if each.kind == "offered"}, bought, row.currency
    )
    latest = Statement.objects.filter(agreement_id=row.pk, owner_id=viewer.organization_id).order_by("on").last()
    found = Savings(price=saved, rebate=latest.paid if latest else 0, avoided=avoided)
    said = [amount(units, row.currency) for units in (found.price, found.rebate, found.fees, found.net, found.avoided)]
    return SavingsFact(
        row.currency,
        *(said[0], said[1], said[2], said[3], said[4]),
        amount(spent, row.currency),
        amount(covered, row.currency),
        tuple(BaselineFact(each.kind, each.reference, each.price, each.source, each.dated_on) for each in held),
    )


Bought = Mapping[str, list[tuple[Decimal, int]]]


def _bought(viewer: Viewer, row: Agreement) -> tuple[Bought, int]:
    """Return one's counted lines by reference, as quantity and minor units, and what they sum to."""
    found: defaultdict[str, list[tuple[Decimal, int]]] = defaultdict(list)
    kept = opened.own_invoices(viewer, row)
    lines = InvoiceLine.objects.filter(owner_id=viewer.organization_id, supplier_id=row.supplier_id, counts=True)
    for invoice, reference, quantity, units in lines.values_list("invoice_id", "reference", "quantity", "units"):
        if invoice in kept:
            found[reference].append((-abs(quantity) if units < 0 else quantity, units))
    return found, sum(units for each in found.values() for _quantity, units in each)


def _against(before: Mapping[str, Baseline], bought: Bought, currency: str) -> tuple[int, int]:
    """Return what lines cost less than at these prices, and what of the spend has such a price."""
    saved = covered = 0
    for reference, price in before.items():
        for quantity, paid in bought.get(reference, ()):
            saved += price_saving(before=price.price, paid=paid, quantity=quantity, currency=currency)
            covered += paid
    return saved, covered


@dataclass(frozen=True, slots=True)
class DemandFact:
    """What all together say that they will buy in a year, as published."""

    year: int
    on: date
    sum: Decimal


@dataclass(frozen=True, slots=True)
class Renewal:
    """What the next negotiation can claim: all of it as published, but for one's own need."""

    reached: ReachedFact | None
    adherents: int
    first: ReachedFact | None
    growth_percent: int | None
    demands: tuple[DemandFact, ...]
    covered_percent: int | None
    year: int
    own_need: Decimal | None


def renewal(viewer: Viewer, public_id: str) -> Renewal:
    """Return what the next negotiation can claim, to the buyers of the network. Raises `NotKnown` to the supplier."""
    row = opened.agreement(viewer, public_id)
    if row.supplier_id == viewer.organization_id:
        raise NotKnown
    pooled, first = reached(viewer, public_id), reached(viewer, public_id, first=True)
    year = row.last_on.year + 1
    demands = tuple(_demands(row, (year - 1, year)))
    mine = Need.objects.filter(
        owner_id=viewer.organization_id, category_id=row.category_id, year=year, currency=row.currency
    ).first()
    said = next((each.sum for each in demands if each.year == year - 1), None)
    return Renewal(
        reached=pooled,
        adherents=opened.contributors(viewer, public_id),
        first=first if first and pooled and first.on < pooled.on else None,
        growth_percent=int(100 * (pooled.pool - first.pool) / first.pool) if pooled and first and first.pool else None,
        demands=demands,
        covered_percent=int(100 * pooled.pool / said) if pooled and said else None,
        year=year,
        own_need=amount(mine.units, row.currency) if mine else None,
    )


def _demands(row: Agreement, years: Iterable[int]) -> Iterable[DemandFact]:
    for year in years:
        last = (
            Demand.objects.filter(category_id=row.category_id, year=year, currency=row.currency).order_by("on").last()
        )
        if last is not None:
            yield DemandFact(year, last.on, amount(last.units, last.currency))
