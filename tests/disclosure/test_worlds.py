"""The random worlds fit their format, and every rule of the walk matters in many of them."""

import json
from collections import Counter
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from disclosure import naive
from disclosure.worlds import moments, random_world

HERE = Path(__file__).parent
WORLD = jsonschema.Draft202012Validator(json.loads((HERE / "world.schema.json").read_text()))
VIEW = jsonschema.Draft202012Validator(json.loads((HERE / "view.schema.json").read_text()))


def sorted_view(view: dict[str, Any]) -> dict[str, Any]:
    """Sort what has no order."""
    return {
        name: sorted(value, key=lambda each: json.dumps(each, sort_keys=True)) if isinstance(value, list) else value
        for name, value in view.items()
    }


def views(seeds: range) -> list[tuple[dict[str, Any], str, str]]:
    """Choose, of each seed's world, two viewers at two moments."""
    found = []
    for seed in seeds:
        world = random_world(seed)
        times, firms = moments(world), [each["key"] for each in world["organizations"]]
        found += [
            (world, firms[(seed + turn) % len(firms)], times[(seed * 7 + turn * 3) % len(times)]) for turn in range(4)
        ]
    return found


def test_random_worlds_fit_the_format() -> None:
    for seed in range(300):
        world = random_world(seed)
        assert not list(WORLD.iter_errors(world)), seed
        pairs = [(link["buyer_item"], link["supplier_item"]) for link in world["links"]]
        assert len(pairs) == len(set(pairs))
        assert all(buyer != supplier for buyer, supplier in pairs)


def test_random_worlds_are_the_same_every_time() -> None:
    assert random_world(7) == random_world(7)
    assert random_world(7) != random_world(8)


def test_grants_are_about_what_is_the_grantors() -> None:
    for seed in range(300):
        world = random_world(seed)
        owner = {each["key"]: each["organization"] for each in world["items"]}
        links = {each["key"]: each for each in world["links"]}
        for grant in world.get("grants", []):
            side = "supplier_item" if grant["covers"] == "identity" else "buyer_item"
            item = grant.get("item") or (links[grant["link"]][side] if "link" in grant else None)
            assert item is None or owner[item] == grant["grantor"]


def test_views_fit_the_format_and_hold_every_kind_of_place() -> None:
    met: Counter[str] = Counter()
    for world, firm, at in views(range(250)):
        view = naive.view(world, firm, at)
        assert not list(VIEW.iter_errors(view))
        met.update(name for name in ("own", "named", "nameless", "links", "origins", "sealed") if view[name])
        met.update({f"level {each['level']}" for each in view["named"]})
        met.update({f"{name} {each['many']}" for name in ("origins", "sealed") for each in view[name]})
        met.update({f"nameless requested {each['requested']}" for each in view["nameless"]})
        heads = Counter(each["ref"].split("@")[0] for each in view["nameless"])
        met["one item beside two heads"] += any(count > 1 for count in heads.values())
        met["by name and namelessly"] += any(each["ref"] in heads for each in view["named"])
        met["beside a nameless place"] += any("@" in each["beside"] for each in view["origins"])
        met["head's own item"] += any(
            each["ref"].removeprefix("item:").split("@")[0] == each["ref"].split("@")[1] for each in view["nameless"]
        )
    print(dict(met))  # noqa: T201 - how often each occurs, with -s
    assert min(met.values()) >= 10, met


Rule = Callable[..., Any]

BROKEN: dict[str, tuple[str, Rule]] = {
    "3.4 looking back": ("was_named", lambda *_, **__: False),
    "3.4 any request ever answered": ("ever_answered", lambda *_: False),
    "3.3 floors": ("floor", lambda *_, **__: 0),
    "3.1 passing on": ("goes_on_requested", lambda *_, requested: requested),
    "3.1 no passing on": ("goes_on_requested", lambda *_, **__: False),
    "3.1 own requests only": ("answered_to_viewer", lambda look, link: look.answered(link)),
    "3.1 customers for sourcing": ("buys", lambda *_, **__: False),
    "3.1 steps within a firm": ("internal", lambda *_: False),
    "3.4 ended purchases": ("buys", lambda look, item, **_: buys_now(look, item, looking_back=False)),
    "3.1 charter's defaults": ("default", lambda *_: 1),
    "3.1 grants": ("decided", lambda *_: None),
}
buys_now = naive.Look.buys


@cache
def right_views() -> list[dict[str, Any]]:
    return [sorted_view(naive.view(*each)) for each in views(range(250))]


@pytest.mark.parametrize("rule", BROKEN)
def test_a_reading_without_one_rule_is_told_apart(rule: str, monkeypatch: pytest.MonkeyPatch) -> None:
    asked, right = views(range(250)), right_views()
    name, broken = BROKEN[rule]
    monkeypatch.setattr(naive.Look, name, broken)
    wrong = [sorted_view(naive.view(*each)) for each in asked]
    different = sum(one != other for one, other in zip(right, wrong, strict=True))
    print(f"{rule}: {different} of {len(asked)} views differ")  # noqa: T201 - with -s
    assert different >= 2
