"""Who comes: the bearer of an access token, and what it may."""

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja.security import HttpBearer

from amont.kernel.errors import Denied
from amont.kernel.viewer import Viewer
from amont.parties import read as parties
from amont.parties.facts import Bearer

_SCHEME = "bearer "


def bearer_of(request: HttpRequest) -> Bearer | None:
    """Return who comes with a token that works, looked up once for each request; a session is nobody here."""
    if not hasattr(request, "bearer"):
        said = request.headers.get("Authorization", "")
        found = parties.bearer_of(said[len(_SCHEME) :].strip()) if said.lower().startswith(_SCHEME) else None
        request.bearer = found  # type: ignore[attr-defined]
    bearer: Bearer | None = request.bearer  # type: ignore[attr-defined]
    return bearer


def viewer_of(request: HttpRequest) -> Viewer:
    """Return on whose behalf a program asks. Raises `Denied` where it came without a token."""
    bearer = bearer_of(request)
    if bearer is None:
        raise Denied
    return bearer.viewer


class Token(HttpBearer):
    """Lets in a token that works and has a scope: without the first 401, without the second 403."""

    def __init__(self, scope: str) -> None:
        """Keep the scope that is needed."""
        self.scope = scope
        super().__init__()

    def authenticate(self, request: HttpRequest, token: str) -> Viewer | None:  # noqa: ARG002 - ninja's signature
        """Return the viewer. Raises `Denied` for a token that works and may not do this."""
        bearer = bearer_of(request)
        if bearer is None:
            return None
        if self.scope not in bearer.scopes:
            raise Denied(_("This token may not do this: it needs %(scope)s.") % {"scope": self.scope})
        return bearer.viewer
