"""Two worlds that differ only in what a viewer may not see give that viewer the same bytes."""

import json
from typing import Any

import pytest

from amont.chain.facts import Walked
from amont.exchange.world.show import view_as_json
from amont.sight.cut.dress import dress, needed
from disclosure.house import House, _at
from disclosure.worlds import moments, random_world

Json = dict[str, Any]


def printed(house: House, viewer: str, at: str) -> str:
    """Return the very text of a view, public ids and pseudonyms included."""
    moment = _at(at)
    dressed = dress(house.walked(viewer, at), house.stated, viewer=house.organizations[viewer], on=moment.date())
    return json.dumps(view_as_json(viewer, dressed.view, at=moment))


def with_other_secrets(world: Json, house: House, viewer: str, walked: Walked) -> Json:
    """Change all that is not this viewer's to know: names, towns, numbers, and whole items where nothing shows."""
    changed: Json = json.loads(json.dumps(world))
    by_name = {house.item_keys[item] for item in (*walked.own, *walked.named)}
    shown = {house.item_keys[item] for item in needed(walked)}
    named_firms = {house.owner[key] for key in by_name} | {viewer}
    for firm in changed["organizations"]:
        if firm["key"] not in named_firms:
            firm["name"], firm["country"] = f"CANARY {firm['key']}", "ZW"
    for item in changed["items"]:
        if item["key"] in by_name:
            continue
        item["name"] = f"CANARY {item['key']}"
        item["site"] = {"name": "CANARY", "town": "CANARY", "latitude": 1.0, "longitude": 2.0}
        for held in item.get("certificates", ()):
            held["number"] = "CANARY"
        if item["key"] not in shown:
            item |= {"country": "ZW", "step": "CANARY", "certificates": [{"scheme": "CANARY"}]}
    return changed


def with_more_above_the_sealed(world: Json, house: House, walked: Walked) -> Json:
    """Hang a new firm's item above each item that is met sealed and nowhere else."""
    changed: Json = json.loads(json.dumps(world))
    reached = needed(walked) | set(walked.own)
    sealed = sorted({item for _, item in walked.sealed} - reached)
    changed["organizations"].append({"key": "CANARY", "name": "CANARY", "country": "ZW"})
    for item in sealed:
        key = f"canary-{item}"
        changed["items"].append({"key": key, "organization": "CANARY", "name": "CANARY", "country": "ZW"})
        changed["links"].append({"key": key, "buyer_item": house.item_keys[item], "supplier_item": key})
    return changed


@pytest.mark.parametrize("seed", range(1, 61))
def test_what_a_viewer_may_not_see_changes_nothing_for_it(seed: int) -> None:
    world = random_world(seed)
    house = House(world)
    times = list(moments(world))
    for turn, organization in enumerate(world["organizations"]):
        viewer, at = organization["key"], times[(seed + turn) % len(times)]
        before, walked = printed(house, viewer, at), house.walked(viewer, at)
        other = House(with_other_secrets(world, house, viewer, walked))
        assert printed(other, viewer, at) == before
        assert "CANARY" not in before
        deeper = House(with_more_above_the_sealed(world, house, walked))
        assert printed(deeper, viewer, at) == before
