"""Permission to grant, and to narrow what was granted."""

from django.utils.translation import gettext as _

from amont.kernel.errors import Denied
from amont.kernel.viewer import Viewer
from amont.parties.models import Organization


def decide(viewer: Viewer) -> None:
    """Let a person who may write decide for an organization whose identity was checked; else raise `Denied`."""
    narrow(viewer)
    checked_by = Organization.objects.values_list("checked_by", flat=True).get(pk=viewer.organization_id)
    if checked_by == Organization.Check.NONE:
        raise Denied(_("You can decide who sees more once your company's identity has been checked."))


def narrow(viewer: Viewer) -> None:
    """Let a person who may write give less, whether or not anybody checked the identity; else raise `Denied`."""
    if not viewer.may_write:
        raise Denied(_("Readers cannot change who sees what."))
