"""See-as on random worlds: what a customer gets of the owner's data over their link, byte for byte, and no more."""

import json
from typing import Any

from amont.chain.walk import walk
from amont.exchange.world.show import view_as_json
from amont.sight.cut.dress import dress
from amont.sight.cut.seen_as import _between, _only, _without_own
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
