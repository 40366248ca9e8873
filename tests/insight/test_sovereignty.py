"""What a viewer's lines depend on: from its view alone, refused where a scenario says nothing, on its pages and API."""

import pytest

from amont.disclosure.guard import looking_as
from amont.insight import sovereignty
from amont.insight.facts_dependence import Kind, Scope
from amont.kernel.errors import Refused
from small_world import SmallWorld

pytestmark = [pytest.mark.django_db, pytest.mark.both]


@pytest.fixture
def world() -> SmallWorld:
    """M buys oil and soap; both come from T1, which makes them of T2's palm: nameless to M."""
    made = SmallWorld()
    for name in ("oil", "soap"):
        made.item(name, "M", is_bought=True, family="palm", volume_band="1-10")
    made.item("t1", "T1", country="FR")
    made.item("t2", "T2", country="ID", family="palm", chain_end="origin_reached")
    for name in ("oil", "soap"):
        made.ask(made.link(name, "t1"))
    made.ask(made.link("t1", "t2"), passed=True)
    return made


def test_a_firm_and_a_country_that_take_all_lines_down_are_told(world: SmallWorld) -> None:
    viewer = world.viewer("M")
    with looking_as(viewer):
        firms = sovereignty.single_stops(viewer, Kind.FIRM)
        countries = sovereignty.single_stops(viewer, Kind.COUNTRY)
    assert [len(each.every_input) for each in firms] == [2, 2]
    assert {each.name for each in firms} == {"T1", ""}, "the firm that is not named has no name here"
    assert {each.code: each.volume_percent for each in countries} == {"FR": 100, "ID": 100}


def test_a_rival_learns_nothing_of_it(world: SmallWorld) -> None:
    world.item("other", "R", is_bought=True)
    viewer = world.viewer("R")
    with looking_as(viewer):
        assert sovereignty.single_stops(viewer, Kind.FIRM) == ()
        assert sovereignty.concentration(viewer) == ()


def test_what_is_claimed_is_counted_only_apart_and_a_new_claim_at_once(world: SmallWorld) -> None:
    viewer = world.viewer("M")
    with looking_as(viewer):
        before = sovereignty.known(viewer, Kind.FIRM, scope=Scope.CLAIMED)
    world.claim("oil", "Mill")
    with looking_as(viewer):
        assert set(sovereignty.known(viewer, Kind.FIRM, scope=Scope.CLAIMED)) - set(before) == {"Mill"}
        assert "Mill" not in sovereignty.known(viewer, Kind.FIRM)


@pytest.mark.parametrize(
    ("typed", "field", "words"),
    [
        ({}, "country", "Choose what stops"),
        ({"corners": "0,0\n1,1\n0,1\n1,0"}, "corners", "crosses itself near 0.5, 0.5"),
        ({"corners": "10,170\n10,-170\n-10,-170\n-10,170"}, "corners", "date line near 10, 170"),
        ({"around": "10, 190", "km": "5"}, "around", "date line"),
        ({"corners": "0,0\n1,1"}, "corners", "3 corners"),
        ({"around": "here", "km": "5"}, "around", "latitude, longitude"),
        ({"around": "nan, nan", "km": "inf"}, "around", "latitude, longitude"),
        ({"around": "-80, 0", "km": "5"}, "country", "Nothing that you see"),
    ],
)
def test_a_scenario_that_says_nothing_is_refused_at_its_field(
    world: SmallWorld, typed: dict[str, str], field: str, words: str
) -> None:
    viewer = world.viewer("M")
    with looking_as(viewer), pytest.raises(Refused) as refused:
        sovereignty.played(viewer, sovereignty.scenario_of({}, **typed))
    assert words in str(refused.value.errors[field][0])


def test_a_scenario_that_stops_all_that_is_seen_is_refused(world: SmallWorld) -> None:
    viewer = world.viewer("M")
    everything = {Kind.COUNTRY: frozenset({"FR", "ID"})}
    with looking_as(viewer), pytest.raises(Refused):
        sovereignty.played(viewer, sovereignty.scenario_of(everything))


def test_a_country_that_stops_takes_down_what_needs_it(world: SmallWorld) -> None:
    viewer = world.viewer("M")
    with looking_as(viewer):
        found = sovereignty.played(viewer, sovereignty.scenario_of({Kind.COUNTRY: frozenset({"ID"})}))
    assert (len(found.stops), found.may, found.goes_on, found.hit) == (2, (), (), 1)
