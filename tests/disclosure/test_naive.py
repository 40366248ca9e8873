"""The second implementation against the rule's own worked example (section 8)."""

from copy import deepcopy
from typing import Any

from disclosure import naive

NOW = "2026-05-10T12:00:00Z"


def example() -> dict[str, Any]:
    """M <- T1 <- T2 <- T3, and a rival R <- T1 over another item of T1 that t2 does not serve."""
    firms = ("M", "T1", "T2", "T3", "R")
    chain = (("m1", "M"), ("t1", "T1"), ("t2", "T2"), ("t3", "T3"), ("r1", "R"), ("t1x", "T1"))
    return {
        "consortium": {"name": "Example"},
        "organizations": [
            {"key": key, "name": f"Firm {key}", "country": "FR", "member": key in {"M", "R"}} for key in firms
        ],
        "items": [
            {"key": key, "organization": firm, "name": f"Item {key}", "country": "ID", "step": "mill", "family": "palm"}
            for key, firm in chain
        ],
        "links": [
            {"key": "a", "buyer_item": "m1", "supplier_item": "t1"},
            {"key": "b", "buyer_item": "t1", "supplier_item": "t2"},
            {"key": "c", "buyer_item": "t2", "supplier_item": "t3"},
            {"key": "d", "buyer_item": "r1", "supplier_item": "t1x"},
        ],
        "requests": [
            {"link": "a", "status": "answered"},
            {"link": "b", "status": "answered", "passed": True},
            {"link": "d", "status": "answered"},
        ],
        "grants": [],
    }


def seen(world: dict[str, Any], viewer: str) -> dict[str, Any]:
    """Say in short what a viewer sees: the refs of named and nameless, and what is beside which place."""
    view = naive.view(world, viewer, NOW)
    return {
        "named": {(each["ref"], each["level"]) for each in view["named"]},
        "nameless": {each["ref"] for each in view["nameless"]},
        "origins": {(each["beside"], each["many"]) for each in view["origins"]},
        "sealed": {(each["beside"], each["many"]) for each in view["sealed"]},
    }


def world_with(*grants: dict[str, Any]) -> dict[str, Any]:
    world = example()
    world["grants"] = list(deepcopy(grants))
    return world


FIRST = {"grantor": "T1", "covers": "sourcing", "link": "b", "audience": "requesters", "level": 3}
SECOND = {"grantor": "T2", "covers": "identity", "item": "t2", "audience": {"organization": "M"}, "level": 3}
THIRD = {"grantor": "T2", "covers": "identity", "item": "t2", "audience": {"organization": "T1"}, "level": 4}
FOURTH = (
    {"grantor": "T2", "covers": "sourcing", "audience": "requesters", "level": 3},
    {"grantor": "T3", "covers": "identity", "item": "t3", "audience": "requesters", "level": 3},
)


def test_the_member_that_asked_sees_the_tiers_above_without_names() -> None:
    view = seen(example(), "M")
    assert view["named"] == {("item:t1", 3)}
    assert view["nameless"] == {"item:t2@t1", "item:t3@t1"}
    assert view["origins"] == view["sealed"] == set()


def test_the_firm_in_between_sees_an_origin_beside_its_supplier() -> None:
    view = seen(example(), "T1")
    assert view == {
        "named": {("item:t2", 3)},
        "nameless": set(),
        "origins": {("item:t2", "one")},
        "sealed": set(),
    }


def test_a_supplier_sees_nothing_downstream() -> None:
    assert seen(example(), "T2") == {"named": {("item:t3", 3)}, "nameless": set(), "origins": set(), "sealed": set()}
    assert naive.view(example(), "T3", NOW)["links"] == []


def test_a_rival_sees_another_item_of_the_same_supplier_and_nothing_else() -> None:
    assert seen(example(), "R")["named"] == {("item:t1x", 3)}
    shared = example()
    shared["links"].append({"key": "e", "buyer_item": "t1x", "supplier_item": "t2"})
    shared["requests"].append({"link": "e", "status": "answered", "passed": True})
    assert seen(shared, "R")["nameless"] == {"item:t2@t1x", "item:t3@t1x"}


def test_before_the_first_supplier_answered_there_are_origins_only() -> None:
    world = example()
    for request in world["requests"]:
        request["status"] = "open"
    view = seen(world, "M")
    assert view["named"] == {("item:t1", 3)}
    assert view["nameless"] == set()
    assert view["origins"] == {("item:t1", "several")}


def test_when_only_the_first_supplier_answered_its_source_is_nameless_and_the_next_an_origin() -> None:
    world = example()
    world["requests"][1]["status"] = "open"
    view = seen(world, "M")
    assert view["nameless"] == {"item:t2@t1"}
    assert view["origins"] == {("item:t2@t1", "one")}


def test_one_consent_of_two_names_nobody() -> None:
    assert seen(world_with(FIRST), "M") == seen(example(), "M")


def test_both_consents_name_it_and_it_becomes_the_head() -> None:
    view = seen(world_with(FIRST, SECOND), "M")
    assert view["named"] == {("item:t1", 3), ("item:t2", 3)}
    assert view["nameless"] == {"item:t3@t2"}


def test_a_grant_to_one_organization_changes_nothing_for_another() -> None:
    world = world_with(FIRST, SECOND, THIRD)
    assert seen(world, "T1")["named"] == {("item:t2", 4)}
    assert seen(world, "M") == seen(world_with(FIRST, SECOND), "M")


def test_a_hop_can_be_skipped() -> None:
    world = world_with(FIRST, SECOND, THIRD, *FOURTH)
    assert seen(world, "M")["named"] == {("item:t1", 3), ("item:t2", 3), ("item:t3", 3)}
    assert seen(world, "T1")["origins"] == {("item:t2", "one")}


def test_after_a_revocation_there_are_origins_and_no_pseudonym() -> None:
    world = world_with({**FIRST, "revoked": NOW}, SECOND, THIRD, *FOURTH)
    view = seen(world, "M")
    assert view["named"] == {("item:t1", 3)}
    assert view["nameless"] == set()
    assert view["origins"] == {("item:t1", "several")}


def test_bought_directly_too_it_stands_by_name_and_namelessly() -> None:
    world = example()
    world["items"].append({"key": "m2", "organization": "M", "name": "Item m2"})
    world["links"].append({"key": "e", "buyer_item": "m2", "supplier_item": "t2"})
    world["requests"].append({"link": "e", "status": "answered"})
    view = seen(world, "M")
    assert view["named"] == {("item:t1", 3), ("item:t2", 3)}
    assert view["nameless"] == {"item:t2@t1", "item:t3@t1", "item:t3@t2"}
