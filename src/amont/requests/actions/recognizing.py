"""What a firm does with invitations that were sent to another address of its house: it recognizes them, or does not."""

from django.db import transaction
from django.utils.translation import gettext as _

from amont.chain.actions.invitations import keep, locked
from amont.chain.models import Invitation
from amont.consortia.actions import leave_as_partner
from amont.consortia.models import Consortium, Participation
from amont.disclosure.unsealed import unsealed
from amont.kernel import clock
from amont.kernel.errors import NotKnown, Refused
from amont.kernel.viewer import Viewer
from amont.ledger import actions as ledger
from amont.requests import may
from amont.requests.actions.joining import still_open, take_up
from amont.requests.models import Draft, Recognized, Request, RequestLine
from amont.requests.read.recognizing import is_touched, meant


@transaction.atomic
def take_as_ours(viewer: Viewer, *, invitation: str) -> None:
    """Take requests up that were sent to another address of the viewer's own house (public id of the invitation).

    From then on they are answered as all others are, in one form; the link that was mailed says that it was used. Who
    asked is told nothing. Twice changes nothing. Raises `Denied` to a reader, `NotKnown` for what is not the firm's.
    """
    may.write(viewer)
    found = _meant(viewer, invitation)
    if found is None:
        return
    before = _consortia(viewer)
    take_up(viewer, still_open(found))
    joined = sorted(_consortia(viewer) - before)
    Recognized.objects.create(
        owner_id=viewer.organization_id, invitation=found, is_ours=True, joined=joined, said_at=clock.now()
    )
    ledger.append(viewer, "take_as_ours", about=invitation)


@transaction.atomic
def say_not_ours(viewer: Viewer, *, invitation: str) -> None:
    """Keep in mind that such an invitation is for another firm: it is not shown again. Raises as `take_as_ours`."""
    may.write(viewer)
    found = _meant(viewer, invitation)
    if found is not None:
        Recognized.objects.create(owner_id=viewer.organization_id, invitation=found, is_ours=False, said_at=clock.now())
        ledger.append(viewer, "say_not_ours", about=invitation)


@transaction.atomic
def give_back(viewer: Viewer, *, invitation: str) -> None:
    """Take back what was said of such an invitation: it waits again for whoever holds its link.

    Drafts go; partnerships that came with it end. Raises `Denied` to a reader, `NotKnown` where nothing was said, and
    `Refused` once something of it was answered, or its sender has asked the firm directly since.
    """
    may.write(viewer)
    found = locked(invitation)
    said = Recognized.objects.select_for_update(of=("self",)).filter(owner_id=viewer.organization_id)
    row = said.filter(invitation_id=found.pk).first() if found else None
    if row is None or found is None:
        raise NotKnown
    if row.is_ours:
        _let_go(viewer, found)
        for consortium in row.joined:
            if not Request.objects.filter(
                supplier_id=viewer.organization_id, consortium__public_id=consortium
            ).exists():
                leave_as_partner(viewer, consortium=consortium)
    row.delete()
    ledger.append(viewer, "give_back_invitation", about=invitation, network=True)


def _meant(viewer: Viewer, public_id: str) -> Invitation | None:
    """Return an invitation that concerns the viewer's firm, locked; none where the firm took it up already."""
    found = locked(public_id)
    if found is None:
        raise NotKnown
    if Recognized.objects.filter(owner_id=viewer.organization_id, invitation_id=found.pk).exists():
        return None
    if public_id not in {each.invitation for each in meant(viewer)}:
        raise NotKnown
    return found


def _let_go(viewer: Viewer, invitation: Invitation) -> None:
    with unsealed("the firm hands back what it took up from another address"):
        requests = list(
            Request.objects.select_for_update(of=("self",)).filter(invitation_id=invitation.pk).order_by("pk")
        )
        lines = RequestLine.objects.filter(request_id__in=[row.pk for row in requests])
        if is_touched(viewer, requests, lines):
            raise Refused(_("You have answered some of it, or were asked more since: it stays with your company."))
        Draft.objects.filter(owner_id=viewer.organization_id, line__in=lines).delete()
        lines.update(supplier_id=None)
        Request.objects.filter(pk__in=[row.pk for row in requests]).update(supplier_id=None)
    invitation.used_at = invitation.accepted_by_id = None
    keep(invitation, "used_at", "accepted_by")


def _consortia(viewer: Viewer) -> set[str]:
    mine = Participation.objects.filter(organization_id=viewer.organization_id).values_list("consortium_id", flat=True)
    return set(Consortium.objects.filter(pk__in=list(mine)).values_list("public_id", flat=True))
