"""Drawings of chains: what is folded, where spots stand, that no chain breaks the layout, and the file for print."""

import itertools
from collections import Counter
from time import perf_counter
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from amont.sight.facts import Chain, Mark, Place, Step
from amont.sight.rules import above_of, tiers
from amont.web.see.drawing.folding import MOST_ROWS, figure
from amont.web.see.drawing.layout import ROW, laid_out
from amont.web.see.drawing.page import figure_and_layout
from amont.web.see.drawing.picture import drawn
from amont.web.see.drawing.sheets import sheets
from made_chains import made_chain


@st.composite
def _chains(draw: st.DrawFn) -> Chain:
    """Give chains with cycles, steps to oneself, many buyers for one place: all that is reachable from the root."""
    size = draw(st.integers(1, 40))
    places = [Place("0", Mark.OWN), *(Place(str(number), draw(st.sampled_from(Mark))) for number in range(1, size))]
    number = st.integers(0, size - 1)
    steps = [Step(str(draw(st.integers(0, each - 1))), str(each)) for each in range(1, size)]
    steps += [Step(str(a), str(b)) for a, b in draw(st.lists(st.tuples(number, number), max_size=80))]
    return Chain(places[0], tuple(places), tuple(dict.fromkeys(steps)))


@settings(max_examples=300, deadline=None)
@given(_chains(), st.sampled_from(("", "country", "firm", "step")), st.booleans())
def test_every_chain_is_laid_out_cycles_and_all(chain: Chain, by: str, stacked: bool) -> None:  # noqa: FBT001 - drawn
    found = figure(chain, by=by)
    layout = laid_out(found, stacked=stacked)
    tier_of = {spot.number: spot.tier for spot in found.spots}
    assert set(layout.at) == set(tier_of)
    assert len(set(layout.at.values())) == len(layout.at)
    assert {*layout.ahead, *layout.back} == {step for step in found.steps if step[0] != step[1]}
    assert all(tier_of[supplier] == tier_of[buyer] + 1 for buyer, supplier in layout.ahead)
    assert layout == laid_out(figure(chain, by=by), stacked=stacked)


def test_columns_are_tiers_and_no_two_spots_overlap() -> None:
    chain = made_chain(300)
    layout = laid_out(figure(chain, by=""))
    tier_of = tiers(chain.root.ref, above_of(chain))
    columns: dict[int, list[int]] = {}
    for number, (x, y) in layout.at.items():
        assert (x - layout.at[0][0]) / layout.pitch == tier_of[chain.places[number].ref]
        columns.setdefault(x, []).append(y)
    for rows in columns.values():
        rows.sort()
        assert all(below - above >= ROW - 2 for above, below in itertools.pairwise(rows))


def test_a_line_alone_is_drawn() -> None:
    chain = made_chain(1)
    assert laid_out(figure(chain)).at == {0: (22, 64)}


@pytest.mark.parametrize("by", ["firm", "country", "step"])
def test_folding_loses_no_place_and_says_how_many(by: str) -> None:
    chain = made_chain(1_000)
    found = figure(chain, by=by)
    assert sum(len(spot.places) for spot in found.spots) == 1_000
    assert len({spot.number for spot in found.spots}) == len(found.spots)
    for spot in found.spots:
        assert len({place.mark for place in spot.places}) == 1
    assert found.spots[0].places == (chain.root,)


def test_only_a_chain_too_large_to_read_is_folded_unasked() -> None:
    assert figure(made_chain(60)).by == ""
    for size in (300, 1_000):
        found = figure(made_chain(size))
        assert found.by
        tallest = max(Counter(spot.tier for spot in found.spots).values())
        assert tallest <= MOST_ROWS


def test_a_group_opens_alone() -> None:
    chain = made_chain(1_000)
    shut = figure(chain, by="country")
    group = next(spot for spot in shut.spots if spot.folded)
    found = figure(chain, by="country", opened={group.number})
    assert found.opened == (group,)
    assert len(found.spots) == len(shut.spots) + group.folded - 1


def test_nameless_firms_of_two_heads_are_never_folded_into_one() -> None:
    root = Place("r", Mark.OWN)
    two = tuple(Place(ref, Mark.NAMELESS, firm=f"firm-{ref}", country="MY") for ref in ("a", "b"))
    chain = Chain(root, (root, *two), (Step("r", "a"), Step("r", "b")))
    assert len(figure(chain, by="firm").spots) == 3


def test_of_too_many_places_the_farthest_are_left_out_and_counted() -> None:
    found = figure(made_chain(300), by="", most=100)
    assert (len(found.spots), found.left_out) == (100, 200)


def test_what_an_address_asks_amiss_counts_for_nothing() -> None:
    chain = made_chain(50)
    assert figure_and_layout(chain, {"by": "nonsense", "open": "x,-1,²,99999", "way": "up"}) == figure_and_layout(
        chain, {}
    )


def test_a_drawing_is_the_same_every_time_and_well_formed() -> None:
    chain = made_chain(120)
    found = figure(chain)
    one, other = (drawn(chain, found, laid_out(found), links={}) for _ in range(2))
    assert one == other
    tree = ET.fromstring(f"<svg>{one}</svg>")  # noqa: S314 - made here
    assert len(tree.findall(".//g[@data-at]")) == len(found.spots)


def test_a_dense_chain_is_laid_out_in_time() -> None:
    root = Place("r", Mark.OWN)
    rows = [[Place(f"{tier}-{number}", Mark.NAMED) for number in range(60)] for tier in range(4)]
    steps = [Step("r", place.ref) for place in rows[0]]
    steps += [Step(a.ref, b.ref) for low, high in itertools.pairwise(rows) for a in low for b in high]
    chain = Chain(root, (root, *(place for row in rows for place in row)), tuple(steps))
    started = perf_counter()
    laid_out(figure(chain))
    assert perf_counter() - started < 10


def test_sheets_for_print_hold_the_whole_drawing() -> None:
    for size in (10, 60, 300, 1_000):
        for by in ("", "country"):
            layout = laid_out(figure(made_chain(size), by=by))
            pages = sheets(layout)
            assert [each.number for each in pages] == list(range(1, len(pages) + 1))
            for x, y in layout.at.values():
                assert any(
                    page.x <= x - 12
                    and x + layout.spot - 20 <= page.x + page.width
                    and page.y <= y - 17
                    and y + 17 <= page.y + page.height
                    for page in pages
                ), (size, by, x, y)
