"""What goes wrong, told by RFC 9457, in the language that was asked for."""

import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from http import HTTPStatus
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from ninja import NinjaAPI, Schema
from ninja.errors import AuthenticationError, HttpError, ValidationError
from pydantic import Field

from amont.kernel.errors import Denied, NotKnown, Refused

log = logging.getLogger(__name__)
MEDIA_TYPE = "application/problem+json"
TITLES: Mapping[int, tuple[str, Promise]] = {
    HTTPStatus.BAD_REQUEST: ("not-understood", _("This is not JSON that can be read.")),
    HTTPStatus.UNAUTHORIZED: ("no-token", _("Come with an access token that works.")),
    HTTPStatus.FORBIDDEN: ("not-allowed", _("This is not allowed.")),
    HTTPStatus.NOT_FOUND: ("not-known", _("There is nothing here that you may see.")),
    HTTPStatus.METHOD_NOT_ALLOWED: ("no-such-method", _("This method does nothing here.")),
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: (
        "too-large",
        _("This is too much for one request."),
    ),
    HTTPStatus.UNPROCESSABLE_ENTITY: ("not-accepted", _("What was sent does not do.")),
    HTTPStatus.TOO_MANY_REQUESTS: ("too-many", _("Too many requests. Wait a little.")),
    HTTPStatus.INTERNAL_SERVER_ERROR: ("went-wrong", _("Something went wrong here. It is our mistake.")),
    HTTPStatus.SERVICE_UNAVAILABLE: ("not-now", _("This cannot be answered now. Try again in a little while.")),
}
_WORDS: tuple[tuple[str, Promise], ...] = (
    ("missing", _("This is needed.")),
    ("extra_forbidden", _("There is no such field.")),
    ("string_too_short", _("This is too short.")),
    ("string_too_long", _("This is too long.")),
    ("too_long", _("These are too many.")),
    ("too_short", _("These are too few.")),
    ("enum", _("Choose from the list.")),
    ("literal_error", _("Choose from the list.")),
    ("less_than", _("This number is too large.")),
    ("greater_than", _("This number is too small.")),
    ("date", _("Write this as a day or a moment of ISO 8601.")),
    ("string_type", _("This is to be a text.")),
    ("int", _("This is to be a whole number.")),
    ("bool", _("This is to be true or false.")),
    ("list_type", _("This is to be a list.")),
)
_OTHER = _("This does not do.")


class Wrong(Schema):
    """One thing that is wrong, and where: a JSON pointer into what was sent ("" for the whole)."""

    pointer: str
    detail: str


class Problem(Schema):
    """Problem details (RFC 9457); `errors` is there for input that does not do."""

    type: str
    title: str
    status: int
    detail: str = ""
    errors: list[Wrong] = Field(default_factory=list)


def problem(status: int, *, detail: str = "", errors: Sequence[tuple[str, str]] = ()) -> HttpResponse:
    """Return a problem as an answer; of one status and language without more, always the same bytes."""
    name, title = TITLES[status]
    told = Problem(
        type=f"urn:amont:problem:{name}",
        title=str(title),
        status=status,
        detail=detail,
        errors=[Wrong(pointer=pointer, detail=said) for pointer, said in errors],
    )
    answer = HttpResponse(told.model_dump_json(exclude_defaults=True), status=status, content_type=MEDIA_TYPE)
    if status == HTTPStatus.UNAUTHORIZED:
        answer.headers["WWW-Authenticate"] = "Bearer"
    return answer


def tell_problems(api: NinjaAPI) -> None:
    """Let an API tell the answers of the domain, and what a framework refuses, as problems."""
    handlers: Mapping[type[Exception], Callable[[Any], HttpResponse]] = {
        NotKnown: lambda _trouble: problem(404),
        Denied: lambda trouble: problem(403, detail=str(trouble)),
        Refused: lambda trouble: problem(422, errors=list(_refused(trouble))),
        ValidationError: lambda trouble: problem(422, errors=list(_invalid(trouble.errors))),
        AuthenticationError: lambda _trouble: problem(401),
        HttpError: lambda trouble: problem(trouble.status_code),
        RequestDataTooBig: lambda _trouble: problem(413),
        Exception: _our_mistake,
    }
    for kind, tell in handlers.items():
        api.add_exception_handler(kind, _handler(tell))


def _our_mistake(trouble: Exception) -> HttpResponse:
    log.error("the API went wrong", exc_info=trouble)
    return problem(500)


def _handler(tell: Callable[[Any], HttpResponse]) -> Callable[[HttpRequest, Any], HttpResponse]:
    def handle(_request: HttpRequest, trouble: Any) -> HttpResponse:  # noqa: ANN401 - ninja's handlers take any
        return tell(trouble)

    return handle


def _refused(trouble: Refused) -> Iterator[tuple[str, str]]:
    for field, found in trouble.errors.items():
        for said in found:
            yield pointer(field.split(".") if field else ()), str(said)


def _invalid(errors: Sequence[Mapping[str, Any]]) -> Iterator[tuple[str, str]]:
    for each in errors:
        source, *where = each["loc"]
        inside = where[1:] if source == "body" else [f"?{where[0]}"] if source == "query" else where
        yield pointer(str(part) for part in inside), _said(each["type"])


def _said(kind: str) -> str:
    return str(next((words for start, words in _WORDS if kind.startswith(start)), _OTHER))


def pointer(parts: Any) -> str:  # noqa: ANN401 - any texts
    """Return a JSON pointer as a fragment: "#/inputs/0/name"; "" for the whole."""
    escaped = [part.replace("~", "~0").replace("/", "~1") for part in parts]
    return "#" + "".join(f"/{part}" for part in escaped) if escaped else ""


def told(model: object, *, status: int = 200, one: bool = False, takes: bool = False) -> dict[int, object]:
    """Return what an operation may answer: its model, and problems; `one` may be not known, `takes` a body."""
    problems = [401, 403, 422, 429, *([404] if one else []), *([400, 413] if takes else [])]
    return {status: model, **dict.fromkeys(sorted(problems), Problem)}
