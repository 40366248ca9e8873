"""What all page tests suffer: unknown template variables are errors, and so are writes while answering GET or HEAD."""

import re
import sys
from collections.abc import Callable
from typing import Any

from django.core.handlers.base import BaseHandler
from django.db import connections
from django.http import HttpRequest, HttpResponseBase
from django.template import engines

from house.files import PACKAGE

WRITES = re.compile(r"\s*(?:INSERT|UPDATE|DELETE|REPLACE|TRUNCATE|MERGE)\b", re.IGNORECASE)
EXEMPT = re.compile(
    r"""\s*(?:(?:INSERT INTO|UPDATE|DELETE FROM)\s+"?django_session"?"""
    r"""|INSERT (?:OR IGNORE )?INTO\s+"?disclosure_(?:reading|inspected)"?"""
    r"""|UPDATE\s+"?parties_token"?\s+SET\s+"?used_at"?)\s""",
    re.IGNORECASE,
)
SAFE = {"GET", "HEAD"}
COMES_BACK = re.compile(
    r"/accounts/company/\w+/callback/"
)  # a sign-in by OpenID Connect ends there, once, by its state


class WroteWhileReading(AssertionError):
    """A page wrote to the database while answering GET or HEAD."""


class UnknownVariable(AssertionError):
    """A template of the house names what its context does not hold."""


class Unknown(str):
    """Stands for an unknown variable: raises in the house's own templates, is empty in those of others."""

    __slots__ = ()

    def __contains__(self, part: object) -> bool:
        return part == "%s"

    def __mod__(self, variable: object) -> str:
        frame = sys._getframe(1)
        context = frame.f_locals.get("context")
        template = getattr(getattr(context, "render_context", None), "template", None)
        origin = str(getattr(getattr(template, "origin", None), "name", ""))
        if origin.startswith(str(PACKAGE)):
            message = f"{variable} in {origin}"
            raise UnknownVariable(message)
        return ""


def refuse_writes(execute: Callable[..., Any], sql: str, params: object, many: bool, context: object) -> Any:  # noqa: FBT001 - Django's signature
    """Raise on a statement that writes; apart are the sessions' table, the access log's, and the use of tokens."""
    if WRITES.match(sql) and not EXEMPT.match(sql):
        raise WroteWhileReading(sql[:200])
    return execute(sql, params, many, context)


def be_strict() -> None:
    """Hold every answer of this process to both, whichever client asks."""
    engines["django"].engine.string_if_invalid = Unknown("unknown")
    answer = BaseHandler.get_response

    def strict(self: BaseHandler, request: HttpRequest) -> HttpResponseBase:
        if request.method not in SAFE or COMES_BACK.fullmatch(request.path):
            return answer(self, request)
        with connections["default"].execute_wrapper(refuse_writes):
            return answer(self, request)

    BaseHandler.get_response = strict  # type: ignore[method-assign]
