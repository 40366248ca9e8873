"""The cascade: a member asks, its supplier answers and passes on, and so on up to the field."""

import pytest

from amont.chain.models import Link, RequestMark, Source
from amont.disclosure.guard import looking_as
from amont.requests import actions, read
from stories import cast

pytestmark = [pytest.mark.django_db, pytest.mark.both]


def test_a_request_climbs_three_tiers() -> None:
    brand = cast.member("Maison Claire")
    cast.ask(brand, cast.line(brand, "Emulsifier", "Olea", "olea@olea.example"))
    first = cast.join("olea@olea.example", "Olea")
    cast.send(first, cast.answer(first, cast.tasks(first)[0], cast.invite("Borneo Oils", "b@borneo.example")))
    second = cast.join("b@borneo.example", "Borneo Oils", "MY")
    task = cast.tasks(second)[0]
    assert task.passed
    assert task.asker.organization == "Olea"
    assert "Maison Claire" not in "".join(cast.mails("b@borneo.example"))
    cast.send(second, cast.answer(second, task, cast.invite("Sabah Mill", "s@sabah.example")))
    third = cast.join("s@sabah.example", "Sabah Mill", "MY")
    cast.send(third, cast.answer(third, cast.tasks(third)[0], end="origin_reached"))
    links = cast.all_rows(Link)
    assert [link.status for link in links] == ["accepted"] * 3
    marks = cast.all_rows(RequestMark)
    assert {mark.status for mark in marks} == {"answered"}
    assert [mark.passed for mark in marks] == [False, True, True]
    assert all(source.link_id for source in cast.all_rows(Source))


def test_two_members_share_a_supplier_and_its_supplier_has_one_task() -> None:
    brand = cast.member("Maison Claire")
    rival = cast.member("Rivale", cast.consortium())
    cast.ask(brand, cast.line(brand, "Emulsifier", "Olea", "olea@olea.example"))
    cast.ask(rival, cast.line(rival, "Emulsifier", "Olea Srl", "olea@olea.example"))
    first = cast.join("olea@olea.example", "Olea")
    with looking_as(first.viewer):
        waiting = read.invitations_to(first.viewer)
        actions.accept_invitation(first.viewer, invitation=waiting[0].invitation)
    assert len(waiting) == 1
    tasks = cast.tasks(first)
    assert len(tasks) == 2
    source = cast.invite("Borneo Oils", "b@borneo.example")
    cast.send(first, cast.answer(first, tasks[0], source))
    known = [each for each in cast.tasks(first) if each.status == "open"]
    assert [each.known for each in known] == [True]
    with looking_as(first.viewer):
        form = read.answer_form(first.viewer, known[0].line)
    assert form.content["step"] == "refining"
    cast.send(first, cast.answer(first, known[0], source, item=known[0].item))
    second = cast.join("b@borneo.example", "Borneo Oils", "MY")
    assert len(cast.tasks(second)) == 1
    assert len(cast.mails("b@borneo.example")) == 1
