"""Reading networks, agreements, and what is one's own of what was bought and settled."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction

from django.db.models import Sum

from amont.catalogue.models import Site
from amont.kernel import clock
from amont.kernel.errors import NotKnown
from amont.kernel.money import amount
from amont.kernel.paging import PAGE_SIZE
from amont.kernel.viewer import Viewer
from amont.purchasing import may, opened
from amont.purchasing.facts import (
    AdhesionFact,
    AgreementFact,
    BandFact,
    BoughtLine,
    CategoryFact,
    NetworkFact,
    Own,
    PriceFact,
    ReachedFact,
    Side,
    State,
    StatementFact,
)
from amont.purchasing.models import (
    Adhesion,
    Agreement,
    Category,
    Dispute,
    Exclusion,
    Invoice,
    InvoiceLine,
    Network,
    Participant,
    Statement,
    Turnover,
)
from amont.purchasing.rules import law
from amont.purchasing.rules.foresight import cliff
from amont.purchasing.schemes import scheme_of


def takes_part(viewer: Viewer) -> bool:
    """Tell whether the viewer's organization takes part in a network."""
    return Participant.objects.filter(organization_id=viewer.organization_id).exists()


def networks(viewer: Viewer) -> tuple[NetworkFact, ...]:
    """Return the networks that the viewer's organization takes part in, longest first."""
    rows = Participant.objects.filter(organization_id=viewer.organization_id).select_related("network")
    return tuple(_network(row) for row in rows.order_by("joined_at", "pk"))


def network(viewer: Viewer, public_id: str) -> NetworkFact:
    """Return one network; its joining link and who takes part for its operator alone. Raises `NotKnown`."""
    return _network(may.take_part(viewer, public_id))


def joining(viewer: Viewer, token: str) -> str:
    """Return the name of the network whose joining link somebody holds. Raises `NotKnown`."""
    del viewer  # whoever holds the link may read this
    found = Network.objects.filter(joining=token).values_list("name", flat=True).first()
    if found is None:
        raise NotKnown
    return found


def _network(part: Participant) -> NetworkFact:
    people: tuple[str, ...] = ()
    if part.is_operator:
        rows = Participant.objects.filter(network_id=part.network_id)
        people = tuple(sorted(rows.values_list("organization__name", flat=True), key=str.casefold))
    return NetworkFact(
        network=part.network.public_id,
        name=part.network.name,
        is_buyer=part.is_buyer,
        is_vendor=part.is_vendor,
        is_operator=part.is_operator,
        joining=part.network.joining if part.is_operator else "",
        people=people,
    )


def categories(viewer: Viewer, public_id: str) -> tuple[CategoryFact, ...]:
    """Return what a network may buy together, by label. Raises `NotKnown`."""
    part = may.take_part(viewer, public_id)
    rows = Category.objects.filter(network_id=part.network_id)
    return tuple(sorted((_category(row) for row in rows), key=lambda each: (each.label.casefold(), each.code)))


def _category(row: Category) -> CategoryFact:
    said = (row.public_id, row.scheme, row.code, row.label, row.reason, row.reviewer, row.review_on)
    shares = (row.buying_percent, row.selling_percent)
    holds = row.review_on >= clock.today()
    return CategoryFact(*said, *shares, row.share_source, row.legal_opinion, holds, law.needs_opinion(*shares))


def vendors(viewer: Viewer, public_id: str) -> tuple[tuple[str, str], ...]:
    """Return the vendors of a network, public id and name, to its buyers: with whom an agreement may be drafted.

    Raises `NotKnown`, `Denied`.
    """
    part = may.buy(viewer, public_id)
    apart = Exclusion.objects.filter(network_id=part.network_id, ended_at=None).values("organization_id")
    rows = Participant.objects.filter(network_id=part.network_id, is_vendor=True).exclude(
        organization_id__in=[viewer.organization_id, *apart.values_list("organization_id", flat=True)]
    )
    found = rows.values_list("organization__public_id", "organization__name")
    return tuple(sorted(found, key=lambda each: (each[1].casefold(), each[0])))


def agreements(viewer: Viewer, public_id: str) -> tuple[AgreementFact, ...]:
    """Return the agreements of a network that the viewer may know, by name. Raises `NotKnown`."""
    part = may.take_part(viewer, public_id)
    return tuple(_agreement(viewer, row) for row in opened.agreements(viewer, part.network_id))


def agreement(viewer: Viewer, public_id: str) -> AgreementFact:
    """Return one agreement. Raises `NotKnown` unless it is the viewer's, or open to a network in which it buys."""
    return _agreement(viewer, opened.agreement(viewer, public_id))


def _agreement(viewer: Viewer, row: Agreement) -> AgreementFact:
    me = viewer.organization_id
    side = Side.OWNER if row.owner_id == me else Side.SUPPLIER if row.supplier_id == me else Side.BUYER
    mine = Adhesion.objects.filter(agreement_id=row.pk, owner_id=me).first()
    return AgreementFact(
        agreement=row.public_id,
        name=row.name,
        network=row.network.public_id,
        network_name=row.network.name,
        category=_category(row.category),
        owner=row.owner.name,
        supplier=row.supplier.name,
        side=side,
        state=_state(row),
        currency=row.currency,
        first_on=row.first_on,
        last_on=row.last_on,
        terms=row.terms,
        formula=row.formula,
        bands=tuple(BandFact(Decimal(each["from"]), Decimal(each["rate"]) * 100) for each in row.bands),
        vat_nature=row.vat_nature,
        counterpart=row.counterpart,
        owner_consented_at=row.owner_consented_at,
        supplier_consented_at=row.supplier_consented_at,
        prices=opened.price_count(viewer, row.public_id),
        adhesion=_adhesion(mine, "") if mine else None,
    )


def reached(viewer: Viewer, public_id: str, *, first: bool = False) -> ReachedFact | None:
    """Return what all buy together under an agreement, as published last (or first); None before. Raises `NotKnown`."""
    row, last = opened.agreement(viewer, public_id), opened.published(viewer, public_id, first=first)
    if last is None:
        return None
    here = cliff(scheme_of(row), last.volume)
    return ReachedFact(
        on=last.on,
        pool=amount(last.volume, row.currency),
        percent=_percent(here.rate),
        distance=amount(here.distance, row.currency),
        next_percent=_percent(here.next_rate),
        gain=amount(here.gain, row.currency),
    )


def _percent(rate: Fraction) -> Decimal:
    return Decimal(rate.numerator * 100) / Decimal(rate.denominator)


def _state(row: Agreement) -> State:
    if row.closed_at is not None:
        return State.CLOSED
    if row.last_on < clock.today():
        return State.ENDED
    return State.OPEN if opened.is_open(row) else State.DRAFT


def prices(viewer: Viewer, public_id: str) -> tuple[PriceFact, ...]:
    """Return the prices of an agreement, the latest list first. Raises `NotKnown`."""
    lists = {each.pk: each for each in opened.price_lists(viewer, public_id)}
    rows = opened.price_lines(viewer, public_id, lists)
    found = (
        PriceFact(
            *(row.reference, row.name, row.unit, row.price, row.base, row.from_quantity),
            *(held.version, held.first_on, held.last_on),
        )
        for row, held in ((row, lists[row.price_list_id]) for row in rows)
    )
    return tuple(sorted(found, key=lambda each: (-each.version, each.reference, each.unit, each.from_quantity)))


def _adhesion(row: Adhesion, buyer: str) -> AdhesionFact:
    said = (row.public_id, buyer, row.state, tuple(row.sites), row.customer, row.starts_on, row.ends_on)
    return AdhesionFact(*said)


def adhesions(viewer: Viewer, public_id: str) -> tuple[AdhesionFact, ...]:
    """Return who joined or asks to, for the supplier alone, those who wait first. Raises `NotKnown`, `Denied`."""
    row = may.supply(viewer, public_id)
    rows = Adhesion.objects.filter(agreement_id=row.pk).select_related("owner")
    found = (_adhesion(each, each.owner.name) for each in rows)
    return tuple(sorted(found, key=lambda each: (each.state != "asked", each.buyer.casefold(), each.adhesion)))


def own(viewer: Viewer, public_id: str, *, page: int | None = None) -> Own:
    """Return what the viewer bought under an agreement and what it is told of settlements; all lines, or one page.

    Raises `NotKnown`.
    """
    fact = agreement(viewer, public_id)
    row = opened.agreement(viewer, public_id)
    if fact.adhesion is None:
        raise NotKnown
    mine = {"owner_id": viewer.organization_id, "supplier_id": row.supplier_id}
    invoices = list(Invoice.objects.filter(agreement_id=row.pk, **mine).values_list("pk", flat=True))
    lines = InvoiceLine.objects.filter(invoice_id__in=invoices, **mine).order_by("-invoice_id", "pk")
    total = lines.count()
    at = PAGE_SIZE * (min(page or 1, max(1, -(-total // PAGE_SIZE))) - 1)
    shown = list(lines if page is None else lines[at : at + PAGE_SIZE])
    told = Statement.objects.filter(agreement_id=row.pk, owner_id=viewer.organization_id).order_by("-on")
    spent = Turnover.objects.filter(agreement_id=row.pk, **mine).aggregate(sum=Sum("units"))["sum"] or 0
    found = tuple(_lines(viewer, row, shown))
    statements = tuple(_statement(each, row.currency) for each in told)
    return Own(fact, amount(spent, row.currency), found, statements, total)


def _lines(viewer: Viewer, row: Agreement, lines: Sequence[InvoiceLine]) -> Iterator[BoughtLine]:
    invoices = Invoice.objects.in_bulk({each.invoice_id for each in lines})
    said = {each.line_id: each for each in Dispute.objects.filter(agreement_id=row.pk, owner_id=viewer.organization_id)}
    return (_bought(line, invoices[line.invoice_id], row.currency, said.get(line.pk)) for line in lines)


def _bought(line: InvoiceLine, invoice: Invoice, currency: str, dispute: Dispute | None) -> BoughtLine:
    return BoughtLine(
        document=invoice.number,
        kind=invoice.kind,
        dated_on=invoice.dated_on,
        number=line.number,
        reference=line.reference,
        name=line.name,
        quantity=line.quantity,
        unit=line.unit,
        amount=amount(line.units, currency),
        verdict=line.verdict,
        expected=_amount(line.expected, currency),
        counts=line.counts and invoice.dropped_on is None,
        dispute=dispute.state if dispute else "",
        supplier_said=dispute.answer if dispute else "",
    )


def _amount(units: int | None, currency: str) -> Decimal | None:
    return None if units is None else amount(units, currency)


def _statement(row: Statement, currency: str) -> StatementFact:
    return StatementFact(
        on=row.on,
        volume=amount(row.volume, currency),
        percent=Decimal(row.rate) * 100 if row.rate else None,
        paid=amount(row.paid, currency),
        delta=amount(row.delta, currency),
        accrues=row.accrues,
        pooled_on=row.pooled_on,
        pool=_amount(row.pool, currency),
        distance=_amount(row.distance, currency),
        gain=_amount(row.gain, currency),
    )


def usual_site(viewer: Viewer) -> str:
    """Return the sites of the viewer's organization, one a line: those that may order."""
    rows = Site.objects.filter(owner_id=viewer.organization_id, closed_on=None).order_by("name", "pk")
    return "\n".join(rows.values_list("name", flat=True)[:20])
