"""Edges of the rule that only small changes to the code would cross: each told by what somebody would then read."""

from datetime import timedelta

import pytest

from amont.chain.snapshot import network
from amont.chain.walk import walk
from amont.disclosure.admitted import admitted
from amont.disclosure.facts import Defaults
from amont.disclosure.guard import looking_as
from amont.disclosure.models import Inspection
from amont.disclosure.reading import noting
from amont.disclosure.unsealed import unsealed
from amont.kernel import clock
from amont.parties.models import Organization, Person
from amont.sight import read as sight
from amont.sight.cut.beside import _lowest
from amont.sight.cut.seen_as import seen_as
from amont.sight.cut.whole import keepers_of, whole
from amont.sight.facts import Mark, Place
from small_world import SmallWorld

pytestmark = pytest.mark.django_db


def places(world: SmallWorld, firm: str) -> tuple[Place, ...]:
    with looking_as(world.viewer(firm)), noting():
        return sight.view(world.viewer(firm)).places


def named(world: SmallWorld, firm: str) -> set[str]:
    return {each.name for each in places(world, firm) if each.mark is Mark.NAMED}


def nameless(world: SmallWorld, firm: str) -> set[tuple[str, str]]:
    """Return (item, head) of the nameless places, by name."""
    names = {item.pk: name for name, item in world.items.items()}
    with looking_as(world.viewer(firm)):
        found = walk(network(), world.firm(firm).pk, clock.now())
    return {(names[item], names[head]) for item, head in found.nameless}


def test_a_firm_that_nobody_checked_is_named_to_its_direct_buyers_alone(world: SmallWorld) -> None:
    for number, member in enumerate(("M", "R")):
        world.member(member)
        world.item(f"m{number}", member)
    world.item("t", "T")
    world.item("u", "U")
    world.item("other", "U")
    world.item("direct", "M")
    for buyer in ("m0", "m1"):
        world.ask(world.link(buyer, "t"))
    world.ask(world.link("t", "u"), passed=True)
    world.link("direct", "other")
    for firm, covers in (("T", "sourcing"), ("U", "identity")):
        world.grant(firm, covers, "requesters", 3)
    assert named(world, "M") == {"t", "u", "other"}
    assert named(world, "R") == {"t", "u"}
    Organization.objects.filter(pk=world.firm("U").pk).update(checked_by="none")
    with world._changing():
        pass
    assert named(world, "M") == {"t", "u", "other"}
    assert named(world, "R") == {"t"}
    assert nameless(world, "R") == {("u", "t")}


def test_who_keeps_a_place_nameless_because_nobody_checked_it_is_asked_as_well(world: SmallWorld) -> None:
    world.member("M")
    world.item("m", "M")
    world.item("t", "T")
    world.item("u", "U")
    world.ask(world.link("m", "t"))
    above = world.link("t", "u")
    world.ask(above, passed=True)
    world.grant("T", "sourcing", "requesters", 3)
    world.grant("U", "identity", "requesters", 3)
    Organization.objects.filter(pk=world.firm("U").pk).update(checked_by="none")
    with world._changing():
        pass
    viewer = world.viewer("M")
    with looking_as(viewer):
        place = next(iter(whole(viewer).nameless))
        _key, keepers = keepers_of(viewer, place)
    assert [each[2] for each in keepers] == [world.firm("U").pk]


def test_customers_see_the_sources_of_an_item_from_where_it_stands_by_name_alone(world: SmallWorld) -> None:
    world.member("M")
    for name, firm in (("m", "M"), ("direct", "M"), ("t1", "T1"), ("t2", "T2"), ("t3", "T3")):
        world.item(name, firm)
    world.ask(world.link("m", "t1"))
    world.ask(world.link("t1", "t2"), passed=True)
    world.link("direct", "t2")
    world.ask(world.link("t2", "t3"), passed=True)
    for audience, level in (("customers", 3), ("requesters", 0), ("chain", 0)):
        world.grant("T2", "sourcing", audience, level)
    world.grant("T3", "identity", "chain", 2)
    assert nameless(world, "M") == {("t2", "t1"), ("t3", "t2")}


def test_of_several_charters_the_lowest_default_of_each_audience_counts() -> None:
    assert _lowest([Defaults(3, 2, 1), Defaults(2, 3, 0), Defaults(4, 4, 4)]) == Defaults(2, 2, 0)


def test_nobody_is_let_in_by_the_first_persons_address(world: SmallWorld) -> None:
    first = Person.objects.create(id=1, email="first@auditors.example")
    with unsealed("a test opens an audit"):
        opened = Inspection.objects.create(
            owner=world.firm("Owner"),
            kind=Inspection.Kind.AUDIT,
            email=first.email,
            purpose="a test",
            until_at=clock.now() + timedelta(days=1),
        )
        assert [row.public_id for row in admitted(first.pk)] == [opened.public_id]
        assert admitted(None) == []
        assert admitted(0) == []


def test_see_as_leaves_what_is_sold_to_two_lines_with_both(world: SmallWorld) -> None:
    world.member("M")
    for name, firm in (("m1", "M"), ("m2", "M"), ("t", "T"), ("inner", "T"), ("idle", "T")):
        world.item(name, firm)
    world.ask(world.link("m1", "t"))
    world.ask(world.link("m2", "t"))
    world.link("t", "inner")
    world.link("m1", "inner")
    viewer = world.viewer("T")
    with looking_as(viewer), noting():
        found = seen_as(viewer, world.firm("M").public_id)
    assert {place.name for place in found.places} == {"t", "inner"}
    assert (found.firm, found.name) == (world.firm("M").public_id, "M")


def test_steps_above_a_place_stand_by_input_and_by_what_is_shown(world: SmallWorld) -> None:
    world.member("M")
    world.item("m", "M")
    for name in ("zinc", "alum", "mica", "oil", "wax"):
        world.item(name, f"Firm of {name}")
        world.link("m", name)
    viewer = world.viewer("M")
    with looking_as(viewer), noting():
        seen = whole(viewer)
        above = seen.above[world.items["m"].public_id]
    assert [seen.places[step.supplier].name for step in above] == ["alum", "mica", "oil", "wax", "zinc"]
