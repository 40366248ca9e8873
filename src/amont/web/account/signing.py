"""Letting a person in after an act that proved who it is: an account opened, an invitation accepted."""

from django.contrib.auth import get_user_model, login
from django.http import HttpRequest

from amont.kernel.errors import Denied
from amont.kernel.viewer import Viewer
from amont.parties import read as parties
from amont.web.account.sessions import keep
from amont.web.shell.middleware import SESSION_KEY

BACKEND = "amont.web.account.even.Backend"


def sign_in(request: HttpRequest, viewer: Viewer) -> None:
    """Sign the viewer's person in and let it act for the viewer's organization. Only after the person was proved."""
    if viewer.person_id is None:
        raise Denied
    person = get_user_model().objects.get(pk=viewer.person_id)
    if request.user.pk != person.pk:
        login(request, person, backend=BACKEND)
        keep(request)
    act_for(request, viewer)


def act_for(request: HttpRequest, viewer: Viewer) -> None:
    """Let the signed-in person act for the viewer's organization from now on."""
    chosen = parties.me(viewer)
    if chosen is not None:
        request.session[SESSION_KEY] = chosen.organization
