"""Who may let programs be called."""

from django.utils.translation import gettext as _

from amont.kernel.errors import Denied
from amont.kernel.viewer import Viewer


def administer(viewer: Viewer) -> None:
    """Raise `Denied` for a person who is no administrator of the organization."""
    if not viewer.may_administer:
        raise Denied(_("Only an administrator of your organization may do this."))
