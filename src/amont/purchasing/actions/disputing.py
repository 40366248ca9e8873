"""Lines that a buyer does not agree with, and what the supplier answers."""

from django.db import transaction
from django.utils.translation import gettext as _

from amont.kernel import clock
from amont.kernel.errors import NotKnown, Refused
from amont.kernel.viewer import Viewer
from amont.ledger import actions as ledger
from amont.purchasing import may, opened
from amont.purchasing.models import Dispute, Invoice, InvoiceLine

_LONGEST = 1000


@transaction.atomic
def dispute(viewer: Viewer, agreement: str, *, document: str, line: str, said: str) -> str:
    """Say of a line of one's own that it is not as agreed; the supplier is asked. Return the dispute's public id.

    A line is disputed once; it counts as before until a credit note takes it back. Raises `NotKnown`, `Denied`,
    `Refused` at "said".
    """
    row = opened.agreement(viewer, agreement)
    may.write(viewer)
    held = Invoice.objects.filter(agreement_id=row.pk, owner_id=viewer.organization_id, number=document).first()
    asked = InvoiceLine.objects.filter(invoice_id=held.pk, number=line).first() if held else None
    if asked is None:
        raise NotKnown
    if not 0 < len(said.strip()) <= _LONGEST:
        raise Refused({"said": [_("Say what is not as agreed.")]})
    made, new = Dispute.objects.get_or_create(
        line=asked,
        owner_id=asked.owner_id,
        supplier_id=asked.supplier_id,
        agreement_id=row.pk,
        defaults={"said": said.strip(), "said_at": clock.now()},
    )
    if new:
        ledger.append(viewer, "dispute_line", about=made.public_id)
    return made.public_id


@transaction.atomic
def answer_dispute(viewer: Viewer, agreement: str, *, dispute: str, credit: bool, answer: str) -> None:
    """Answer, as the supplier, that a credit note follows, or why not; once. Raises `NotKnown`, `Denied`, `Refused`."""
    row = may.supply(viewer, agreement)
    held = Dispute.objects.select_for_update(of=("self",)).filter(agreement_id=row.pk, public_id=dispute).first()
    if held is None:
        raise NotKnown
    if len(answer.strip()) > _LONGEST or not (credit or answer.strip()):
        raise Refused({"answer": [_("Say why the line stands.")]})
    if held.state != Dispute.State.OPEN:
        return
    held.state = Dispute.State.CREDITED if credit else Dispute.State.REFUSED
    held.answer, held.answered_at = answer.strip(), clock.now()
    held.save(update_fields=["state", "answer", "answered_at"])
    ledger.append(viewer, "answer_dispute", about=held.public_id)
