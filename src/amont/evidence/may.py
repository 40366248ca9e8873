"""Permission to act on certificates and documents."""

from django.utils.translation import gettext as _

from amont.kernel.errors import Denied
from amont.kernel.viewer import Viewer


def write(viewer: Viewer) -> None:
    """Let those who may write add, replace and remove. Raises `Denied` for a reader."""
    if not viewer.may_write:
        raise Denied(_("Your role reads only. Ask an administrator of your company."))
