"""Who may change what about a consortium."""

from django.utils.translation import gettext as _

from amont.consortia.models import Participation
from amont.kernel.errors import Denied, NotKnown
from amont.kernel.viewer import Viewer


def take_part(viewer: Viewer, consortium: str) -> Participation:
    """Return the viewer's part in a consortium. Raises `NotKnown` for whoever has none: it may not even exist."""
    part = (
        Participation.objects.filter(consortium__public_id=consortium, organization_id=viewer.organization_id)
        .select_related("consortium")
        .first()
    )
    if part is None:
        raise NotKnown
    return part


def coordinate(viewer: Viewer, consortium: str) -> Participation:
    """Return the viewer's part as coordinator. Raises `NotKnown` or `Denied`."""
    part = take_part(viewer, consortium)
    if not part.is_coordinator:
        raise Denied(_("Only the coordinator of this consortium may do this."))
    administer(viewer)
    return part


def know_members(viewer: Viewer, consortium: str) -> Participation:
    """Return the viewer's part if it may know the members: members and coordinators. Raises `NotKnown`."""
    part = take_part(viewer, consortium)
    if not (part.is_member or part.is_coordinator):
        raise NotKnown
    return part


def administer(viewer: Viewer) -> None:
    """Raise `Denied` unless the person may decide for its organization."""
    if not viewer.may_administer:
        raise Denied(_("Only an administrator of your organization may do this."))
