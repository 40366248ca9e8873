"""The access log: written before an answer leaves, told to the owner as far as it knows the reader."""

import re
from collections.abc import Callable, Iterator
from contextvars import Context
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

import pytest
import time_machine
from django.db import OperationalError, connection
from django.test import Client

from amont.disclosure import reading
from amont.disclosure.actions.forgetting import sweep_readings
from amont.disclosure.models import Reading
from amont.disclosure.reading import NobodyNotes, note
from amont.disclosure.unsealed import unsealed
from amont.kernel.viewer import Viewer
from amont.ledger.models import Entry
from amont.parties.models import Membership, Organization
from small_world import SmallWorld

Opened = Callable[..., Viewer]
SignedIn = Callable[[Viewer], Client]
TUESDAY = datetime(2026, 3, 10, 9, 20, tzinfo=UTC)


@pytest.fixture
def world(opened: Opened) -> Iterator[SmallWorld]:
    """Give M <- T1 <- T2, asked and answered; T2 lets those who asked know it and M reads it by name."""
    with time_machine.travel(TUESDAY, tick=False):
        world = SmallWorld()
        for name, firm in (("claire", "M"), ("tom", "T1"), ("rana", "T2"), ("rachel", "Rival")):
            world.firms[firm] = Organization.objects.get(pk=opened(name, firm=firm).organization_id)
        Organization.objects.update(checked_by="world")
        world.member("M")
        world.item("m1", "M", family="palm")
        world.item("t1", "T1", country="FR", step="blending", family="palm")
        world.item("t2", "T2", country="MY", step="refining", family="palm")
        world.ask(world.link("m1", "t1", reference="base"))
        below = world.link("t1", "t2", reference="oil")
        world.ask(below, passed=True)
        world.grant("T1", "sourcing", "requesters", 3, link=below)
        world.grant("T2", "identity", "requesters", 3, link=below)
        yield world


def person(world: SmallWorld, signed_in: SignedIn, firm: str) -> Client:
    seat = Membership.objects.get(organization=world.firm(firm))
    return signed_in(Viewer(seat.organization_id, seat.person_id))


def text(answer: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def lines() -> int:
    with unsealed("a test counts"):
        return Reading.objects.count()


def read_chain(world: SmallWorld, client: Client, **query: str) -> Any:
    answer = client.get(f"/lines/{world.items['m1'].public_id}/", query)
    assert answer.status_code == 200
    return answer


def test_a_customer_that_opens_a_chain_stands_in_the_log_of_its_supplier(
    world: SmallWorld, signed_in: SignedIn
) -> None:
    read_chain(world, person(world, signed_in, "M"))
    said = text(person(world, signed_in, "T1").get("/who/read/"))
    assert "M " in said
    assert world.items["t1"].name in said
    assert "on a page" in said


def test_a_chain_taken_as_a_file_is_told_as_a_file(world: SmallWorld, signed_in: SignedIn) -> None:
    read_chain(world, person(world, signed_in, "M"), file="csv")
    assert "as a file" in text(person(world, signed_in, "T1").get("/who/read/"))


def test_a_reader_whom_the_owner_does_not_know_is_one_line_a_week_told_when_it_is_over(
    world: SmallWorld, signed_in: SignedIn
) -> None:
    claire = person(world, signed_in, "M")
    for _ in range(3):
        read_chain(world, claire)
    assert "Nobody has read anything of yours yet." in text(person(world, signed_in, "T2").get("/who/read/"))
    with time_machine.travel(TUESDAY + timedelta(days=7), tick=False):
        answer = person(world, signed_in, "T2").get("/who/read/")
    rows = answer.content.decode().split("<tbody>")[1].split("</tbody>")[0]
    assert rows.count("<tr>") == 1
    assert world.firm("M").name not in re.sub(r"<[^>]+>", " ", rows).split()
    assert world.items["t2"].name not in rows


def test_the_file_of_the_log_tells_no_more_than_its_page(world: SmallWorld, signed_in: SignedIn) -> None:
    read_chain(world, person(world, signed_in, "M"))
    with time_machine.travel(TUESDAY + timedelta(days=7), tick=False):
        told = person(world, signed_in, "T2").get("/who/read/", {"file": "csv"}).content.decode("utf-8-sig")
    assert len(told.strip().splitlines()) == 2
    assert world.items["t2"].name not in told


def test_the_same_facts_read_again_within_the_hour_are_one_line(world: SmallWorld, signed_in: SignedIn) -> None:
    claire = person(world, signed_in, "M")
    read_chain(world, claire)
    once = lines()
    read_chain(world, claire)
    assert lines() == once
    with time_machine.travel(TUESDAY + timedelta(hours=1), tick=False):
        read_chain(world, claire)
    assert lines() == 2 * once


def test_an_answer_whose_reading_cannot_be_written_does_not_leave(
    world: SmallWorld, signed_in: SignedIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    claire = person(world, signed_in, "M")

    def full(*_: object, **__: object) -> None:
        raise OperationalError

    monkeypatch.setattr(reading, "_write", full)
    answer = claire.get(f"/lines/{world.items['m1'].public_id}/")
    assert answer.status_code == 503
    assert world.items["t1"].name not in answer.content.decode()
    assert lines() == 0


def test_what_an_organization_reads_of_its_own_is_not_noted(world: SmallWorld, signed_in: SignedIn) -> None:
    rana = person(world, signed_in, "T2")
    for url in ("/", "/lines/", "/who/", f"/lines/{world.items['t2'].public_id}/"):
        rana.get(url, follow=True)
    assert lines() == 0


def test_a_list_tells_the_firm_alone(world: SmallWorld, signed_in: SignedIn) -> None:
    person(world, signed_in, "M").get("/lines/")
    with unsealed("a test reads"):
        found = [(row.owner_id, row.named, row.full) for row in Reading.objects.all()]
    assert found == [(world.firm("T1").pk, [], [])]


def test_searching_within_chains_reads_all_that_they_name(world: SmallWorld, signed_in: SignedIn) -> None:
    person(world, signed_in, "M").get("/lines/", {"text": "oil"})
    with unsealed("a test reads"):
        found = {row.owner_id for row in Reading.objects.exclude(named=[])}
    assert found == {world.firm("T1").pk, world.firm("T2").pk}


def test_a_rival_reads_no_log_but_its_own(world: SmallWorld, signed_in: SignedIn) -> None:
    read_chain(world, person(world, signed_in, "M"))
    said = text(person(world, signed_in, "Rival").get("/who/read/"))
    assert world.items["t1"].name not in said


def test_facts_given_out_where_nobody_notes_are_a_defect() -> None:
    with pytest.raises(NobodyNotes):
        Context().run(partial(note, Viewer(1), owner=2))


@pytest.mark.both
def test_lines_end_after_their_time_and_those_on_files_later(world: SmallWorld, signed_in: SignedIn) -> None:
    claire = person(world, signed_in, "M")
    read_chain(world, claire)
    read_chain(world, claire, file="csv")
    with time_machine.travel(TUESDAY + timedelta(days=400), tick=False):
        assert sweep_readings() > 0
        assert sweep_readings() == 0
        with unsealed("a test reads"):
            assert set(Reading.objects.values_list("channel", flat=True)) == {"file"}
        assert Entry.objects.filter(act="sweep_readings").count() == 1


@pytest.mark.both
def test_the_same_line_written_twice_at_once_stays_one(world: SmallWorld) -> None:
    told = {world.firm("M").pk: {world.firm("T1").pk: reading.Told({world.items["t1"].pk})}}
    hidden = {"count": 0}

    def again(execute: Any, sql: str, params: object, many: bool, context: object) -> Any:  # noqa: FBT001 - Django's signature
        if "INSERT" in sql and "disclosure_reading" in sql and not hidden["count"]:
            hidden["count"] = 1
            reading.write(told, reading.Channel.PAGE)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(again):
        reading.write(told, reading.Channel.PAGE)
    assert hidden["count"] == 1
    assert lines() == 1
