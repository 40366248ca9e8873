"""What every page's template may use."""

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from amont.consortia import read as consortia
from amont.kernel import clock
from amont.kernel.viewer import Role
from amont.parties import read as parties
from amont.web.shell.menu import left_out, menu, parts_of

ROLES: dict[Role, Promise] = {
    Role.ADMIN: _("Administrator"),
    Role.CONTRIBUTOR: _("Contributor"),
    Role.READER: _("Reader"),
}


def shell(request: HttpRequest) -> dict[str, object]:
    """Return who looks (`me`, or None), its role in words, its menu, whether this is a demo, and what heads a print."""
    viewer = getattr(request, "viewer", None)
    me = parties.me(viewer) if viewer else None
    standings = consortia.standings(viewer) if viewer and me else ()
    parts = parts_of(viewer, standings) if viewer and me else frozenset()
    return {
        "me": me,
        "viewer": viewer,
        "role": ROLES[me.role] if me else "",
        "menu": menu(request, parts) if me else [],
        "left_out": left_out(parts) if me else [],
        "seated_in": standings[0].consortium if standings else "",
        "today": clock.now(),
        "is_demo": settings.DEMO,
        "csp_nonce": getattr(request, "csp_nonce", ""),
    }
