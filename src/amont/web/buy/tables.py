"""Purchasing as files: the rows of its pages."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from amont.exchange.writing import Written, columns
from amont.purchasing.facts import AdhesionFact, BandFact, CategoryFact, NetworkFact, Own, PriceFact, SettlementFact
from amont.purchasing.read_disputes import DisputeFact
from amont.purchasing.read_foresight import SavingsFact
from amont.web.buy.present import ADHESIONS, BASELINES, DISPUTES, VERDICTS, AgreementRow


def networks_written(found: Iterable[NetworkFact]) -> Written:
    """Return one's networks."""
    return Written(_("Networks"), columns(_("Network")), ((each.name,) for each in found))


def categories_written(found: Iterable[CategoryFact]) -> Written:
    """Return what may be bought together."""
    headed = columns(_("Category"), _("Code"), _("Why it may be bought together"), _("Who looked at it"), _("Until"))
    rows = ((each.label, f"{each.scheme} {each.code}", each.reason, each.reviewer, each.review_on) for each in found)
    return Written(_("Categories"), headed, rows)


def agreements_written(found: Iterable[AgreementRow]) -> Written:
    """Return the agreements of a network."""
    headed = columns(_("Agreement"), _("Category"), _("Opened by"), _("Supplier"), _("State"), _("Your adhesion"))
    rows = (
        (row.fact.name, row.fact.category.label, row.fact.owner, row.fact.supplier, str(row.state), str(row.adhesion))
        for row in found
    )
    return Written(_("Agreements"), headed, rows)


def bands_written(found: Iterable[BandFact]) -> Written:
    """Return the bands of a rebate."""
    return Written(_("Rebate"), columns(_("From"), _("Rate in percent")), ((b.starts_at, b.percent) for b in found))


def prices_written(found: Iterable[PriceFact]) -> Written:
    """Return prices."""
    headed = columns(_("Reference"), _("Name"), _("Unit"), _("Price"), _("Price per"), _("From quantity"), _("From"))
    rows = (
        (each.reference, each.name, each.unit, each.price, each.base, each.from_quantity, each.first_on)
        for each in found
    )
    return Written(_("Prices"), headed, rows)


def statements_written(own: Own) -> Written:
    """Return what one is told of settlements."""
    headed = columns(_("Settled on"), _("Bought so far"), _("Rate in percent"), _("Rebate so far"), _("Paid now"))
    return Written(
        _("Rebate"), headed, ((each.on, each.volume, each.percent, each.paid, each.delta) for each in own.statements)
    )


def lines_written(own: Own) -> Written:
    """Return what one bought."""
    headed = columns(
        *(_("Document"), _("Date"), _("Reference"), _("Quantity"), _("Amount"), _("As agreed?"), _("Agreed amount"))
    )
    rows = (
        (
            *(each.document, each.dated_on, each.reference, each.quantity, each.amount),
            *(str(VERDICTS[each.verdict]), each.expected),
        )
        for each in own.lines
    )
    return Written(_("Invoices"), headed, rows)


def buyers_written(found: Iterable[AdhesionFact]) -> Written:
    """Return who joined."""
    headed = columns(_("Buyer"), _("State"), _("Your number"), _("Sites"), _("From"))
    rows = (
        (each.buyer, str(ADHESIONS[each.state]), each.customer, ", ".join(each.sites), each.starts_on) for each in found
    )
    return Written(_("Buyers"), headed, rows)


def settlements_written(found: Iterable[SettlementFact]) -> Written:
    """Return settlements as the supplier reads them."""
    headed = columns(_("Settled on"), _("Bought by all"), _("Rebate so far"), _("Paid now"))
    return Written(_("Settlements"), headed, ((each.on, each.volume, each.entitlement, each.paid) for each in found))


def notes_written(found: SettlementFact) -> Written:
    """Return drafts of credit notes, a row for each buyer and VAT rate."""
    headed = columns(
        *(_("Settled on"), _("Buyer"), _("Your number"), _("VAT rate in percent"), _("Net"), _("VAT"), _("Total"))
    )
    rows = (
        (found.on, note.buyer, note.customer, percent, net, tax, net + tax)
        for note in found.notes
        for percent, net, tax in note.vat
    )
    return Written(_("Credit notes"), headed, rows)


def baselines_written(found: SavingsFact) -> Written:
    """Return prices before the agreement."""
    headed = columns(_("Reference"), _("Price before"), _("Was it paid?"), _("Where it stands"), _("Date"))
    rows = (
        (each.reference, each.price, str(BASELINES[each.kind]), each.source, each.dated_on) for each in found.baselines
    )
    return Written(_("Prices before"), headed, rows)


def shares_written(found: Iterable[CategoryFact]) -> Written:
    """Return the sheet of market shares."""
    headed = columns(
        _("Category"),
        _("Code"),
        _("Buying side, in percent"),
        _("Selling side, in percent"),
        _("Source"),
        _("Legal opinion"),
    )
    rows = (
        (
            *(each.label, f"{each.scheme} {each.code}", each.buying_percent, each.selling_percent),
            *(each.share_source, each.legal_opinion),
        )
        for each in found
    )
    return Written(_("Market shares"), headed, rows)


def disputes_written(found: Iterable[DisputeFact]) -> Written:
    """Return disputed lines."""
    headed = columns(
        _("Buyer"), _("Document"), _("Line"), _("Reference"), _("As agreed?"), _("Said"), _("State"), _("Answer")
    )
    rows = (
        (
            *(each.buyer, each.document, each.line, each.reference, str(VERDICTS[each.verdict])),
            *(each.said, str(DISPUTES[each.state]), each.answer),
        )
        for each in found
    )
    return Written(_("Disputed lines"), headed, rows)
