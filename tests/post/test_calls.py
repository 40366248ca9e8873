"""Calls: written with the act, sent at least once, signed, to public addresses alone, and without following."""

import json
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from django.db import transaction
from standardwebhooks.webhooks import Webhook, WebhookVerificationError

from amont.disclosure.guard import looking_as
from amont.kernel import clock
from amont.kernel.errors import Denied, NotKnown, Refused
from amont.kernel.viewer import Role, Viewer
from amont.post import actions, calling, read
from amont.post.models import Call, Hook
from amont.requests.facts import Decision
from amont.sight.changed import tell_changed_views
from stories import cast
from stories.cast import Firm

pytestmark = pytest.mark.django_db
URL = "https://hooks.claire.example/amont"


class Receiver:
    """Stands for the network: keeps what it gets, and answers what it is told to."""

    def __init__(self) -> None:
        self.got: list[tuple[str, str, dict[str, str]]] = []
        self.answer: int | str = 204

    def call(self, url: str, body: str, headers: dict[str, str]) -> int:
        self.got.append((url, body, headers))
        if isinstance(self.answer, str):
            raise calling.NotCalled(self.answer)
        return self.answer


@pytest.fixture
def receiver(monkeypatch: pytest.MonkeyPatch) -> Receiver:
    found = Receiver()
    monkeypatch.setattr(calling, "call", found.call)
    return found


@pytest.fixture
def claire(db: None) -> Firm:  # noqa: ARG001 - rows need the database
    return cast.member("Maison Claire")


def state() -> list[tuple[str, int]]:
    return list(Call.objects.order_by("pk").values_list("status", "tries"))


def test_a_call_is_signed_and_carries_a_type_and_an_id_alone(claire: Firm, receiver: Receiver) -> None:
    hook, secret = actions.register_hook(claire.viewer, url=URL)
    actions.try_hook(claire.viewer, hook)
    assert actions.send_calls() == 1
    ((url, body, headers),) = receiver.got
    assert (url, json.loads(body)) == (URL, {"type": "test", "data": {"id": hook}})
    assert Webhook(secret).verify(body, headers) == json.loads(body)
    with pytest.raises(WebhookVerificationError):
        Webhook(secret).verify(body.replace("test", "view"), headers)
    assert state() == [("sent", 1)]
    assert actions.send_calls() == 0


@pytest.mark.both
def test_a_call_that_fails_is_tried_again_with_the_same_id_and_then_given_up(claire: Firm, receiver: Receiver) -> None:
    hook, _secret = actions.register_hook(claire.viewer, url=URL)
    actions.try_hook(claire.viewer, hook)
    receiver.answer = 500
    at = clock.now()
    for _each in range(20):
        with clock.held_at(at):
            actions.send_calls()
            assert actions.send_calls() == 0
        at = max(at, Call.objects.get().next_at)
    assert state() == [("failed", 8)]
    assert len({headers["webhook-id"] for _url, _body, headers in receiver.got}) == 1
    (shown,) = read.hook(claire.viewer, hook).calls
    assert (shown.state, shown.answered, read.hook(claire.viewer, hook).failures) == ("failed", 500, 8)


def test_a_redirect_is_a_failure(claire: Firm, receiver: Receiver) -> None:
    hook, _secret = actions.register_hook(claire.viewer, url=URL)
    actions.try_hook(claire.viewer, hook)
    receiver.answer = 302
    actions.send_calls()
    assert state() == [("waiting", 1)]


@pytest.mark.both
def test_a_process_that_dies_while_calling_calls_again(
    claire: Firm, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    hook, _secret = actions.register_hook(claire.viewer, url=URL)
    actions.try_hook(claire.viewer, hook)

    def dies(*_args: object) -> int:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(calling, "call", dies)
        with pytest.raises(KeyboardInterrupt):
            actions.send_calls()
    assert actions.send_calls() == 0
    with clock.held_at(clock.now() + timedelta(minutes=2)):
        assert actions.send_calls() == 1
    assert (state(), len(receiver.got)) == ([("sent", 2)], 1)


def test_for_a_day_after_a_rotation_both_secrets_hold(claire: Firm, receiver: Receiver) -> None:
    hook, old = actions.register_hook(claire.viewer, url=URL)
    new = actions.rotate_secret(claire.viewer, hook)
    assert new != old
    for after, holds in ((timedelta(hours=1), True), (timedelta(hours=25), False)):
        actions.try_hook(claire.viewer, hook)
        Hook.objects.update(rotated_at=clock.now() - after)
        actions.send_calls()
        _url, body, headers = receiver.got[-1]
        Webhook(new).verify(body, headers)
        if holds:
            Webhook(old).verify(body, headers)
        else:
            with pytest.raises(WebhookVerificationError):
                Webhook(old).verify(body, headers)


def test_what_is_dropped_is_called_no_more(claire: Firm, receiver: Receiver) -> None:
    hook, _secret = actions.register_hook(claire.viewer, url=URL)
    actions.try_hook(claire.viewer, hook)
    actions.drop_hook(claire.viewer, hook)
    actions.send_calls()
    assert (receiver.got, read.hooks(claire.viewer)) == ([], ())
    assert actions.register_hook(claire.viewer, url=URL)


def test_only_admins_have_addresses_called_and_each_organization_its_own(claire: Firm) -> None:
    hook, _secret = actions.register_hook(claire.viewer, url=URL)
    victor = cast.member("Victor", cast.consortium())
    reader = Viewer(claire.viewer.organization_id, claire.viewer.person_id, Role.CONTRIBUTOR)
    for act in (actions.rotate_secret, actions.drop_hook, actions.try_hook):
        with pytest.raises(Denied):
            act(reader, hook)
        with pytest.raises(NotKnown):
            act(victor.viewer, hook)
    with pytest.raises(Denied):
        actions.register_hook(reader, url=URL)
    for wrong in ("http://firm.example", URL, "https://127.0.0.1/"):
        with pytest.raises(Refused):
            actions.register_hook(claire.viewer, url=wrong)
    assert Hook.objects.count() == 1


def test_a_call_needs_the_transaction_of_its_act() -> None:
    connection = transaction.get_connection()
    assert connection.in_atomic_block  # the test's own
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(connection, "in_atomic_block", False)
        with pytest.raises(transaction.TransactionManagementError):
            actions.tell(1, "test", about="x")


@pytest.mark.both
def test_a_supplier_is_told_that_it_is_asked_and_the_asker_that_it_was_answered(claire: Firm) -> None:
    actions.register_hook(claire.viewer, url=URL)
    cast.ask(claire, cast.line(claire, "Palm butter", "Mael SpA", "bruno@mael.example"))
    mael = cast.join("bruno@mael.example", "Mael SpA")
    actions.register_hook(mael.viewer, url="https://mael.example/hook")
    sent = cast.ask(claire, cast.line(claire, "Glass jar", "Mael SpA", "bruno@mael.example"))
    open_task = next(each for each in cast.tasks(mael) if each.reference == "Glass jar")
    cast.send(mael, cast.answer(mael, open_task, end="recycled"))
    calls = set(Call.objects.values_list("hook__url", "kind", "about"))
    assert calls == {
        ("https://mael.example/hook", "request.received", open_task.line),
        (URL, "answer.received", sent.requests[0]),
    }
    from amont.requests.actions import send_answer  # noqa: PLC0415
    from amont.requests.facts import AnswerValues  # noqa: PLC0415

    cast.ask(claire, cast.line(claire, "Cap", "Mael SpA", "bruno@mael.example"))
    cap = next(each for each in cast.tasks(mael) if each.reference == "Cap")
    with looking_as(mael.viewer):
        said = AnswerValues(line=cap.line, decision=Decision.DECLINE, reason="No.")
        send_answer(mael.viewer, answers=[said])
    assert Call.objects.filter(kind="answer.received").count() == 2


@pytest.mark.both
def test_a_changed_view_is_told_at_the_next_quarter_of_an_hour_and_nothing_else_is(claire: Firm) -> None:
    actions.register_hook(claire.viewer, url=URL)
    at = clock.now().replace(minute=1, second=0, microsecond=0) + timedelta(hours=1)

    def look(minutes: int) -> int:
        with clock.held_at(at + timedelta(minutes=minutes)):
            tell_changed_views()
        return Call.objects.filter(kind="view.changed").count()

    assert look(0) == 0
    victor = cast.member("Victor", cast.consortium())
    cast.ask(victor, cast.line(victor, "His own", "Rana Mill", "rana@mill.example"))
    assert look(15) == 0
    cast.ask(claire, cast.line(claire, "Palm butter", "Mael SpA", "bruno@mael.example"))
    mael = cast.join("bruno@mael.example", "Mael SpA")
    before = look(30)
    cast.send(mael, cast.answer(mael, cast.tasks(mael)[0], end="recycled"))
    assert look(31) == before
    assert look(45) == before + 1
    assert look(60) == before + 1
    from amont.parties.read import public_id_of  # noqa: PLC0415

    assert Call.objects.filter(kind="view.changed").last().about == public_id_of(claire.viewer)  # type: ignore[union-attr]


@contextmanager
def listening(status: int) -> Iterator[tuple[int, list[tuple[str, bytes]]]]:
    """Answer on a port of this machine, and keep what came."""
    got: list[tuple[str, bytes]] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            got.append((self.path, self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(status)
            self.send_header("Location", "/elsewhere")
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_args: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server.server_port, got
    finally:
        server.shutdown()
        server.server_close()


class _Plain:
    """Stands for TLS, which the platform checks."""

    @staticmethod
    def wrap_socket(plain: socket.socket, *, server_hostname: str) -> socket.socket:
        assert server_hostname == "hooks.claire.example"
        return plain


def test_the_address_that_was_looked_up_is_the_one_that_is_called(monkeypatch: pytest.MonkeyPatch) -> None:
    looked: list[str] = []

    def once(host: str, port: int, *_args: object, **_named: object) -> list[tuple[object, ...]]:
        looked.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port))]

    monkeypatch.setattr(calling.socket, "getaddrinfo", once)
    with listening(302) as (port, got):
        url = f"https://hooks.claire.example:{port}/amont"
        with pytest.raises(calling.NotCalled, match="not_public"):
            calling.call(url, "{}", {})
        assert got == []
        monkeypatch.setattr(calling.rules, "is_public", lambda _address: True)
        monkeypatch.setattr(calling, "_CONTEXT", _Plain)
        looked.clear()
        assert calling.call(url, "{}", {}) == 302
    assert got == [("/amont", b"{}")]
    assert looked.count("hooks.claire.example") == 1


@pytest.mark.parametrize("addresses", [[], ["93.184.215.14", "10.0.0.1"], ["::1"], ["fe80::1%eth0"]])
def test_a_name_of_which_one_address_is_not_public_is_not_called(
    monkeypatch: pytest.MonkeyPatch, addresses: list[str]
) -> None:
    found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (each, 443)) for each in addresses]
    monkeypatch.setattr(calling.socket, "getaddrinfo", lambda *_args, **_named: found)
    with pytest.raises(calling.NotCalled, match="not_public"):
        calling.call(URL, "{}", {})


def test_a_name_that_nobody_knows_and_an_address_that_does_not_answer_are_told_in_a_word(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def unknown(*_args: object, **_named: object) -> list[object]:
        raise OSError

    with monkeypatch.context() as patched:
        patched.setattr(calling.socket, "getaddrinfo", unknown)
        with pytest.raises(calling.NotCalled, match="unknown_name"):
            calling.call(URL, "{}", {})
    monkeypatch.setattr(calling, "address_of", lambda _host, _port: "127.0.0.1")
    with pytest.raises(calling.NotCalled, match="no_answer"):
        calling.call("https://hooks.claire.example:1/", "{}", {})
    with pytest.raises(calling.NotCalled, match="not_public"):
        calling.call("http://firm.example/", "{}", {})
