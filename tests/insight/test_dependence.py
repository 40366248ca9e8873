"""What lines depend on, held against a naive recomputation and against two libraries of graphs, on random views.

VIEWS random views from SEED; `make sovereign` tries 2,000.
"""

import os
import random

import igraph
import networkx as nx
import pytest

from amont.insight.dependence.concentration import bounds, concentrations
from amont.insight.dependence.falling import Standing
from amont.insight.dependence.net import Net, net
from amont.insight.dependence.scenario import Scenario, outcome
from amont.insight.dependence.stops import Failing, hidden, stops, things
from amont.insight.facts_dependence import Kind, Reading, Scope
from amont.sight.facts import InputFact, Mark, Place, Step
from insight import random_nets as naive

VIEWS, SEED = int(os.environ.get("VIEWS", "150")), int(os.environ.get("SEED", "1"))
SEEDS = range(SEED, SEED + VIEWS)
CLOSE = 1e-6


def _place(ref: str, firm: str = "", **told: object) -> Place:
    mark = told.pop("mark", Mark.NAMED)
    return Place(ref, mark, firm or ref, **told)  # type: ignore[arg-type]


def _net(places: list[Place], steps: list[Step], scope: Scope = Scope.CONFIRMED) -> Net:
    own = [Place("line", Mark.OWN, name="line", inputs=(InputFact("oil", 3, 6), InputFact("dye", 8)))]
    return net(["line"], [*own, *places], steps, scope)


def test_every_stop_is_what_trying_it_finds() -> None:
    for seed in SEEDS:
        for scope in Scope:
            found = naive.made(seed).net(scope)
            failing = Failing(found)
            for kind in (Kind.COUNTRY, Kind.FIRM, Kind.SITE, Kind.ITEM):
                told = {each.code: each for each in stops(failing, kind, {})}
                for code, refs in things(found, kind).items():
                    every = naive.fallen(found, Reading.EVERY_INPUT, refs)
                    feared = naive.fallen(found, Reading.EVERY_INPUT, refs, feared=True)
                    lines = {line for line in found.lines if line in every}
                    more = {line for line in found.lines if line in feared - every}
                    assert (code in told) == bool(lines | more), (seed, scope, code)
                    if code in told:
                        any_path = naive.fallen(found, Reading.ANY_PATH, refs)
                        assert set(told[code].every_input) == lines, (seed, scope, code)
                        assert set(told[code].feared) == more, (seed, scope, code)
                        assert set(told[code].any_path) == {line for line in found.lines if line in any_path}


def test_what_stops_by_any_path_stops_by_every_input_and_both_agree_where_each_has_one_source() -> None:
    for seed in SEEDS:
        for one_source in (False, True):
            found = naive.made(seed, one_source=one_source, loops=False).net()
            failing = Failing(found)
            for refs in things(found, Kind.ITEM).values():
                any_path, every = failing.lost(refs, failing.any_path), failing.lost(refs, failing.every_input)
                assert set(any_path) <= set(every)
                assert not one_source or any_path == every == failing.lost(refs, failing.feared)


def test_a_larger_scenario_never_loses_fewer_lines_nor_later() -> None:
    for seed in SEEDS:
        chance = random.Random(seed)  # noqa: S311 - a test's own
        found = naive.made(seed).net()
        for reading in Reading:
            standing = Standing(found, reading)
            numbers = [standing.number[ref] for ref in found.places if ref not in found.lines]
            small = chance.sample(numbers, len(numbers) // 3)
            large = [*small, *chance.sample(numbers, len(numbers) // 3)]
            before, after = standing.falling(small), standing.falling(large)
            assert before.keys() <= after.keys()
            if not standing.members:
                assert all(after[place] <= before[place] for place in before)


def test_the_index_is_exact_where_all_is_known_and_within_its_bounds_where_parts_are_hidden() -> None:
    for seed in SEEDS:
        full = naive.made(seed, whole=True, loops=False)
        exact = full.net()
        by_tier = {(each.tier, each.kind): each for each in concentrations(exact)}
        told = {(each.tier, each.kind): each for each in concentrations(naive.hidden(full, seed).net())}
        for tier, kind in {*by_tier, *told}:
            expected = naive.index(exact, tier, kind)
            if expected is None:
                continue
            one = by_tier[tier, kind]
            assert one.unknown == 0
            for found, value in ((one.hhi.least, 0), (one.hhi.most, 0), (one.share.least, 1), (one.share.most, 1)):
                assert found == pytest.approx(expected[value], abs=1e-3), (seed, tier, kind)
            bounded = told.get((tier, kind))
            if bounded is not None:
                assert bounded.hhi.least - 1e-3 <= expected[0] <= bounded.hhi.most + 1e-3, (seed, tier, kind)
                assert bounded.share.least - CLOSE <= expected[1] <= bounded.share.most + CLOSE, (seed, tier, kind)


def test_what_surely_stops_still_stops_when_more_is_revealed_and_nothing_stops_that_was_said_to_go_on() -> None:
    for seed in SEEDS:
        full = naive.made(seed, whole=True)
        part = naive.hidden(full, seed)
        scenario = Scenario({Kind.COUNTRY: frozenset({"ID", "MY"})})
        for reading in Reading:
            less = outcome(Failing(part.net()), scenario, reading, {})
            more = outcome(Failing(full.net()), scenario, reading, {})
            assert {each.line for each in less.stops} <= {each.line for each in more.stops}, seed
            assert set(less.goes_on) <= set(more.goes_on), seed


def test_any_path_agrees_with_the_dominators_of_igraph_and_networkx() -> None:
    for seed in SEEDS:
        found = naive.made(seed, loops=False).net()
        failing = Failing(found)
        refs = list(found.places)
        edges = [(source, buyer) for buyer in refs for source in found.sources(buyer)]
        edges += [("end", ref) for ref in refs if ref not in found.inputs]
        number = {ref: at for at, ref in enumerate(["end", *refs])}
        graph = igraph.Graph(len(number), [(number[one], number[other]) for one, other in edges], directed=True)
        over = graph.dominator(0)
        told = nx.immediate_dominators(nx.DiGraph(edges), "end")
        for ref in refs:
            if ref in found.lines:
                continue
            lines = set(failing.lost([ref], failing.any_path))
            assert lines == {line for line in found.lines if _over(number[line], number[ref], over)}, seed
            assert lines == {line for line in found.lines if _stands_over(line, ref, told)}, seed


def _over(line: int, stop: int, over: list[int]) -> bool:
    while line > 0:
        if line == stop:
            return True
        line = over[line]
    return False


def _stands_over(line: str, stop: str, told: dict[str, str | None]) -> bool:
    at: str | None = line
    while at is not None and at != "end":
        if at == stop:
            return True
        at = told.get(at)
    return False


def test_the_least_of_an_index_of_countries_counts_that_there_are_only_so_many() -> None:
    hhi, share = bounds([], 10, most=4)
    assert (hhi.least, hhi.most) == (2500, 10_000)
    assert (share.least, share.most) == (0.25, 1)
    hhi, _share = bounds([3, 1], 2, most=3)
    assert hhi.least == pytest.approx(10_000 * (9 + 2.25 + 2.25) / 36)


def test_alternatives_of_one_input_replace_each_other_and_inputs_do_not() -> None:
    found = _net(
        [_place("a"), _place("b"), _place("c")],
        [Step("line", "a", "oil"), Step("line", "b", "oil"), Step("line", "c", "dye")],
    )
    told = {each.code: each for each in stops(Failing(found), Kind.FIRM, {})}
    assert set(told) == {"c"}
    assert (told["c"].any_path, told["c"].every_input, told["c"].stock_weeks) == ((), ("line",), 8)


def test_what_stands_above_a_nameless_place_is_feared_and_not_said_to_be_needed() -> None:
    places = [_place("a"), *(Place(ref, Mark.NAMELESS, country="ID", firm=ref) for ref in ("n", "m"))]
    found = _net(places, [Step("line", "a", "oil"), Step("a", "n"), Step("a", "m")])
    told = {each.code: each for each in stops(Failing(found), Kind.ITEM, {})}
    assert (told["n"].every_input, told["n"].feared) == ((), ("line",))
    assert told["a"].every_input == ("line",)


def test_a_loop_feeds_nobody() -> None:
    found = _net(
        [_place("a"), _place("b"), _place("x")],
        [Step("line", "a", "oil"), Step("a", "b"), Step("a", "x"), Step("b", "a")],
    )
    told = {each.code: each.every_input for each in stops(Failing(found), Kind.ITEM, {})}
    assert told["x"] == ("line",)


def test_one_unnamed_firm_under_two_branches_of_one_supplier_is_told_by_its_pseudonym() -> None:
    places = [_place("a", "Orel"), _place("b", "Orel")]
    places += [Place("n", Mark.NAMELESS, country="ID", firm="x", step="mill")]
    places += [Place(ref, Mark.NAMELESS, country="MY", firm=ref) for ref in ("m", "k")]
    found = _net(
        places,
        [
            Step("line", "a", "oil"),
            Step("a", "m"),
            Step("a", "k"),
            Step("m", "n"),
            Step("k", "n"),
            Step("line", "b", "dye"),
        ],
    )
    (one,) = hidden(found)
    assert (one.firm, one.supplier, one.branches, one.lines) == ("x", "Orel", 2, ("line",))


def test_what_is_stated_and_what_is_claimed_is_counted_only_where_it_is_asked_for() -> None:
    places = [
        _place("a", chain_end="synthetic"),
        Place("s", Mark.STATED, country="ID"),
        Place("c", Mark.CLAIMED, "Mill", country="MY"),
    ]
    steps = [Step("line", "a", "oil"), Step("line", "s", "dye"), Step("a", "c")]
    countries = {scope: set(things(_net(places, steps, scope), Kind.COUNTRY)) for scope in Scope}
    assert countries == {Scope.CONFIRMED: set(), Scope.STATED: {"ID"}, Scope.CLAIMED: {"ID", "MY"}}
    assert "line" in _net(places, steps).open, "a source is stated that confirmed knowledge does not count"
