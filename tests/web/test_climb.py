"""The small upright drawing: what supplies a place stands above it, and no name is cut."""

import re

from amont.sight.facts import Chain, Mark, Place, Step
from amont.web.shell.climb import climb, tiers

LONG = "Société coopérative des producteurs de karité du Plateau central"


def _chain(*ways: str, names: dict[str, str] | None = None) -> Chain:
    steps = tuple(Step(*way.split(">")) for way in ways)
    refs = dict.fromkeys(ref for step in steps for ref in (step.buyer, step.supplier))
    places = [Place(ref, Mark.NAMED, organization=(names or {}).get(ref, ref), country="BF") for ref in refs]
    return Chain(places[0], tuple(places[1:]), steps)


def _rows(chain: Chain) -> list[list[str]]:
    return [[place.ref for group in row for place in group] for row in tiers(chain)]


def test_a_place_reached_by_two_ways_stands_above_the_longer_one() -> None:
    assert _rows(_chain("a>b", "b>c", "a>c", "c>d")) == [["a"], ["b"], ["c"], ["d"]]


def test_a_cycle_is_drawn_and_ends() -> None:
    assert _rows(_chain("a>b", "b>c", "c>a", "c>b")) == [["a"], ["b"], ["c"]]


def test_a_row_stands_in_the_order_of_the_row_below() -> None:
    assert _rows(_chain("a>b", "a>c", "c>e", "b>d")) == [["a"], ["b", "c"], ["d", "e"]]


def test_a_long_chain_is_placed_without_end_of_breath() -> None:
    assert len(_rows(_chain(*(f"{n}>{n + 1}" for n in range(3000))))) == 3001


def test_no_name_is_cut() -> None:
    chain = _chain("a>b", "a>c", "a>d", "a>e", names=dict.fromkeys("abcde", LONG))
    drawn = str(climb(chain, title="x"))
    assert "…" not in drawn
    assert " ".join(re.findall(r'class="place">([^<]*)<', drawn)).count(LONG) == 5
