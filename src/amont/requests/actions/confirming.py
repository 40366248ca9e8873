"""What a firm without an account does: confirm to who stated it that it is the source (disclosure rule, 4.3)."""

from collections.abc import Collection

from django.db import transaction

from amont.chain.models import Contact, Source
from amont.disclosure.unsealed import unsealed
from amont.kernel import clock
from amont.kernel.errors import Refused
from amont.ledger import actions as ledger
from amont.requests import notices, words
from amont.requests.actions.joining import held
from amont.requests.models import Request, RequestLine


@transaction.atomic
def confirm_statement(token: str, *, lines: Collection[str]) -> None:
    """Confirm, for the holder of a mailed link, that its firm is the source of these lines (public ids).

    Each stays a stated source, "confirmed to the declarer": no name shows, no link is made, the invitation stays open.
    What was confirmed before stays so. Raises `NotKnown` and `Refused` as all that the holder of a mailed link does,
    `Refused` at "lines" where none is chosen or one is not asked here.
    """
    invitation = held(token)
    wanted = set(lines)
    if not wanted:
        raise Refused({"lines": [words.MISTAKES["choose"]]})
    with unsealed("the invited confirms before any account"):
        requests = {row.pk: row for row in Request.objects.filter(invitation_id=invitation.pk)}
        found = RequestLine.objects.filter(request_id__in=requests, status=RequestLine.Status.OPEN)
        asked = list(found.filter(public_id__in=wanted, source_id__isnull=False))
        if len(asked) < len(wanted):
            raise Refused({"lines": [words.MISTAKES["not_known"]]})
        sources = Source.objects.filter(pk__in=[each.source_id for each in asked], confirmed_at=None)
        new = set(sources.values_list("pk", flat=True))
        sources.update(confirmed_at=clock.now(), refused_at=None)
        firm = Contact.objects.get(pk=invitation.contact_id).name
    if not new:
        return
    for key, row in requests.items():
        count = sum(each.request_id == key and each.source_id in new for each in asked)
        if count:
            notices.confirmed(row, lines=count, firm=firm)
    ledger.append(None, "confirm_statement", about=invitation.public_id, network=True)
