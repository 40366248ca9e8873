"""What programs do: the same acts as people's, within their scopes, once for each key."""

import json
from datetime import timedelta

import pytest
from django.test import Client

from amont.catalogue.models import Item
from amont.disclosure.models import Grant
from amont.disclosure.unsealed import unsealed
from amont.kernel import clock
from amont.ledger.models import Entry
from amont.parties.actions.replays import forget_answers
from amont.parties.models import KeptAnswer, Token
from amont.post.models import Mail
from amont.requests.models import RequestLine
from api.conftest import Program, Programs, Stage
from stories import cast

pytestmark = pytest.mark.django_db


def ids_of(reader: Program, path: str, field: str) -> list[str]:
    return [each[field] for each in reader.get(path).json()["rows"]]


@pytest.mark.both
def test_a_line_is_brought_changed_and_ended(stage: Stage, program: Programs) -> None:
    writer = program(stage.claire)
    made = writer.post("lines", {"name": "Shea butter", "reference": "SB-1", "family": "palm"})
    assert made.status_code == 201
    line = made.json()["line"]
    changed = writer.send("PATCH", f"lines/{line}", {"name": "Shea butter, refined"})
    assert (changed.json()["name"], changed.json()["reference"]) == ("Shea butter, refined", "SB-1")
    assert writer.send("DELETE", f"lines/{line}").status_code == 204
    assert writer.get(f"lines/{line}").status_code == 404
    assert writer.send("DELETE", f"lines/{line}").status_code == 404
    acts = list(Entry.objects.order_by("-sequence").values_list("act", "detail")[:3])
    token = Token.objects.get().public_id
    assert acts == [(act, {"token": token}) for act in ("end_line", "edit_line", "add_line")]


@pytest.mark.both
def test_an_ended_line_is_walked_no_longer_and_may_be_asked_about_anew(stage: Stage, program: Programs) -> None:
    writer = program(stage.claire)
    line = next(each["line"] for each in writer.get("lines").json()["rows"] if each["name"] == "Palm butter")
    assert writer.get("view").json()["named"] != []
    assert writer.send("DELETE", f"lines/{line}").status_code == 204
    assert writer.get("view").json()["named"] == []
    assert writer.get("coverage").json()["lines"] == 1
    assert program(stage.mael).get("answers").json()["rows"] == []
    cast.ask(stage.claire, cast.line(stage.claire, "Palm butter", "Mael SpA", "bruno@mael.example"))
    assert len(program(stage.mael).get("answers").json()["rows"]) == 1


def test_ending_a_line_takes_back_what_is_asked_about_it(stage: Stage, program: Programs) -> None:
    writer = program(stage.claire)
    jar = cast.line(stage.claire, "Glass jar", "Verrerie", "verre@glass.example")
    cast.ask(stage.claire, jar)
    before = Mail.objects.count()
    assert writer.send("DELETE", f"lines/{jar.item}").status_code == 204
    with unsealed("a test looks at everything"):
        assert set(RequestLine.objects.filter(reference="Glass jar").values_list("status", flat=True)) == {"cancelled"}
    assert Mail.objects.count() == before


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({}, "#/name"),
        ({"name": ""}, "#/name"),
        ({"name": "x", "kind": "gold"}, "#/kind"),
        ({"name": "x", "family": "gold"}, "#/family"),
        ({"name": "x", "more": 1}, "#/more"),
        ({"name": "x" * 201}, "#/name"),
        ({"name": "a\u0000b"}, "#/name"),
    ],
)
def test_what_does_not_do_is_told_at_its_field_and_changes_nothing(
    stage: Stage, program: Programs, body: dict[str, object], pointer: str
) -> None:
    before, lines = Entry.objects.count(), cast.all_rows(Item)
    answer = program(stage.claire).post("lines", body)
    assert answer.status_code == 422
    assert [each["pointer"] for each in answer.json()["errors"]] == [pointer]
    assert Entry.objects.count() == before + 1  # the token's
    assert cast.all_rows(Item) == lines


def test_no_json_is_told_as_such(stage: Stage, program: Programs) -> None:
    answer = Client().post("/api/v1/lines", "{", "application/json", headers=program(stage.claire).headers)
    assert (answer.status_code, answer.json()["type"]) == (400, "urn:amont:problem:not-understood")


@pytest.mark.both
def test_a_request_leaves_as_from_a_person(stage: Stage, program: Programs) -> None:
    writer = program(stage.claire)
    contact = writer.post("requests/contacts", {"name": "Works", "country": "IT", "email": "ada@works.example"})
    assert contact.status_code == 201
    due = (clock.today() + timedelta(days=20)).isoformat()
    jar = next(each["line"] for each in writer.get("lines").json()["rows"] if each["name"] == "Glass jar")
    wanted = {"line": jar, "contact": contact.json()["contact"]}
    asked = writer.post("requests", {"lines": [wanted], "purpose": "vigilance", "due_on": due})
    assert asked.status_code == 201
    (sent,) = asked.json()["requests"]
    assert "Maison Claire" in Mail.objects.get(to="ada@works.example").subject
    assert writer.get(f"requests/{sent}").json()["state"] == "waiting"
    again = writer.post("requests", {"lines": [wanted], "purpose": "vigilance", "due_on": due})
    assert (again.json()["requests"], again.json()["already"]) == ([], 1)
    assert writer.post(f"requests/{sent}/resend").status_code == 200
    assert writer.post(f"requests/{sent}/cancel").json()["state"] == "cancelled"
    past = {"lines": [wanted], "purpose": "vigilance", "due_on": "2020-01-01"}
    assert writer.post("requests", past).json()["errors"][0]["pointer"] == "#/due_on"


@pytest.mark.both
def test_an_answer_is_sent_and_declined(stage: Stage, program: Programs) -> None:
    cast.ask(stage.claire, cast.line(stage.claire, "Glass jar", "Mael SpA", "bruno@mael.example"))
    writer = program(stage.mael)
    line = next(e["line"] for e in writer.get("answers").json()["rows"] if e["reference"] == "Glass jar")
    said = {"name": "Jar", "family": "glass", "step": "moulding", "country": "IT", "chain_end": "recycled"}
    assert writer.send("PUT", f"answers/{line}/draft", said).json()["content"]["name"] == "Jar"
    wrong = writer.post(f"answers/{line}", {**said, "country": ""})
    assert [each["pointer"] for each in wrong.json()["errors"]] == ["#/country"]
    done = writer.post(f"answers/{line}", said)
    assert done.status_code == 200, done.content
    assert writer.get(f"answers/{line}").json()["task"]["status"] == "answered"
    assert {e["name"] for e in program(stage.claire).get("view").json()["named"]} >= {"Jar"}
    cast.ask(stage.claire, cast.line(stage.claire, "Cap", "Mael SpA", "bruno@mael.example"))
    cap = next(e["line"] for e in writer.get("answers").json()["rows"] if e["reference"] == "Cap")
    assert writer.post(f"answers/{cap}/decline", {}).json()["errors"][0]["pointer"] == "#/reason"
    assert writer.post(f"answers/{cap}/decline", {"reason": "Not ours."}).json()["task"]["status"] == "declined"
    other = program(stage.claire)
    assert other.post(f"answers/{line}", said).status_code == 404
    assert other.send("PUT", f"answers/{line}/draft", said).status_code == 404
    assert other.post(f"answers/{line}/decline", {"reason": "No."}).status_code == 404


@pytest.mark.both
def test_a_grant_is_previewed_given_changed_and_revoked(stage: Stage, program: Programs) -> None:
    from amont.parties.models import Organization  # noqa: PLC0415

    Organization.objects.update(checked_by="coordinator")
    writer = program(stage.mael)
    said = {"covers": "identity", "audience": "chain", "level": 0}
    told = writer.post("grants/preview", said).json()
    levels = [{e["audience"]: e["level"] for e in told[when]["identity"]} for when in ("before", "after")]
    assert [each["chain"] for each in levels] == [1, 0]
    assert cast.all_rows(Grant) == []
    made = writer.post("grants", said)
    assert made.status_code == 201
    grant = made.json()["public_id"]
    assert writer.get(f"grants/{grant}").json()["level"] == 0
    changed = writer.post(f"grants/{grant}/change", {"level": 1}).json()
    assert changed["level"] == 1
    assert writer.post(f"grants/{changed['public_id']}/revoke").json()["in_force"] is False
    assert writer.post("grants", {**said, "item": "x", "link": "y"}).json()["errors"][0]["pointer"] == "#/link"
    for theirs in (f"grants/{grant}/change", f"grants/{grant}/revoke"):
        assert program(stage.claire).post(theirs, {"level": 1}).status_code == 404


def test_a_token_that_only_reads_changes_nothing(stage: Stage, program: Programs) -> None:
    reading = program(stage.claire, "lines:read", "requests:read", "answers:read", "grants:read")
    line = ids_of(reading, "lines", "line")[0]
    before = Entry.objects.count()
    tried = [
        reading.post("lines", {"name": "x"}),
        reading.send("PATCH", f"lines/{line}", {"name": "x"}),
        reading.send("DELETE", f"lines/{line}"),
        reading.post("requests", {}),
        reading.post("requests/contacts", {"name": "x"}),
        reading.post("grants", {}),
    ]
    assert {each.status_code for each in tried} == {403}
    assert Entry.objects.count() == before


@pytest.mark.both
def test_the_same_key_is_done_once_and_answered_twice(stage: Stage, program: Programs) -> None:
    writer = program(stage.claire)
    key = {"Idempotency-Key": "order-66"}
    first, again = (writer.post("lines", {"name": "Once"}, **key) for _each in range(2))
    assert first.status_code == again.status_code == 201
    assert (first.content, first.headers["Content-Type"]) == (again.content, again.headers["Content-Type"])
    assert ids_of(writer, "lines?text=Once", "name") == ["Once"]


@pytest.mark.both
def test_a_key_stands_for_one_request_of_one_token(stage: Stage, program: Programs) -> None:
    writer, key = program(stage.claire), {"Idempotency-Key": "k"}
    assert writer.post("lines", {"name": "Once"}, **key).status_code == 201
    assert writer.post("lines", {"name": "Other"}, **key).status_code == 422
    assert writer.post("requests/contacts", {"name": "Once"}, **key).status_code == 422
    assert program(stage.claire).post("lines", {"name": "Other"}, **key).status_code == 201
    for odd in ("k" * 256, "two words", ""):
        assert writer.post("lines", {"name": "x"}, **{"Idempotency-Key": odd}).status_code == 422


def test_a_refusal_is_answered_again_and_a_key_is_free_after_a_day(stage: Stage, program: Programs) -> None:
    writer, key = program(stage.claire), {"Idempotency-Key": "k"}
    refused = [writer.post("lines", {"name": ""}, **key) for _each in range(2)]
    assert {each.status_code for each in refused} == {422}
    with clock.held_at(clock.now() + timedelta(days=1)):
        assert writer.post("lines", {"name": "Now"}, **key).status_code == 201
    with clock.held_at(clock.now() + timedelta(days=3)):
        assert forget_answers() == 1
    assert not KeptAnswer.objects.exists()


@pytest.mark.both
def test_nothing_is_kept_of_what_went_wrong_here(
    stage: Stage, program: Programs, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaks(*_args: object, **_named: object) -> None:
        raise RuntimeError

    writer, key = program(stage.claire), {"Idempotency-Key": "k"}
    with monkeypatch.context() as patched:
        patched.setattr("amont.api.v1.lines.add_line", breaks)
        broken = writer.post("lines", {"name": "Now"}, **key)
    assert (broken.status_code, json.loads(broken.content)["type"]) == (500, "urn:amont:problem:went-wrong")
    assert writer.post("lines", {"name": "Now"}, **key).status_code == 201
