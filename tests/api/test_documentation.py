"""Every example of docs/api.md runs, and answers what the page says."""

import json
import re
import shlex
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.test import Client
from standardwebhooks.webhooks import Webhook

from amont.parties.models import Organization
from amont.parties.rules import SCOPES
from amont.post import rules
from amont.post.secrets import secret_of
from api.conftest import Programs, Stage

pytestmark = pytest.mark.django_db
PAGE = (Path(__file__).parents[2] / "docs" / "api.md").read_text(encoding="utf-8")
EXAMPLE = re.compile(r"```sh\n(curl .*?)```\n```json\n(.*?)```\n(?:<!-- (\w+) = (\S+) -->)?", re.DOTALL)
ANYTHING = "…"


def asked(command: str, known: dict[str, str]) -> tuple[str, str, dict[str, str], str]:
    """Return method, path, headers and body of a curl command, variables put in."""
    text = re.sub(r"'?\$(\w+)'?", lambda found: known[found[1]], command.replace("\\\n", " "))
    words = iter(shlex.split(text)[1:])
    method, path, headers, body = "GET", "", {}, ""
    for word in words:
        if word == "-X":
            method = next(words)
        elif word == "-H":
            name, _colon, value = next(words).partition(": ")
            headers[name] = value
        elif word == "-d":
            body = next(words)
        else:
            path = word
    return method, path, headers, body


def fits(said: object, found: object) -> bool:
    """Tell whether an answer holds all that the page shows of it; "…" stands for anything."""
    if isinstance(said, dict) and isinstance(found, dict):
        return all(name in found and fits(value, found[name]) for name, value in said.items())
    if isinstance(said, list) and isinstance(found, list):
        return len(said) <= len(found) and all(fits(*each) for each in zip(said, found, strict=False))
    return said in {ANYTHING, found} if isinstance(said, str) else said == found


def test_each_example_answers_what_the_page_says(stage: Stage, program: Programs) -> None:
    Organization.objects.update(checked_by="coordinator")
    known = {"AMONT": "/api/v1", "TOKEN": program(stage.claire).secret}
    examples = EXAMPLE.findall(PAGE)
    assert len(examples) == PAGE.count("```sh\ncurl") > 12
    for command, expected, name, where in examples:
        method, path, headers, body = asked(command, known)
        answer = Client().generic(method, path, body, "application/json", headers=headers)
        found = json.loads(answer.content)
        assert fits(json.loads(expected), found), f"{command}\n{json.dumps(found, ensure_ascii=False)}"
        if name:
            for step in where.split("."):
                found = found[int(step)] if step.isdigit() else found[step]
            known[name] = found


def test_the_page_names_every_scope_type_and_problem() -> None:
    from amont.api.problems import TITLES  # noqa: PLC0415 - after Django is set up

    named = set(re.findall(r"`([a-z:._-]+)`", PAGE))
    assert set(SCOPES) <= named
    assert set(rules.TYPES) <= named
    assert {name for name, _title in TITLES.values()} <= named


def test_the_example_of_a_call_verifies_one(capsys: pytest.CaptureFixture[str]) -> None:
    (code,) = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
    secret, body = secret_of("some hook", 0), rules.body_of("view.changed", "abc")
    now = datetime.now(UTC)
    headers = {
        "webhook-id": "one",
        "webhook-timestamp": str(int(now.timestamp())),
        "webhook-signature": Webhook(secret).sign("one", now, body),
    }
    exec(code, {"SECRET": secret, "body": body, "headers": headers})  # noqa: S102 - the page's own example
    assert capsys.readouterr().out == "view.changed abc\n"
