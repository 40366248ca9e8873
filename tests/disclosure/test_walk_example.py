"""The rule's worked example (section 8), step by step, and what the walk does with cycles and own items."""

from typing import Any

from disclosure.house import House

AT = "2026-05-10T12:00:00Z"
Json = dict[str, Any]


def world(*, t1_answered: bool = True, t2_answered: bool = True) -> Json:
    """M <- T1 <- T2 <- T3, and a rival over its own item of T1, which t2 does not serve."""
    firms = {"M": ["m1"], "T1": ["t1", "t1x"], "T2": ["t2"], "T3": ["t3"], "R": ["r1"]}
    first, second = ("answered" if each else "open" for each in (t1_answered, t2_answered))
    return {
        "consortium": {"name": "Example"},
        "organizations": [{"key": key, "name": f"Firm {key}", "country": "FR"} for key in firms],
        "items": [
            {"key": item, "organization": firm, "name": f"Item {item}", "country": "ID", "step": "mill"}
            for firm, items in firms.items()
            for item in items
        ],
        "links": [link("a", "m1", "t1"), link("b", "t1", "t2"), link("c", "t2", "t3"), link("d", "r1", "t1x")],
        "requests": [
            {"link": "a", "status": first},
            {"link": "b", "status": second, "passed": True},
            {"link": "d", "status": "answered"},
        ],
        "grants": [],
    }


def link(key: str, buyer: str, supplier: str, **rest: str) -> Json:
    return {"key": key, "buyer_item": buyer, "supplier_item": supplier, **rest}


def grant(grantor: str, covers: str, audience: object, level: int, **rest: str) -> Json:
    return {"grantor": grantor, "covers": covers, "audience": audience, "level": level, **rest}


def seen(content: Json, viewer: str = "M", at: str = AT) -> dict[str, str]:
    """Say in one word how each place stands, and what stands beside which."""
    view = House(content).view(viewer, at)
    found = {each["ref"]: f"named {each['level']}" for each in view["named"]}
    found |= {each["ref"]: "nameless" for each in view["nameless"]}
    found |= {f"beside {each['beside']}": f"origin {each['many']}" for each in view["origins"]}
    found |= {f"sealed beside {each['beside']}": f"sealed {each['many']}" for each in view["sealed"]}
    return found


T1_AGREES = grant("T1", "sourcing", "requesters", 3, link="b")
T2_NAMES_ITSELF_TO_M = grant("T2", "identity", {"organization": "M"}, 3, item="t2")
T2_OPENS_TO_T1 = grant("T2", "identity", {"organization": "T1"}, 4, item="t2")
T2_NAMES_ITS_SOURCES = grant("T2", "sourcing", "requesters", 3)
T3_NAMES_ITSELF = grant("T3", "identity", "requesters", 3, item="t3")


def test_the_table_of_the_example() -> None:
    assert seen(world()) == {"item:t1": "named 3", "item:t2@t1": "nameless", "item:t3@t1": "nameless"}
    assert seen(world(), "T1") == {"item:t2": "named 3", "beside item:t2": "origin one"}
    assert seen(world(), "T2") == {"item:t3": "named 3"}
    assert seen(world(), "R") == {"item:t1x": "named 3"}


def test_before_answers_there_are_origins_only() -> None:
    waiting = world(t1_answered=False, t2_answered=False)
    assert seen(waiting) == {"item:t1": "named 3", "beside item:t1": "origin several"}
    assert seen(world(t2_answered=False)) == {
        "item:t1": "named 3",
        "item:t2@t1": "nameless",
        "beside item:t2@t1": "origin one",
    }


def test_the_grants_of_the_example_one_after_the_other() -> None:
    content = world()
    content["grants"].append(T1_AGREES)
    assert seen(content)["item:t2@t1"] == "nameless"
    content["grants"].append(T2_NAMES_ITSELF_TO_M)
    assert seen(content) == {"item:t1": "named 3", "item:t2": "named 3", "item:t3@t2": "nameless"}
    content["grants"].append(T2_OPENS_TO_T1)
    assert seen(content, "T1")["item:t2"] == "named 4"
    assert seen(content)["item:t2"] == "named 3"
    content["grants"] += [T2_NAMES_ITS_SOURCES, T3_NAMES_ITSELF]
    assert seen(content)["item:t3"] == "named 3"
    assert seen(content, "T1")["beside item:t2"] == "origin one"


def test_a_hop_can_be_skipped_and_a_revocation_leaves_origins_at_once() -> None:
    content = world()
    content["grants"] = [
        T1_AGREES | {"revoked": AT},
        T2_NAMES_ITSELF_TO_M,
        T2_OPENS_TO_T1,
        T2_NAMES_ITS_SOURCES,
        T3_NAMES_ITSELF,
    ]
    assert seen(content, at="2026-05-10T11:59:59Z")["item:t3"] == "named 3"
    assert seen(content) == {"item:t1": "named 3", "beside item:t1": "origin several"}


def test_bought_directly_too_it_stands_by_name_and_namelessly() -> None:
    content = world()
    content["items"].append({"key": "m2", "organization": "M", "name": "m2"})
    content["links"].append(link("e", "m2", "t2"))
    content["requests"].append({"link": "e", "status": "answered"})
    assert seen(content) == {
        "item:t1": "named 3",
        "item:t2": "named 3",
        "item:t2@t1": "nameless",
        "item:t3@t1": "nameless",
        "item:t3@t2": "nameless",
    }


def test_a_cycle_ends_and_the_heads_own_item_stands_namelessly_beside_it() -> None:
    content = world()
    content["links"].append(link("e", "t3", "t1"))
    content["requests"] += [{"link": "c", "status": "answered"}, {"link": "e", "status": "answered"}]
    assert seen(content) == {
        "item:t1": "named 3",
        "item:t1@t1": "nameless",
        "item:t2@t1": "nameless",
        "item:t3@t1": "nameless",
    }


def test_an_origin_walk_does_not_count_the_places_own_item() -> None:
    content = world(t1_answered=False, t2_answered=False)
    content["links"].append(link("e", "t3", "t1"))
    assert seen(content) == {"item:t1": "named 3", "beside item:t1": "origin several"}
    view = House(content).walked("M", AT)
    assert len(view.origins) == 2


def test_an_own_item_met_low_is_neither_shown_nor_counted() -> None:
    content = world()
    content["links"].append(link("e", "t3", "m1"))
    assert seen(content) == seen(world())
    assert House(content).view("M", AT)["links"] == House(world()).view("M", AT)["links"]


def test_an_own_item_met_by_name_is_shown_as_a_link_to_it() -> None:
    content = world()
    content["links"].append(link("e", "t1", "m1"))
    assert {"buyer": "item:t1", "supplier": "item:m1"} not in House(content).view("M", AT)["links"]
    content["grants"] = [grant("T1", "sourcing", {"organization": "M"}, 3, link="e")]
    assert {"buyer": "item:t1", "supplier": "item:m1"} in House(content).view("M", AT)["links"]


def test_a_link_accepted_at_the_very_moment_is_walked_and_a_second_earlier_not() -> None:
    content = world()
    content["links"][0]["accepted"] = AT
    assert "item:t1" in seen(content)
    assert seen(content, at="2026-05-10T11:59:59Z") == {}


def test_steps_within_a_firm_keep_the_requester_and_the_name() -> None:
    content = world()
    content["items"].append({"key": "t1raw", "organization": "T1", "name": "raw"})
    content["links"][1] = link("b", "t1raw", "t2")
    content["links"].append(link("e", "t1", "t1raw", status="declared"))
    assert seen(content) == {
        "item:t1": "named 3",
        "item:t1raw": "named 3",
        "item:t2@t1raw": "nameless",
        "item:t3@t1raw": "nameless",
    }


def test_a_place_reached_by_two_ways_takes_level_and_request_from_either() -> None:
    content = world()
    content["items"] += [{"key": "m2", "organization": "M", "name": "m2"}]
    content["links"].append(link("e", "m2", "t1"))
    content["requests"] = [{"link": "e", "status": "answered"}]
    walked = House(content).view("M", AT)
    assert [(each["ref"], each["requested"]) for each in walked["named"]] == [("item:t1", True)]
