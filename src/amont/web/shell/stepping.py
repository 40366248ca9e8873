"""What needs a fresh proof of who one is, and how fresh one is: the one place that decides it.

Exports, administration, widening to everything or to everybody: whoever sits down at an unlocked screen gets none
of them. Narrowing and revoking never need it.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from amont.kernel import clock
from amont.web.shell.handing import is_file

PROVED = "proved_at"
READING = {"GET", "HEAD", "OPTIONS"}

View = Callable[..., HttpResponse]
When = Callable[..., bool]


def sending(request: HttpRequest, **_arguments: str) -> bool:
    """Tell whether something is sent; looking at the form needs no proof."""
    return request.method not in READING


def always(_request: HttpRequest, **_arguments: str) -> bool:
    """Say that the page itself needs it."""
    return True


def step_up(when: When = sending) -> Callable[[View], View]:
    """Let a view be reached with a fresh proof only, `when(request, **arguments)` says so."""

    def declared(view: View) -> View:
        @wraps(view)
        def same(*args: Any, **kwargs: Any) -> HttpResponse:  # noqa: ANN401 - whatever the view takes
            return view(*args, **kwargs)

        same.needs_proof = when  # type: ignore[attr-defined]
        return same

    return declared


def needs_proof(request: HttpRequest, view: View, arguments: dict[str, str]) -> bool:
    """Tell whether a request asks for what only a fresh proof gives: any table as a file, or what its view declares."""
    when: When | None = getattr(view, "needs_proof", None)
    return is_file(request) or (when is not None and when(request, **arguments))


def is_fresh(request: HttpRequest) -> bool:
    """Tell whether the person proved who it is in the last minutes: by signing in, or once more since."""
    proved = request.session.get(PROVED)
    age = timedelta(minutes=settings.STEP_UP_MINUTES)
    return proved is not None and timedelta(0) <= clock.now() - datetime.fromisoformat(proved) < age


def proved_now(request: HttpRequest) -> None:
    """Keep that the person has just proved who it is."""
    request.session[PROVED] = clock.now().isoformat()


def on_sign_in(sender: object, request: HttpRequest | None = None, **_rest: object) -> None:  # noqa: ARG001 - Django's
    """Count a sign-in as a proof, by whatever way it came: it is Django's one signal of them all."""
    if request is not None:
        proved_now(request)
