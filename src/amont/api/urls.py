"""The API: its resources under one version, behind one door."""

import json
from collections.abc import Callable, Sequence
from functools import cache
from http import HTTPStatus
from pathlib import Path
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path, re_path
from ninja import NinjaAPI
from ninja.renderers import JSONRenderer
from ninja.responses import NinjaJSONEncoder

from amont import api as package
from amont.api.door import KEY, KEYS, through_the_door
from amont.api.problems import MEDIA_TYPE, problem, tell_problems
from amont.api.v1 import answers, coverage, grants, lines, requests, view

app_name = "api"
DESCRIPTION = Path(package.__file__).parent / "openapi.json"
PUBLIC_ID = "^[2-9a-hjkmnp-z]{20}$"
RESOURCES = {
    "lines": lines.router,
    "requests": requests.router,
    "answers": answers.router,
    "grants": grants.router,
    "view": view.router,
    "coverage": coverage.router,
}
ABOUT = (
    "Trace together what a sector buys, without exposing who buys from whom. Every answer is cut to what the token's "
    "organization may see. What is hidden and what never existed are one answer: 404."
)


class _Encoder(NinjaJSONEncoder):
    """Writes sets in order, so that one answer has one text."""

    def default(self, o: Any) -> Any:  # noqa: ANN401 - json's own signature
        return sorted(o) if isinstance(o, frozenset | set) else super().default(o)


class _Renderer(JSONRenderer):
    """JSON by this encoder."""

    encoder_class = _Encoder


api = NinjaAPI(
    title="Amont",
    version="1",
    description=ABOUT,
    urls_namespace="api",
    openapi_url=None,
    docs_url=None,
    renderer=_Renderer(),
)
tell_problems(api)
for name, router in RESOURCES.items():
    api.add_router(f"/{name}", router)


def described() -> dict[str, object]:
    """Return the OpenAPI description of this version: problems by their own media type, ids and headers as they are."""
    found: dict[str, object] = json.loads(json.dumps(api.get_openapi_schema(path_prefix="api/v1/")))
    for operations in found["paths"].values():  # type: ignore[attr-defined]
        for method, operation in operations.items():
            _describe(method, operation)
    return found


def _describe(method: str, operation: Any) -> None:  # noqa: ANN401 - JSON
    for each in operation["parameters"]:
        if each["in"] == "path":
            each["schema"]["pattern"] = PUBLIC_ID
    if method == "post":
        operation["parameters"].append(
            {"in": "header", "name": KEY, "required": False, "schema": {"type": "string", "pattern": f"^{KEYS}$"}}
        )
    for status, answer in operation["responses"].items():
        if int(status) >= HTTPStatus.BAD_REQUEST:
            answer["content"] = {MEDIA_TYPE: answer["content"]["application/json"]}


@cache
def _description() -> bytes:
    return DESCRIPTION.read_bytes()


def description(request: HttpRequest) -> HttpResponse:
    """Answer with the description that is kept beside this module."""
    if request.method not in {"GET", "HEAD"}:
        return problem(405)
    return HttpResponse(_description(), content_type="application/json")


def nothing(_request: HttpRequest) -> HttpResponse:
    """Answer for what is no resource, as for one that is hidden."""
    return problem(404)


def _behind_the_door() -> Sequence[URLPattern]:
    """Return one pattern for each path, named by its first operation."""
    found: dict[str, URLPattern] = {}
    for each in api.urls[0]:
        if isinstance(each, URLPattern) and each.name != "api-root":
            found.setdefault(str(each.pattern), each)
    for each in found.values():
        view: Callable[..., Any] = each.callback
        each.callback = through_the_door(view)
    return list(found.values())


urlpatterns = [
    path("openapi.json", through_the_door(description), name="openapi"),
    *_behind_the_door(),
    re_path(r"^", through_the_door(nothing), name="nothing"),
]
