"""See-as and consents swept over random worlds in the database: the customer's bytes, and a name when all agree.

`WORLDS` says over how many worlds (default 3), `SEED` where to begin, `RECORD` a file that gets a line about a run
without a difference (`make swept`, on SQLite or PostgreSQL).
"""

import io
import json
import os
from collections.abc import Iterator
from contextlib import redirect_stdout
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.template.loader import render_to_string

from amont.chain.world import read as world_rows
from amont.commands.main import main
from amont.disclosure import actions as disclosure
from amont.disclosure.guard import looking_as
from amont.disclosure.models import Consent, MoreAsked
from amont.disclosure.unsealed import unsealed
from amont.exchange.world.show import view_as_json
from amont.kernel import clock
from amont.kernel.viewer import Viewer
from amont.parties.models import Organization
from amont.sight import read as sight
from amont.sight.actions import ask_for_more
from amont.sight.cut.seen_as import _between, seen_as
from amont.sight.facts import SeenAs, View
from amont.web.see.rows import shown_places
from amont.web.share.present import seen_items
from disclosure import naive
from disclosure.house import House, _at, compared, readable
from disclosure.naive_asking import asked
from disclosure.test_differential import explained
from disclosure.test_seen_as import chosen, customers, seen_rows
from disclosure.worlds import random_world

pytestmark = [pytest.mark.django_db, pytest.mark.both]
Json = dict[str, Any]
WORLDS = int(os.environ.get("WORLDS") or 3)
FIRST_SEED = int(os.environ.get("SEED") or 1)
SWEPT = range(FIRST_SEED, FIRST_SEED + WORLDS)
RECORD = os.environ.get("RECORD")
MOST_ASKED = 4
count = {"places seen as a customer": 0, "places asked about": 0, "consents": 0, "named once all agreed": 0}


@pytest.fixture(scope="module", autouse=True)
def recorded() -> Iterator[None]:
    """Write a line about the run, where that is wanted and all went well."""
    yield
    if RECORD and count["named once all agreed"]:
        held = ", ".join(f"{number:,} {name}" for name, number in count.items())
        seeds = f"seeds {FIRST_SEED} to {SWEPT[-1]}"
        line = f"- {date.today()}: {WORLDS} worlds on {connection.vendor}, {seeds}: no difference ({held}).\n"  # noqa: DTZ011 - the day it was run, for people
        with Path(RECORD).open("a", encoding="utf-8") as record:
            record.write(line)


@pytest.fixture
def loaded(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[tuple[Json, str]]:
    """Load one world into the database, and hold the clock."""
    world = random_world(request.param)
    file = tmp_path / "world.json"
    file.write_text(json.dumps(world))
    with redirect_stdout(io.StringIO()):
        assert main(["world", "load", str(file)]) == 0
    at = chosen(world, request.param)
    with clock.held_at(_at(at)):
        yield world, at


@pytest.mark.parametrize("loaded", SWEPT, indirect=True)
def test_the_page_holds_the_bytes_of_the_customers_page(loaded: tuple[Json, str]) -> None:
    world, at = loaded
    house = House(world)
    firms = {key: row for row, key in world_rows.row_keys("organization").items()}
    for owner, customer in customers(world):
        if not any(
            link.terms.accepted <= _at(at)
            for link in _between(
                house.network, owner=house.organizations[owner], customer=house.organizations[customer], at=_at(at)
            )
            if not link.terms.internal
        ):
            continue
        mine, theirs = Viewer(firms[owner]), Viewer(firms[customer])
        with looking_as(mine):
            found = seen_as(mine, Organization.objects.get(pk=firms[customer]).public_id)
        with looking_as(theirs):
            view = sight.view(theirs)
            pages = [fragments_of(theirs, each.ref) for each in view.own]
        count["places seen as a customer"] += len(found.places)
        for place in found.places:
            if place in view.places:  # no other way adds to it
                assert any(fragment(found, place.ref) in page for page in pages)
        expected = [without_ref(row) for row in seen_rows(house, owner, customer, at)["named"]]
        assert sorted(without_ref(row) for row in as_json(found)) == sorted(expected)


@pytest.mark.parametrize("loaded", SWEPT, indirect=True)
def test_a_place_is_named_once_all_have_consented_and_nothing_moves_before(loaded: tuple[Json, str]) -> None:
    world, at = loaded
    firms = {key: Viewer(row) for row, key in world_rows.row_keys("organization").items()}
    for turn in range(MOST_ASKED):
        found = _nameless(world, at, firms, turn)
        if found is None:
            return
        viewer_key, ref, (item, head) = found
        viewer = firms[viewer_key]
        with looking_as(viewer):
            ask_for_more(viewer, ref, purpose="To visit")
        questions = _questions(viewer)
        expected = asked(world, viewer_key, at, item=item, head=head)
        assert {key for key, _ in questions} == expected
        assert _view(world, viewer_key, at)[0] == _naive(world, viewer_key, at), "asking alone tells nothing"
        refuses = turn % 2 == 1
        for number, ((_link, _side, owner), consent) in enumerate(questions, start=1):
            with looking_as(firms[owner]):
                disclosure.say(firms[owner], consent, yes=not (refuses and number == len(questions)))
            if number < len(questions) or refuses:
                assert _view(world, viewer_key, at)[0] == _naive(world, viewer_key, at), "a consent is held"
        if not refuses:
            world = _with_grants(world, viewer_key, at, expected)
            shown = _view(world, viewer_key, at)[0]
            assert shown == _naive(world, viewer_key, at)
            assert f"item:{item}" in {row["ref"] for row in shown["named"]}
            count["named once all agreed"] += 1
        count["places asked about"] += 1
        count["consents"] += len(questions)


def _nameless(world: Json, at: str, firms: dict[str, Viewer], turn: int) -> tuple[str, str, tuple[str, str]] | None:
    """Return a viewer, a pseudonym in its view, and the item and head for which it stands; another one each turn."""
    found = []
    for firm in sorted(firms):
        places = _view(world, firm, at)[1]
        with unsealed("a test looks for what was not asked before"):
            before = set(MoreAsked.objects.filter(owner_id=firms[firm].organization_id).values_list("place", flat=True))
        found += [(firm, ref, places[ref]) for ref in sorted(places) if places[ref][1] and ref not in before]
    return found[turn * 7 % len(found)] if found else None


def _questions(viewer: Viewer) -> list[tuple[tuple[str, str, str], str]]:
    """Return what owners were asked last for this firm: (link, side, owner) and the question's id."""
    links, firms = world_rows.row_keys("link"), world_rows.row_keys("organization")
    with unsealed("a test reads what all owners were asked"):
        rows = Consent.objects.filter(asked=MoreAsked.objects.filter(owner_id=viewer.organization_id).latest("pk"))
        found = [((links[row.link_id], str(row.covers), firms[row.owner_id]), row.public_id) for row in rows]
    return sorted(found)


def _view(world: Json, firm: str, at: str) -> tuple[Json, dict[str, tuple[str, str]]]:
    """Return a view as the command prints it, by the file's keys, and for what each place stands."""
    printed = io.StringIO()
    with redirect_stdout(printed):
        assert main(["world", "view", firm, "--explain", "--at", at]) == 0
    view = json.loads(printed.getvalue())
    owner = {item["key"]: item["organization"] for item in world["items"]}
    return compared(readable(view, explained(view), owner)), explained(view)


def _naive(world: Json, viewer: str, at: str) -> Json:
    return compared(naive.view(world, viewer, at))


def _with_grants(world: Json, viewer: str, at: str, consented: set[tuple[str, str, str]]) -> Json:
    audience = {"organization": viewer}
    more = [
        {"grantor": owner, "covers": side, "link": link, "audience": audience, "level": 3, "from": at}
        for link, side, owner in sorted(consented)
    ]
    return {**world, "grants": [*world.get("grants", ()), *more]}


def fragment(seen: SeenAs, ref: str) -> str:
    """Return the bytes of one place on the see-as page."""
    shown = next(place for place, _beside in seen_items(seen) if place.ref == ref)
    return str(render_to_string("see/place_facts.html", {"place": shown}))


def fragments_of(viewer: Viewer, item: str) -> set[str]:
    """Return the bytes of each place on the page of one line."""
    known = shown_places(sight.chain_above(viewer, item))
    return {str(render_to_string("see/place_facts.html", {"place": each})) for each in known.values()}


def as_json(seen: SeenAs) -> list[Json]:
    rows: list[Json] = view_as_json("x", View((), seen.places, seen.steps), at=clock.now())["named"]  # type: ignore[assignment]
    return rows


def without_ref(row: Json) -> str:
    """Return the bytes of a row but for its id, which is the file's in one and random in the other."""
    return json.dumps({name: value for name, value in row.items() if name != "ref"})
