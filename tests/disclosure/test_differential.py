"""The product's views against a second, naive reading of the rule: no difference, whatever the world.

`VIEWS` says how many views are compared (default 1,500), `SEED` where to begin, `RECORD` a file that gets a line about
a run without a difference (`make oracle`).
"""

import io
import json
import os
from collections import Counter
from collections.abc import Iterator
from contextlib import redirect_stdout
from datetime import date
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from django.db import connection

from amont.commands.main import main
from disclosure import naive
from disclosure.house import House, compared, readable
from disclosure.worlds import moments, random_world
from proof.campaign import commit, under
from proof.enforcing import code

VIEWS = int(os.environ.get("VIEWS") or 1500)
FIRST_SEED = int(os.environ.get("SEED") or 1)
RECORD = os.environ.get("RECORD")
MOMENTS = 3
VIEW_SCHEMA = json.loads(Path(__file__).with_name("view.schema.json").read_text())


def chosen_moments(world: dict[str, Any], seed: int) -> list[str]:
    found = list(moments(world))
    return [found[(seed * 7 + turn * 5) % len(found)] for turn in range(MOMENTS)]


def views(number: int) -> Iterator[tuple[int, dict[str, Any], House, str, str]]:
    """Give `number` (seed, world, house, viewer, moment): every organization of each world, at a few moments."""
    seed, given = FIRST_SEED, 0
    while given < number:
        world = random_world(seed)
        house = House(world)
        for at in dict.fromkeys(chosen_moments(world, seed)):
            for organization in world["organizations"]:
                yield seed, world, house, organization["key"], at
                given += 1
        seed += 1


def test_no_view_differs_from_the_naive_reading() -> None:
    compared_views, places, last = 0, Counter[str](), FIRST_SEED
    for seed, world, house, viewer, at in views(VIEWS):
        expected = compared(naive.view(world, viewer, at))
        assert compared(house.view(viewer, at)) == expected, f"seed {seed}, viewer {viewer}, at {at}"
        compared_views, last = compared_views + 1, seed
        places.update({name: len(expected[name]) for name in ("own", "named", "nameless", "origins", "sealed")})
    assert all(places[name] > compared_views // 10 for name in ("named", "nameless", "origins", "sealed"))
    if RECORD:
        held = ", ".join(f"{number:,} {name}" for name, number in places.items())
        line = (
            f"- {date.today()}, commit {commit()}, code {code()}, {connection.vendor}: {compared_views:,} views, "  # noqa: DTZ011 - the day it was run, for people
            f"seeds {FIRST_SEED} to {last}: no difference ({held}).\n"
        )
        record = Path(RECORD)
        record.write_text(under(record.read_text(encoding="utf-8"), "oracle", line), encoding="utf-8")


@pytest.mark.django_db
@pytest.mark.parametrize("seed", range(FIRST_SEED, FIRST_SEED + 12))
def test_no_view_of_a_loaded_world_differs(seed: int, tmp_path: Path) -> None:
    world = random_world(seed)
    file = tmp_path / "world.json"
    file.write_text(json.dumps(world))
    owner = {item["key"]: item["organization"] for item in world["items"]}
    assert main(["world", "load", str(file)]) == 0
    for at in chosen_moments(world, seed):
        printed = io.StringIO()
        with redirect_stdout(printed):
            assert main(["world", "view", "--all", "--explain", "--at", at]) == 0
        shown = [json.loads(line) for line in printed.getvalue().splitlines()]
        assert [view["viewer"] for view in shown] == sorted(each["key"] for each in world["organizations"])
        for view in shown:
            jsonschema.validate(view, VIEW_SCHEMA)
            found = compared(readable(view, explained(view), owner))
            assert found == compared(naive.view(world, view["viewer"], at)), f"seed {seed}, {view['viewer']}, at {at}"


def explained(view: dict[str, Any]) -> dict[str, tuple[str, str]]:
    """Return each place's item and head, as --explain tells them."""
    return {
        place["ref"]: (place["explain"]["key"], place["explain"].get("head", ""))
        for name in ("own", "named", "nameless")
        for place in view[name]
    }
