"""Where a person is signed in: the list, and ending what one does not know."""

from dataclasses import dataclass
from datetime import datetime

from allauth.usersessions.internal.flows.sessions import end_sessions
from allauth.usersessions.models import UserSession
from django.contrib.auth import get_user_model
from django.db import transaction
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from amont.kernel.errors import NotKnown
from amont.ledger import actions as ledger
from amont.parties import read as parties


@dataclass(frozen=True, slots=True)
class Session:
    """One browser that is signed in: since when, from which address, as what it names itself."""

    ref: str
    since: datetime
    ip: str
    browser: str
    is_here: bool


def sessions_of(request: HttpRequest) -> tuple[Session, ...]:
    """Return where the signed-in person is signed in, this browser first, then the newest."""
    rows = [row for row in UserSession.objects.filter(user_id=request.user.pk) if row.exists()]
    found = [
        Session(_ref(row), row.created_at, row.ip, row.user_agent, row.session_key == request.session.session_key)
        for row in rows
    ]
    return tuple(sorted(found, key=lambda each: (not each.is_here, -each.since.timestamp())))


@transaction.atomic
def end(request: HttpRequest, ref: str) -> None:
    """Sign another browser out, or all others where `ref` is empty. Raises `NotKnown` where there is none."""
    rows = [row for row in UserSession.objects.filter(user_id=request.user.pk) if ref in {"", _ref(row)}]
    others = [row for row in rows if row.session_key != request.session.session_key]
    if ref and not others:
        raise NotKnown
    if others:
        end_sessions(request, others)
        viewer = parties.viewer_of(int(request.user.pk or 0))
        if viewer is not None:
            ledger.append(viewer, "end_sessions", detail={"count": len(others)})


def keep(request: HttpRequest) -> None:
    """Put a browser that has just been signed in on the list."""
    if isinstance(request.user, get_user_model()):
        UserSession.objects.create_from_request(request)


def _ref(row: UserSession) -> str:
    return salted_hmac("sessions on the list", row.session_key, algorithm="sha256").hexdigest()[:20]
