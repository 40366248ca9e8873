"""Who may change lines."""

from django.utils.translation import gettext as _

from amont.kernel.errors import Denied
from amont.kernel.viewer import Viewer


def write(viewer: Viewer) -> None:
    """Let admins and contributors change their organization's own lines and book. Raises `Denied`."""
    if not viewer.may_write:
        raise Denied(_("As a reader you can look, but not change anything. Ask an administrator of your company."))
