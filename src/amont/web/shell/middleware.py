"""Who looks at each request, and what becomes of refusals."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from amont.disclosure.guard import looking_as
from amont.kernel.errors import Denied, NotKnown
from amont.kernel.viewer import Viewer
from amont.parties import read as parties

Next = Callable[[HttpRequest], HttpResponse]
SESSION_KEY = "organization"


class ViewerMiddleware:
    """Makes of the signed-in person and the organization chosen in the session a viewer, and looks as it."""

    def __init__(self, get_response: Next) -> None:
        """Keep what comes next."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer as the viewer; signed-in pages are never stored."""
        viewer = self._viewer(request)
        request.viewer = viewer  # type: ignore[attr-defined]
        with looking_as(viewer):
            response = self.get_response(request)
        if request.user.is_authenticated:
            response.headers["Cache-Control"] = "no-store"
        return response

    def _viewer(self, request: HttpRequest) -> Viewer | None:
        if not request.user.is_authenticated or request.user.pk is None:
            return None
        return parties.viewer_of(request.user.pk, organization=request.session.get(SESSION_KEY))


class ErrorsMiddleware:
    """Hidden is 404, the same bytes as not existing; visible but forbidden is 403."""

    def __init__(self, get_response: Next) -> None:
        """Keep what comes next."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass on."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, trouble: Exception) -> HttpResponse | None:
        """Turn the two answers of the domain into pages."""
        if isinstance(trouble, NotKnown):
            return render(request, "404.html", status=404)
        if isinstance(trouble, Denied):
            return render(request, "403.html", {"reason": str(trouble)}, status=403)
        return None
