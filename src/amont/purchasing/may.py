"""Who may do what in a network and about an agreement."""

from django.utils.translation import gettext as _

from amont.kernel.errors import Denied, NotKnown
from amont.kernel.viewer import Viewer
from amont.purchasing.models import Agreement, Participant


def write(viewer: Viewer) -> None:
    """Let those who may write act. Raises `Denied` for a reader."""
    if not viewer.may_write:
        raise Denied(_("Your role reads only. Ask an administrator of your company."))


def administer(viewer: Viewer) -> None:
    """Let administrators commit their organization. Raises `Denied`."""
    if not viewer.may_administer:
        raise Denied(_("Only an administrator of your organization may do this."))


def take_part(viewer: Viewer, network: str) -> Participant:
    """Return the viewer's part in a network. Raises `NotKnown` for whoever has none: it may not even exist."""
    rows = Participant.objects.filter(network__public_id=network, organization_id=viewer.organization_id)
    part = rows.select_related("network").first()
    if part is None:
        raise NotKnown
    return part


def operate(viewer: Viewer, network: str) -> Participant:
    """Return the viewer's part as operator. Raises `NotKnown`, `Denied`."""
    part = take_part(viewer, network)
    if not part.is_operator:
        raise Denied(_("Only who runs this network may do this."))
    administer(viewer)
    return part


def buy(viewer: Viewer, network: str) -> Participant:
    """Return the viewer's part as a buyer. Raises `NotKnown`, `Denied`."""
    part = take_part(viewer, network)
    be_buyer(part)
    write(viewer)
    return part


def be_buyer(part: Participant) -> None:
    """Let buyers alone go on. Raises `Denied`."""
    if not part.is_buyer:
        raise Denied(_("Only buyers of this network may do this."))


def decide_for(viewer: Viewer, agreement: str) -> Agreement:
    """Return an agreement of which the viewer is owner or supplier. Raises `NotKnown`, `Denied` for a reader."""
    row = Agreement.objects.filter(public_id=agreement).first()
    if row is None:
        raise NotKnown
    write(viewer)
    return row


def own(viewer: Viewer, agreement: str) -> Agreement:
    """Return an agreement that the viewer owns. Raises `NotKnown`, `Denied`."""
    row = decide_for(viewer, agreement)
    if row.owner_id != viewer.organization_id:
        raise Denied(_("Only the owner of this agreement may do this."))
    return row


def supply(viewer: Viewer, agreement: str) -> Agreement:
    """Return an agreement under which the viewer sells. Raises `NotKnown`, `Denied`."""
    row = decide_for(viewer, agreement)
    if row.supplier_id != viewer.organization_id:
        raise Denied(_("Only the supplier of this agreement may do this."))
    return row
