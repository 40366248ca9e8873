"""Lines that buyers do not agree with, as their supplier reads them."""

from dataclasses import dataclass

from amont.kernel.viewer import Viewer
from amont.purchasing import may
from amont.purchasing.models import Dispute, Invoice, InvoiceLine


@dataclass(frozen=True, slots=True)
class DisputeFact:
    """A disputed line, as its buyer and the supplier read it."""

    dispute: str
    buyer: str
    document: str
    line: str
    reference: str
    verdict: str
    said: str
    state: str
    answer: str


def disputes(viewer: Viewer, agreement: str) -> tuple[DisputeFact, ...]:
    """Return the disputes of an agreement to its supplier, those that wait first. Raises `NotKnown`, `Denied`."""
    row = may.supply(viewer, agreement)
    held = list(Dispute.objects.filter(agreement_id=row.pk).select_related("owner").order_by("said_at", "pk"))
    lines = {each.pk: each for each in InvoiceLine.objects.filter(pk__in=[each.line_id for each in held])}
    invoices = dict(
        Invoice.objects.filter(pk__in={each.invoice_id for each in lines.values()}).values_list("pk", "number")
    )
    found = [
        DisputeFact(
            each.public_id,
            each.owner.name,
            invoices[lines[each.line_id].invoice_id],
            lines[each.line_id].number,
            lines[each.line_id].reference,
            lines[each.line_id].verdict,
            each.said,
            each.state,
            each.answer,
        )
        for each in held
    ]
    return tuple(sorted(found, key=lambda each: each.state != Dispute.State.OPEN))
