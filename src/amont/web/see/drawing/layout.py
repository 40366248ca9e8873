"""Where each spot of a drawing stands: a column for each tier by graphlay, or all below each other. Pure, repeatable.

What is given to the library has no cycle: every step of it leads from one tier to the next, and each spot bears its
tier as its layer. Steps within a tier or back towards the line are drawn afterwards, as returns.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import graphlay

from amont.web.see.drawing.folding import Figure

PAGE, WIDEST, NARROWEST, BETWEEN, ROW = 1_190, 232, 148, 46, 36
"""Pixels: the width within which a drawing stands if it can; the most and the least that a spot takes with all that is
written at it; from there to the next column; from row to row."""

NARROW = 186
"""Pixels that a spot takes where all stand below each other."""

HEAD = 46
"""Pixels above the first row, for the headings of columns."""

INDENT = 13
"""Pixels by which each tier is set in where all stand below each other."""

MARGIN = 14
STEPS_FOR_A_SPOT = 2
"""The library is given at most so many steps for each spot: where far more cross, no order makes them readable."""

MOST_WITH_CARE = 160
"""Up to so many spots the library takes all the time it wants to uncross steps."""


@dataclass(frozen=True, slots=True)
class Layout:
    """The middle of each spot's mark in pixels, by number; `ahead` are steps to the next tier, `back` all others.

    `leading` are the spots from which a step leads ahead. `spot` is the width that each spot takes, `pitch` that from
    column to column, `width` and `height` those of the whole.
    """

    at: Mapping[int, tuple[int, int]]
    ahead: tuple[tuple[int, int], ...]
    back: tuple[tuple[int, int], ...]
    leading: frozenset[int]
    spot: int
    pitch: int
    width: int
    height: int
    stacked: bool


def laid_out(figure: Figure, *, stacked: bool = False) -> Layout:
    """Return where the spots of a drawing stand: tiers side by side, or `stacked`, one below the other."""
    tier_of = {spot.number: spot.tier for spot in figure.spots}
    ahead = tuple(step for step in figure.steps if tier_of[step[1]] == tier_of[step[0]] + 1)
    known = set(ahead)
    back = tuple(step for step in figure.steps if step not in known and step[0] != step[1])
    tiers = max(tier_of.values())
    spot = NARROW if stacked else _spot_width(tiers + 1)
    pitch = INDENT if stacked else spot + BETWEEN
    at = _stacked(tier_of, ahead) if stacked else _side_by_side(tier_of, ahead, spot)
    return Layout(
        at=at,
        ahead=ahead,
        back=back,
        leading=frozenset(buyer for buyer, _supplier in ahead),
        spot=spot,
        pitch=pitch,
        width=MARGIN * 2 + tiers * pitch + spot,
        height=max(y for _, y in at.values()) + ROW // 2 + MARGIN,
        stacked=stacked,
    )


def _spot_width(columns: int) -> int:
    """Return how wide a spot is for so many columns to stand within the page, as far as it can still be read."""
    room = (PAGE - 2 * MARGIN - BETWEEN * (columns - 1)) // columns
    return max(NARROWEST, min(WIDEST, room))


def _side_by_side(
    tier_of: Mapping[int, int], ahead: tuple[tuple[int, int], ...], spot: int
) -> dict[int, tuple[int, int]]:
    """Let the library find the order within each tier, with few crossings, and the rows."""
    graph = graphlay.Graph()
    for number, tier in tier_of.items():
        graph.node(number, width=spot, height=ROW - 10, rank={"fixed": tier})
    for buyer, supplier in _few_enough(ahead, STEPS_FOR_A_SPOT * len(tier_of)):
        graph.edge(buyer, supplier)
    found = graphlay.layout(graph, options=_options(len(tier_of))).positions()
    top = min(y for _, y in found.values())
    return {
        number: (MARGIN + 8 + tier * (spot + BETWEEN), HEAD + ROW // 2 + round(found[number][1] - top))
        for number, tier in tier_of.items()
    }


def _few_enough(ahead: tuple[tuple[int, int], ...], most: int) -> list[tuple[int, int]]:
    """Return at most so many steps, first those by which a spot was first met: with them nothing falls apart."""
    met: set[int] = set()
    first: list[tuple[int, int]] = []
    rest: list[tuple[int, int]] = []
    for step in ahead:
        (rest if step[1] in met else first).append(step)
        met.add(step[1])
    return [*first, *rest][: max(most, len(first))]


def _options(spots: int) -> dict[str, object]:
    options: dict[str, object] = {
        "direction": "leftright",
        "spacing": {"node_gap": 10.0, "dummy_gap": 10.0, "layer_gap": float(BETWEEN)},
        "routing": {"style": "diagonal"},
    }
    if spots > MOST_WITH_CARE:
        options["tuning"] = {"order": {"kick_rounds": 0, "seeds": 4}}
    return options


def _stacked(tier_of: Mapping[int, int], ahead: tuple[tuple[int, int], ...]) -> dict[int, tuple[int, int]]:
    """Put each spot below the one that it serves, set in by its tier: as narrow as a telephone."""
    above: dict[int, list[int]] = {}
    met: set[int] = set()
    for buyer, supplier in ahead:
        if supplier not in met:
            met.add(supplier)
            above.setdefault(buyer, []).append(supplier)
    waiting = [number for number, tier in tier_of.items() if not tier]
    found: dict[int, tuple[int, int]] = {}
    while waiting:
        number = waiting.pop()
        found[number] = (MARGIN + 8 + tier_of[number] * INDENT, MARGIN + ROW // 2 + len(found) * ROW)
        waiting.extend(reversed(above.get(number, ())))
    return found
