"""What programs read: the same facts as pages, cut to what the token's organization may see."""

import json
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import DatabaseError
from jsonschema import Draft202012Validator

from amont.disclosure.models import Reading
from amont.disclosure.unsealed import unsealed
from amont.kernel import clock
from amont.kernel.viewer import Role, Viewer
from amont.parties.actions import make_token, revoke_token
from amont.parties.models import Token
from api.conftest import Program, Programs, Stage

pytestmark = pytest.mark.django_db
VIEW = json.loads((Path(__file__).parents[1] / "disclosure" / "view.schema.json").read_text())
LISTS = ("lines", "requests", "answers", "grants", "coverage/lines")
ALL = (*LISTS, "coverage", "view", "grants/effects")


@pytest.mark.parametrize("path", ALL)
def test_a_program_reads_each_resource(stage: Stage, program: Programs, path: str) -> None:
    answer = program(stage.claire).get(path)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "application/json; charset=utf-8"
    assert answer.headers["Cache-Control"] == "no-store"


def test_lines_are_those_of_the_tokens_organization_alone(stage: Stage, program: Programs) -> None:
    mine = program(stage.claire).get("lines").json()
    assert [each["name"] for each in mine["rows"]] == ["Glass jar", "Palm butter"]
    assert mine["next"] is None
    assert program(stage.mael).get("lines").json()["rows"] == []


@pytest.mark.both
def test_the_view_has_the_form_of_the_conformance_schema(stage: Stage, program: Programs) -> None:
    seen = program(stage.claire).get("view").json()
    Draft202012Validator(VIEW).validate(seen)
    assert [each["organization"] for each in seen["named"]] == ["Mael SpA"]


def test_the_chain_of_a_line_tells_no_more_than_its_page(stage: Stage, program: Programs) -> None:
    reader = program(stage.claire)
    line = next(each["line"] for each in reader.get("lines").json()["rows"] if each["name"] == "Palm butter")
    chain = reader.get(f"view/lines/{line}").json()
    assert chain["root"] == line
    assert {each["organization"] for each in chain["places"]} <= {"Maison Claire", "Mael SpA", ""}
    assert "Rana" not in json.dumps(chain)
    hidden = program(stage.mael).get(f"view/lines/{line}")
    assert hidden.status_code == 404


def test_one_task_says_what_is_asked_and_what_is_known(stage: Stage, program: Programs) -> None:
    reader = program(stage.mael)
    (task,) = reader.get("answers").json()["rows"]
    told = reader.get(f"answers/{task['line']}").json()
    assert told["task"]["reference"] == "Palm butter"
    assert told["content"]["family"] == "palm"
    assert {"palm"} <= {each["code"] for each in told["families"]}


@pytest.mark.parametrize("path", ["lines/{}", "requests/{}", "answers/{}", "grants/{}", "view/lines/{}", "nowhere/{}"])
def test_what_is_hidden_is_the_same_bytes_as_what_never_was(stage: Stage, program: Programs, path: str) -> None:
    theirs = program(stage.claire).get("lines").json()["rows"][0]["line"]
    sent = program(stage.claire).get("requests").json()["rows"][0]["request"]
    reader = program(stage.mael)
    answers = [reader.get(path.format(each)) for each in (theirs, sent, "never234567neverwas2", "no-id", "x" * 300)]
    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.content for answer in answers}) == 1
    assert len({str(sorted(answer.headers.items())) for answer in answers}) == 1
    assert answers[0].headers["Content-Type"] == "application/problem+json"


def test_pages_of_a_list_come_one_after_the_other(stage: Stage, program: Programs) -> None:
    reader = program(stage.claire)
    first = reader.get("lines", limit=1).json()
    second = reader.get("lines", limit=1, cursor=first["next"]).json()
    assert [each["name"] for each in (*first["rows"], *second["rows"])] == ["Glass jar", "Palm butter"]
    assert second["next"] is None
    for wrong in ("nonsense", first["next"] + "x"):
        answer = reader.get("lines", cursor=wrong)
        assert answer.status_code == 422
        assert answer.json()["errors"][0]["pointer"] == "#/?cursor"


def test_a_cursor_is_good_for_its_own_list_and_organization_alone(stage: Stage, program: Programs) -> None:
    cursor = program(stage.claire).get("lines", limit=1).json()["next"]
    assert program(stage.claire).get("requests", cursor=cursor).status_code == 422
    assert program(stage.mael).get("lines", cursor=cursor).status_code == 422


@pytest.mark.parametrize("path", ALL)
def test_without_a_token_that_works_there_is_nothing(stage: Stage, program: Programs, path: str) -> None:
    viewer = stage.claire.viewer
    public_id, secret = make_token(viewer, name="to be revoked", scopes=["lines:read"], days=30)
    revoke_token(viewer, public_id)
    old = program(stage.claire)
    Token.objects.exclude(public_id=public_id).update(expires_at=clock.now())
    answers = [each.get(path) for each in (Program(), Program("amont_never"), Program(secret), old)]
    assert [each.status_code for each in answers] == [401] * 4
    assert len({each.content for each in answers}) == 1
    assert answers[0].headers["WWW-Authenticate"] == "Bearer"


@pytest.mark.parametrize("path", ALL)
def test_a_token_does_what_its_scopes_say_and_no_more(stage: Stage, program: Programs, path: str) -> None:
    answer = program(stage.claire, "lines:write").get(path)
    assert answer.status_code == 403
    assert answer.json()["detail"].startswith("This token may not do this: it needs ")


def test_problems_are_told_in_the_language_asked_for(stage: Stage, program: Programs) -> None:
    answer = program(stage.claire, language="fr").get("lines", limit=0)
    assert answer.status_code == 422
    assert answer.headers["Content-Language"] == "fr"
    assert answer.json() == {
        "type": "urn:amont:problem:not-accepted",
        "title": "Ce qui a été envoyé ne convient pas.",
        "status": 422,
        "errors": [{"pointer": "#/?limit", "detail": "Ce nombre est trop petit."}],
    }


def test_a_token_asks_so_many_times_a_minute(stage: Stage, program: Programs, settings: object) -> None:
    settings.API_RATE = 2  # type: ignore[attr-defined]
    reader, other = program(stage.claire), program(stage.claire)
    with clock.held_at(clock.now().replace(second=40)):
        assert [reader.get("lines").status_code for _each in range(3)] == [200, 200, 429]
        assert reader.get("lines").headers["Retry-After"] == "20"
        assert other.get("lines").status_code == 200
    with clock.held_at(clock.now() + timedelta(minutes=2)):
        assert reader.get("lines").status_code == 200


def test_the_page_of_tokens_learns_of_a_use_to_the_hour(stage: Stage, program: Programs) -> None:
    reader = program(stage.claire)
    first = clock.now()
    for after in (timedelta(), timedelta(minutes=59), timedelta(minutes=61)):
        with clock.held_at(first + after):
            assert reader.get("lines").status_code == 200
    assert Token.objects.get().used_at == first + timedelta(minutes=61)


@pytest.mark.both
def test_what_a_program_reads_of_others_is_in_their_access_log(stage: Stage, program: Programs) -> None:
    reader = program(stage.claire)
    assert reader.get("view").status_code == 200
    assert reader.get("coverage/lines").status_code == 200
    with unsealed("a test looks at everything"):
        found = list(Reading.objects.values_list("owner_id", "reader_id", "channel"))
    mael, claire = stage.mael.viewer.organization_id, stage.claire.viewer.organization_id
    assert set(found) == {(mael, claire, "api")}


def test_what_cannot_be_logged_does_not_leave(stage: Stage, program: Programs, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_notes: object) -> None:
        raise DatabaseError

    monkeypatch.setattr("amont.api.door.write", fails)
    answer = program(stage.claire).get("view")
    assert answer.status_code == 503
    assert b"Mael" not in answer.content


def test_a_program_never_administers(stage: Stage, program: Programs) -> None:
    program(stage.claire)
    from amont.parties.read import bearer_of  # noqa: PLC0415

    _id, secret = make_token(stage.claire.viewer, name="reader", scopes=["lines:read"], days=30)
    found = bearer_of(secret)
    assert found is not None
    assert found.viewer.role is Role.READER
    assert not Viewer(1, None, Role.CONTRIBUTOR, token="x").may_administer  # noqa: S106 - no secret


@pytest.mark.both
def test_a_session_is_nobody_to_the_api(stage: Stage, client: object) -> None:
    from django.contrib.auth import get_user_model  # noqa: PLC0415

    client.force_login(get_user_model().objects.get(pk=stage.claire.viewer.person_id))  # type: ignore[attr-defined]
    assert client.get("/api/v1/lines").status_code == 401  # type: ignore[attr-defined]


def test_a_method_that_does_nothing_is_told_as_a_problem(stage: Stage, program: Programs) -> None:
    answer = program(stage.claire).send("DELETE", "view")
    assert answer.status_code == 405
    assert answer.headers["Allow"] == "GET"
    assert answer.json()["type"] == "urn:amont:problem:no-such-method"
