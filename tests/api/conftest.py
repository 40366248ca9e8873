"""What tests of the API share: Claire asks Maël, who answers and passes on to Rana; each has a token."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.core.cache import cache
from django.http import HttpResponse
from django.test import Client

from amont.kernel.viewer import Viewer
from amont.parties.actions import make_token
from amont.parties.rules import SCOPES
from stories import cast
from stories.cast import Firm


@pytest.fixture(autouse=True)
def _uncounted() -> None:
    """Forget how often the tokens of other tests asked."""
    cache.clear()


@dataclass(frozen=True)
class Program:
    """A program with a token (none: without), as it comes to the API."""

    secret: str = ""
    language: str = "en"

    def get(self, path: str, **asked: Any) -> HttpResponse:
        return Client().get(f"/api/v1/{path}", asked, headers=self.headers)

    def send(self, method: str, path: str, body: object = None, **headers: str) -> HttpResponse:
        content = "" if body is None else json.dumps(body)
        return Client().generic(
            method, f"/api/v1/{path}", content, "application/json", headers={**self.headers, **headers}
        )

    def post(self, path: str, body: object = None, **headers: str) -> HttpResponse:
        return self.send("POST", path, body, **headers)

    @property
    def headers(self) -> dict[str, str]:
        held = {"Authorization": f"Bearer {self.secret}"} if self.secret else {}
        return {"Accept-Language": self.language, **held}


Programs = Callable[..., Program]


@pytest.fixture
def program() -> Programs:
    """Return what makes a program of a firm, by default with all scopes."""
    names = iter(range(1000))

    def make(viewer: Viewer | Firm, *scopes: str, language: str = "en") -> Program:
        who = viewer.viewer if isinstance(viewer, Firm) else viewer
        _token, secret = make_token(who, name=f"program {next(names)}", scopes=scopes or SCOPES, days=30)
        return Program(secret, language)

    return make


@dataclass(frozen=True)
class Stage:
    """Claire bought from Maël, and asked him; he answered, and asked Rana."""

    claire: Firm
    mael: Firm


@pytest.fixture
def stage(db: None) -> Stage:  # noqa: ARG001 - rows need the database
    claire = cast.member("Maison Claire")
    asked = cast.line(claire, "Palm butter", "Mael SpA", "bruno@mael.example")
    cast.line(claire, "Glass jar", "Verrerie", "verre@glass.example")
    cast.ask(claire, asked)
    mael = cast.join("bruno@mael.example", "Mael SpA")
    cast.send(mael, cast.answer(mael, cast.tasks(mael)[0], cast.invite("Rana Mill", "rana@mill.example")))
    return Stage(claire, mael)
