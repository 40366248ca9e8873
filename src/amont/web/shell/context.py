"""What every page's template may use."""

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from amont.kernel.viewer import Role
from amont.parties import read as parties
from amont.web.shell.menu import menu

ROLES: dict[Role, Promise] = {
    Role.ADMIN: _("Administrator"),
    Role.CONTRIBUTOR: _("Contributor"),
    Role.READER: _("Reader"),
}


def shell(request: HttpRequest) -> dict[str, object]:
    """Return who looks (`me`, or None), its role in words, its menu, and whether this is a demo."""
    viewer = getattr(request, "viewer", None)
    me = parties.me(viewer) if viewer else None
    return {
        "me": me,
        "viewer": viewer,
        "role": ROLES[me.role] if me else "",
        "menu": menu(request, viewer) if viewer and me else [],
        "is_demo": settings.DEMO,
        "csp_nonce": getattr(request, "csp_nonce", ""),
    }
