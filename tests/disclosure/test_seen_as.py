"""See-as on random worlds: what a customer gets of the owner's data over their link, byte for byte, and no more."""

import io
import json
from collections.abc import Iterator
from contextlib import redirect_stdout
from pathlib import Path
from typing import Any

import pytest
from django.template.loader import render_to_string

from amont.chain.walk import walk
from amont.chain.world import read as world_rows
from amont.commands.main import main
from amont.disclosure.guard import looking_as
from amont.exchange.world.show import view_as_json
from amont.kernel import clock
from amont.kernel.viewer import Viewer
from amont.parties.models import Organization
from amont.sight import read as sight
from amont.sight.cut.dress import dress
from amont.sight.cut.seen_as import _between, _only, _without_own, seen_as
from amont.sight.facts import SeenAs, View
from amont.web.see.rows import shown_places
from amont.web.share.present import seen_items
from disclosure import naive
from disclosure.house import House, _at, compared
from disclosure.worlds import moments, random_world

Json = dict[str, Any]
SEEDS = range(1, 121)


def chosen(world: Json, seed: int) -> str:
    times = list(moments(world))
    return times[seed * 5 % len(times)]


def customers(world: Json) -> list[tuple[str, str]]:
    """Give every (owner, customer) joined by an accepted link."""
    owner = {each["key"]: each["organization"] for each in world["items"]}
    pairs = {
        (owner[link["supplier_item"]], owner[link["buyer_item"]])
        for link in world["links"]
        if link.get("status", "accepted") == "accepted"
    }
    return sorted(pair for pair in pairs if pair[0] != pair[1])


def cut(world: Json, owner_of_data: str, customer: str) -> Json:
    """Leave of a world what stands between the two, and within the owner's firm: the rest might never have been."""
    owner = {each["key"]: each["organization"] for each in world["items"]}
    kept = [
        link
        for link in world["links"]
        if owner[link["supplier_item"]] == owner_of_data and owner[link["buyer_item"]] in {owner_of_data, customer}
    ]
    keys = {link["key"] for link in kept}
    return {
        **world,
        "links": kept,
        "requests": [each for each in world.get("requests", ()) if each["link"] in keys],
        "grants": [
            each
            for each in world.get("grants", ())
            if each["grantor"] == owner_of_data and each.get("link", next(iter(keys))) in keys
        ],
    }


def seen_rows(house: House, owner: str, customer: str, at: str) -> Json:
    """Return what see-as is made of, without a database: the cut walk, dressed, as the customer's file has it."""
    net, moment, firm = house.network, _at(at), house.organizations[customer]
    over = _between(net, owner=house.organizations[owner], customer=firm, at=moment)
    walked = _without_own(walk(_only(net, over), firm, moment))
    dressed = dress(walked, house.stated, viewer=firm, on=moment.date())
    return view_as_json(customer, dressed.view, at=moment)


def test_see_as_is_the_customers_view_of_a_world_that_holds_nothing_else() -> None:
    pairs = 0
    for seed in SEEDS:
        world = random_world(seed)
        at, house = chosen(world, seed), House(world)
        owner_of = {f"public-{each['key']}": each["organization"] for each in world["items"]}
        for owner, customer in customers(world):
            rows = seen_rows(house, owner, customer, at)
            assert {owner_of[row["ref"]] for row in rows["named"]} <= {owner}, f"seed {seed}"
            assert rows["own"] == rows["nameless"] == rows["origins"] == []
            alone = cut(world, owner, customer)
            expected = naive.view(alone, customer, at)["named"]
            named = [{**row, "ref": row["ref"].replace("public-", "item:")} for row in rows["named"]]
            assert compared({"named": named}) == compared({"named": expected}), f"seed {seed}, {owner} as {customer}"
            assert json.dumps(seen_rows(House(alone), owner, customer, at)) == json.dumps(rows), f"seed {seed}"
            pairs += 1
    assert pairs > 500


def test_see_as_is_byte_for_byte_in_the_customers_own_view_unless_other_ways_add() -> None:
    same, more = 0, 0
    for seed in SEEDS:
        world = random_world(seed)
        at, house = chosen(world, seed), House(world)
        for owner, customer in customers(world):
            moment = _at(at)
            whole = dress(
                house.walked(customer, at), house.stated, viewer=house.organizations[customer], on=moment.date()
            )
            theirs = {row["ref"]: row for row in view_as_json(customer, whole.view, at=moment)["named"]}  # type: ignore[attr-defined]
            for row in seen_rows(house, owner, customer, at)["named"]:
                full = theirs[row["ref"]]
                if json.dumps(row) == json.dumps(full):
                    same += 1
                    continue
                assert (full["level"], full["requested"]) > (row["level"], row["requested"]), f"seed {seed}"
                more += 1
    assert same > 20 * more > 0


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


@pytest.mark.django_db
@pytest.mark.parametrize("loaded", range(1, 13), indirect=True)
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
        for place in found.places:
            if place in view.places:  # no other way adds to it
                assert any(fragment(found, place.ref) in page for page in pages)
        expected = [without_ref(row) for row in seen_rows(house, owner, customer, at)["named"]]
        assert sorted(without_ref(row) for row in as_json(found)) == sorted(expected)


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
