"""Keeping a vendor out of joint talks, by whoever runs the network or by the vendor's own wish."""

from django.db import transaction
from django.utils.translation import gettext as _

from amont.kernel import clock
from amont.kernel.errors import NotKnown, Refused
from amont.kernel.viewer import Viewer
from amont.ledger import actions as ledger
from amont.parties.models import Organization
from amont.purchasing import may
from amont.purchasing.models import Exclusion, Participant

_LONGEST = 600


@transaction.atomic
def exclude(viewer: Viewer, network: str, *, vendor: str, reason: str) -> None:
    """Exclude a vendor from joint talks, as who runs the network: no agreement with it is drafted or opened there.

    Dated, with its reason; what is open already stays as it is. Twice changes nothing. Raises `NotKnown`, `Denied`,
    `Refused` at "reason".
    """
    part = may.operate(viewer, network)
    sold = Participant.objects.filter(
        network_id=part.network_id, is_vendor=True, organization__public_id=vendor
    ).first()
    if sold is None:
        raise NotKnown
    _keep_out(viewer, sold, reason, own_wish=False)


@transaction.atomic
def ask_to_stand_apart(viewer: Viewer, network: str, *, reason: str) -> None:
    """Ask, as a vendor, for talks of one's own: nobody drafts an agreement with it in this network from now on.

    Raises `NotKnown` for who sells nothing there, `Denied`, `Refused` at "reason".
    """
    may.administer(viewer)
    part = may.take_part(viewer, network)
    if not part.is_vendor:
        raise NotKnown
    _keep_out(viewer, part, reason, own_wish=True)


def _keep_out(viewer: Viewer, part: Participant, reason: str, *, own_wish: bool) -> None:
    if not 0 < len(reason.strip()) <= _LONGEST:
        raise Refused({"reason": [_("Fill this in.")]})
    Organization.objects.select_for_update(of=("self",)).get(pk=part.organization_id)
    which = {"network_id": part.network_id, "organization_id": part.organization_id, "ended_at": None}
    said = {"reason": reason.strip(), "is_own_wish": own_wish, "since": clock.now()}
    _row, made = Exclusion.objects.get_or_create(**which, defaults=said)
    if made:
        ledger.append(viewer, "exclude_vendor", about=part.network.public_id)


@transaction.atomic
def readmit(viewer: Viewer, network: str, *, vendor: str) -> None:
    """Let a vendor take part in joint talks again, as who runs the network. Raises `NotKnown`, `Denied`."""
    part = may.operate(viewer, network)
    held = Exclusion.objects.filter(network_id=part.network_id, organization__public_id=vendor, ended_at=None)
    if held.update(ended_at=clock.now()):
        ledger.append(viewer, "readmit_vendor", about=network)
