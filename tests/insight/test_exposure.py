"""The exposure of lines: countries from the viewer's own view, every figure with its source, what is unknown first."""

import pytest

from amont.disclosure.guard import looking_as
from amont.insight.exposure import exposure
from amont.insight.facts_dependence import Scope
from amont.insight.indexes.known import SOURCES, Kind
from amont.kernel.errors import NotKnown
from amont.web.depend.exposing import EDITIONS, MEASURES
from small_world import SmallWorld

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> SmallWorld:
    """M buys oil, made of palm from Indonesia to its end, and soap from Morocco, above which nothing is told."""
    made = SmallWorld()
    for name in ("oil", "soap"):
        made.item(name, "M", is_bought=True, country="DE")
    made.item("t1", "T1", country="FR")
    made.item("t2", "T2", country="ID", chain_end="origin_reached")
    made.item("t3", "T3", country="MA")
    made.ask(made.link("oil", "t1"))
    made.ask(made.link("t1", "t2"), passed=True)
    made.ask(made.link("soap", "t3"))
    return made


def test_a_line_stands_on_every_country_above_it_and_on_none_of_its_own(world: SmallWorld) -> None:
    viewer = world.viewer("M")
    with looking_as(viewer):
        found = exposure(viewer, Kind.CLIMATIC)
    assert {each.country: len(each.standing) for each in found.countries} == {"FR": 1, "ID": 1, "MA": 1}


def test_what_is_not_known_of_a_line_is_told_and_where(world: SmallWorld) -> None:
    viewer = world.viewer("M")
    with looking_as(viewer):
        found = exposure(viewer, Kind.CLIMATIC)
    assert [[place.organization for place in each.places] for each in found.unknown] == [["T3"]]


def test_a_line_about_which_nobody_was_asked_is_unknown_and_not_safe() -> None:
    made = SmallWorld()
    made.item("oil", "M", is_bought=True)
    viewer = made.viewer("M")
    with looking_as(viewer):
        found = exposure(viewer, Kind.SANITARY)
    assert (found.lines, len(found.unknown), found.countries) == (1, 1, ())


def test_every_figure_is_of_the_kind_asked_for_and_none_is_made_of_others(world: SmallWorld) -> None:
    viewer = world.viewer("M")
    for kind in Kind:
        with looking_as(viewer):
            found = exposure(viewer, kind)
        expected = [each.column for source in SOURCES for each in source.measures if each.kind is kind]
        assert all([one.measure.column for one in each.readings] == expected for each in found.countries)


def test_every_measure_and_every_edition_has_words_for_the_page() -> None:
    assert set(MEASURES) == {each.column for source in SOURCES for each in source.measures}
    assert set(EDITIONS) == {source.name for source in SOURCES}


def test_one_line_is_read_alone_and_another_firms_line_is_not_known(world: SmallWorld) -> None:
    viewer, other = world.viewer("M"), world.viewer("T3")
    soap = world.items["soap"].public_id
    with looking_as(viewer):
        found = exposure(viewer, Kind.CLIMATIC, line=soap)
        assert {each.country for each in found.countries} == {"MA"}
    with looking_as(other), pytest.raises(NotKnown):
        exposure(other, Kind.CLIMATIC, line=soap)


def test_what_one_claims_counts_only_apart(world: SmallWorld) -> None:
    world.claim("oil", "Mill")
    viewer = world.viewer("M")
    with looking_as(viewer):
        assert len(exposure(viewer, Kind.CLIMATIC).unknown) == 1
        assert len(exposure(viewer, Kind.CLIMATIC, scope=Scope.CLAIMED).unknown) == 2
