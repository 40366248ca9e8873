"""Who may ask and answer."""

from django.utils.translation import gettext as _

from amont.kernel.errors import Denied
from amont.kernel.viewer import Viewer


def write(viewer: Viewer) -> None:
    """Let admins and contributors act. Raises `Denied` for a reader."""
    if not viewer.may_write:
        raise Denied(_("You may read for your organization, not ask or answer. An administrator can change that."))
