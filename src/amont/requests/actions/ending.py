"""Ending a line: it is bought no longer, so nothing is asked about it any more."""

from django.db import transaction

from amont.catalogue.models import Item
from amont.chain.actions.invitations import locked
from amont.chain.actions.lines import leave
from amont.kernel import clock
from amont.kernel.errors import NotKnown
from amont.kernel.viewer import Viewer
from amont.ledger import actions as ledger
from amont.requests import may
from amont.requests.actions.asking import still_asked
from amont.requests.models import Request, RequestLine

STANDING = (RequestLine.Status.OPEN, RequestLine.Status.ACCEPTED, RequestLine.Status.ANSWERED)


@transaction.atomic
def end_line(viewer: Viewer, line: str) -> None:
    """End one own article line: its links end for both sides, what is asked about it is taken back, no mail leaves.

    What it was stays readable under its id to its owner; brought again it is a line again, and may be asked about
    anew. Twice changes nothing. Raises `Denied`, `NotKnown`.
    """
    may.write(viewer)
    mine = Item.objects.select_for_update(of=("self",)).filter(owner_id=viewer.organization_id)
    row = mine.filter(public_id=line).first()
    if row is None:
        raise NotKnown
    if not row.is_bought:
        return
    sources = leave(viewer, row)
    asked = RequestLine.objects.filter(asker_id=viewer.organization_id, source_id__in=sources, status__in=STANDING)
    requests = set(asked.values_list("request_id", flat=True))
    asked.update(status=RequestLine.Status.CANCELLED)
    for invitation in set(Request.objects.filter(pk__in=requests).values_list("invitation_id", flat=True)):
        waiting = locked(pk=invitation) if invitation else None
        if waiting and waiting.used_at is None and not still_asked(waiting):
            waiting.cancelled_at = clock.now()
            waiting.save(update_fields=["cancelled_at"])
    ledger.append(viewer, "end_line", about=line, network=True)
