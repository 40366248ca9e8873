"""Who looks at each request, and what becomes of refusals."""

import logging
from collections.abc import Callable
from http import HTTPStatus
from typing import TypeVar

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from amont.disclosure.guard import looking_as
from amont.disclosure.reading import Channel, noting, write
from amont.kernel.errors import Denied, NotKnown
from amont.kernel.viewer import Viewer
from amont.parties import read as parties

log = logging.getLogger(__name__)

NO_ORGANIZATION = "shell/no_organization.html"

Next = Callable[[HttpRequest], HttpResponse]
View = TypeVar("View", bound=Callable[..., HttpResponse])
SESSION_KEY = "organization"


def viewer_of(request: HttpRequest) -> Viewer | None:
    """Return who looks at a page: None where nobody is signed in, or a person acts for no organization."""
    found: Viewer | None = getattr(request, "viewer", None)
    return found


def for_persons(view: View) -> View:
    """Let a signed-in person in who acts for no organization: an auditor, or the operator's staff."""
    view.is_for_persons = True  # type: ignore[attr-defined]
    return view


def signed_in(request: HttpRequest) -> Viewer:
    """Return who looks at a page that needs a viewer. Raises `Denied` for a person of no organization."""
    viewer = viewer_of(request)
    if viewer is None:
        raise Denied
    return viewer


class ViewerMiddleware:
    """Makes of the signed-in person and the organization chosen in the session a viewer, and looks as it."""

    def __init__(self, get_response: Next) -> None:
        """Keep what comes next."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer as the viewer; what others' facts it tells is in their access logs before it leaves, or it does not.

        Signed-in pages are never stored.
        """
        viewer = self._viewer(request)
        request.viewer = viewer  # type: ignore[attr-defined]
        with looking_as(viewer), noting() as notes:
            response = self.get_response(request)
        if response.status_code < HTTPStatus.BAD_REQUEST:
            try:
                write(notes, _channel(response))
            except DatabaseError:
                log.exception("the access log could not be written, so the answer did not leave")
                response = render(request, "503.html", status=503)
        if request.user.is_authenticated:
            response.headers["Cache-Control"] = "no-store"
        return response

    def process_view(
        self, request: HttpRequest, view: Callable[..., object], _args: object, _kwargs: object
    ) -> HttpResponse | None:
        """Tell a person who acts for no organization so, wherever a page needs one."""
        is_public = not getattr(view, "login_required", True) or view.__module__.startswith("allauth.")
        is_public = is_public or getattr(view, "is_for_persons", False)
        if is_public or viewer_of(request) is not None or not request.user.is_authenticated:
            return None
        return render(request, NO_ORGANIZATION, status=403)

    def _viewer(self, request: HttpRequest) -> Viewer | None:
        if not request.user.is_authenticated or request.user.pk is None:
            return None
        return parties.viewer_of(request.user.pk, organization=request.session.get(SESSION_KEY))


def _channel(response: HttpResponse) -> Channel:
    """Return by what an answer tells: a file where it is handed out as one."""
    is_file = response.headers.get("Content-Disposition", "").startswith("attachment")
    return Channel.FILE if is_file else Channel.PAGE


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
