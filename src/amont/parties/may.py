"""Who may change what about an organization."""

from django.utils.translation import gettext as _

from amont.kernel.errors import Denied
from amont.kernel.viewer import Viewer


def write(viewer: Viewer) -> None:
    """Raise `Denied` for a person who only reads."""
    if not viewer.may_write:
        raise Denied(_("You may read here, and change nothing. Ask an administrator of your organization."))


def administer(viewer: Viewer) -> None:
    """Raise `Denied` for a person who is no administrator of the organization."""
    if not viewer.may_administer:
        raise Denied(_("Only an administrator of your organization may do this."))
