"""The door of the API: who comes, how often, the same request once, and nothing of it stored on the way."""

import logging
import re
from collections.abc import Callable
from functools import wraps
from http import HTTPStatus

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.db import DatabaseError, transaction
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from amont.api.auth import bearer_of
from amont.api.problems import problem
from amont.disclosure.guard import looking_as
from amont.disclosure.reading import Channel, Notes, noting, write
from amont.kernel import clock
from amont.kernel.errors import Refused
from amont.kernel.ids import is_public_id
from amont.parties.actions import note_use
from amont.parties.actions.replays import answered_before, keep_answer
from amont.parties.facts import Answered, Bearer

log = logging.getLogger(__name__)
View = Callable[..., HttpResponse]
MINUTE = 60
KEYS = "[!-~]{1,255}"
KEY = "Idempotency-Key"


def through_the_door(view: View) -> View:
    """Return a view of the API behind its door.

    Every answer is `no-store`; a token asks at most `API_RATE` times a minute (429); a POST with an
    `Idempotency-Key` is done once and answered the same way again, for a day.
    """

    @csrf_exempt
    @wraps(view)
    def answered(request: HttpRequest, **named: object) -> HttpResponse:
        bearer = bearer_of(request)
        with looking_as(bearer.viewer if bearer else None), noting() as notes:
            known = bearer is None or all(is_public_id(str(each)) for each in named.values())
            ask = (lambda: view(request, **named)) if known else (lambda: problem(404))
            answer = _let_in(request, bearer, ask)
        answer = _logged(answer, notes)
        answer.headers["Cache-Control"] = "no-store"
        return answer

    return login_not_required(answered)  # a token is asked for, not a session


def _logged(answer: HttpResponse, notes: Notes) -> HttpResponse:
    """Return the answer once what it tells of others is in their access logs; else it does not leave."""
    if answer.status_code >= HTTPStatus.BAD_REQUEST:
        return answer
    try:
        write(notes, Channel.API)
    except DatabaseError:
        log.exception("the access log could not be written, so the answer did not leave")
        return problem(503)
    return answer


def _let_in(request: HttpRequest, bearer: Bearer | None, ask: Callable[[], HttpResponse]) -> HttpResponse:
    if bearer is None:
        return _told(ask())
    wait = _seconds_to_wait(bearer)
    if wait:
        answer = problem(429)
        answer.headers["Retry-After"] = str(wait)
        return answer
    note_use(bearer)
    key = request.headers.get(KEY)
    return _once(request, bearer, key, ask) if key is not None and request.method == "POST" else _told(ask())


def _told(answer: HttpResponse) -> HttpResponse:
    """Tell a method that does nothing here as a problem too."""
    if answer.status_code != HTTPStatus.METHOD_NOT_ALLOWED:
        return answer
    told = problem(405)
    told.headers["Allow"] = answer.headers.get("Allow", "")
    return told


def _seconds_to_wait(bearer: Bearer) -> int:
    """Count this request, and return 0, or how many seconds are left of a minute that is full."""
    second = int(clock.now().timestamp())
    counter = f"api-{bearer.key}-{second // MINUTE}"
    cache.add(counter, 0, timeout=2 * MINUTE)
    asked = int(cache.incr(counter))
    return 0 if asked <= settings.API_RATE else MINUTE - second % MINUTE


def _once(request: HttpRequest, bearer: Bearer, key: str, ask: Callable[[], HttpResponse]) -> HttpResponse:
    if not re.fullmatch(KEYS, key):
        return problem(422, detail=_("An Idempotency-Key is 1 to 255 visible ASCII characters."))
    said = f"{request.method} {request.get_full_path()} {request.body.decode(errors='backslashreplace')}"
    try:
        with transaction.atomic():
            before = answered_before(bearer, key, request=said)
            if before is not None:
                return HttpResponse(before.body, status=before.status, content_type=before.media_type)
            answer = _told(ask())
            if (
                answer.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR
            ):  # our mistake: nothing is kept, of the act nor of the answer
                transaction.set_rollback(True)
                return answer
            kept = Answered(answer.status_code, answer.headers["Content-Type"], answer.content.decode())
            keep_answer(bearer, key, kept)
            return answer
    except Refused as other:
        return problem(422, detail=str(other))
