"""Coverage of a viewer, from its view and nothing else."""

from collections.abc import Callable

import pytest

from amont.disclosure.guard import looking_as
from amont.insight import read
from amont.insight.facts import Asking, Coverage
from amont.kernel.errors import NotKnown
from small_world import SmallWorld

pytestmark = [pytest.mark.django_db, pytest.mark.both]


def _coverage(world: SmallWorld, firm: str) -> Coverage:
    viewer = world.viewer(firm)
    with looking_as(viewer):
        return read.coverage(viewer)


def _confirmed(found: Coverage) -> list[int]:
    return [tier.confirmed.lines for tier in found.tiers]


@pytest.fixture
def world() -> SmallWorld:
    """M buys glycerin, cap and box; glycerin is made by T1 from T2's oil, which is pressed from T3's fruit."""
    made = SmallWorld()
    for name in ("glycerin", "cap", "box"):
        made.item(name, "M", is_bought=True, family="palm" if name == "glycerin" else "", volume_band="1-10")
    made.item("t1", "T1", country="FR", step="esterification")
    made.item("t2", "T2", country="MY", step="refining")
    made.item("t3", "T3", country="ID", step="harvest", chain_end="origin_reached")
    made.ask(made.link("glycerin", "t1"))
    made.ask(made.link("t1", "t2"), passed=True)
    made.ask(made.link("t2", "t3"), passed=True)
    return made


def test_a_nameless_place_is_a_tier_reached_and_silence_is_none(world: SmallWorld) -> None:
    found = _coverage(world, "M")
    assert found.lines == 3
    assert _confirmed(found) == [1, 1, 1]
    assert [tier.silent.lines for tier in found.tiers] == [2, 2, 2]
    assert found.partners == 1
    assert dict(found.ends)["origin_reached"].lines == 1
    assert found.no_end.lines == 2


def test_what_is_stated_and_claimed_is_counted_apart(world: SmallWorld) -> None:
    world.state("cap", "Plastex", asked=True)
    world.claim("box", "Carton", "Mill", "Forest")
    found = _coverage(world, "M")
    assert _confirmed(found) == [1, 1, 1]
    assert [tier.stated.lines for tier in found.tiers] == [1, 0, 0]
    assert [tier.claimed.lines for tier in found.tiers] == [1, 1, 1]


def test_dependencies_are_counted_from_what_is_shown(world: SmallWorld) -> None:
    found = {(each.kind, each.code): each.share.lines for each in _coverage(world, "M").dependencies}
    assert found[("country", "ID")] == found[("country", "MY")] == 1
    assert found[("firm", "T1")] == 1
    assert ("firm", "T2") not in found
    assert found[("family", "palm")] == 1


def test_a_rival_counts_its_own_lines_alone(world: SmallWorld) -> None:
    world.item("rival line", "R", is_bought=True)
    assert (_coverage(world, "R").lines, _confirmed(_coverage(world, "R"))) == (1, [0, 0, 0])
    before = _coverage(world, "R")
    world.ask(world.link("cap", "t2"))
    assert _coverage(world, "R") == before


def test_a_chain_that_leads_back_to_an_own_item_tells_nothing(world: SmallWorld) -> None:
    world.item("scrap", "M", is_bought=False)
    before = _coverage(world, "M")
    world.ask(world.link("t3", "scrap"), passed=True)
    assert _coverage(world, "M") == before


def test_each_figure_opens_its_lines_and_another_is_not_known(world: SmallWorld) -> None:
    viewer = world.viewer("M")
    with looking_as(viewer):
        assert [each.name for each in read.behind(viewer, "tier.2.confirmed")] == ["glycerin"]
        assert {each.name for each in read.behind(viewer, f"asked.{Asking.NOT_ASKED.value}")} == {
            "glycerin",
            "cap",
            "box",
        }
        with pytest.raises(NotKnown):
            read.behind(viewer, "tier.2.sold")


def test_a_supplier_that_brought_no_line_counts_its_own_items(world: SmallWorld) -> None:
    found = _coverage(world, "T1")
    assert (found.lines, _confirmed(found)[0]) == (1, 1)


def test_coverage_costs_the_same_few_queries_however_many_lines(
    world: SmallWorld, django_assert_max_num_queries: Callable[..., object]
) -> None:
    for number in range(30):
        world.item(f"line {number}", "M", is_bought=True)
        world.link(f"line {number}", "t1")
    with django_assert_max_num_queries(40):  # type: ignore[attr-defined]
        _coverage(world, "M")
