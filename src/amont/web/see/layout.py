"""Where each place of a chain stands in a drawing: a column for each tier, rows so that branches stay together.

Pure and repeatable. (The layout library that was considered ends the whole process when a chain has a cycle.)
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from amont.sight.facts import Chain, Step
from amont.sight.rules import above_of, tiers


@dataclass(frozen=True, slots=True)
class Spot:
    """A place's column (its tier) and row (in rows, halves where it stands between two)."""

    column: int
    row: float


@dataclass(frozen=True, slots=True)
class Layout:
    """Spots by ref; `tree` the steps along which places were first met, `others` all further ones.

    `folded`: how many places above a spot are left out for the drawing's sake. `columns` and `rows` in all.
    """

    spots: Mapping[str, Spot]
    tree: tuple[Step, ...]
    others: tuple[Step, ...]
    folded: Mapping[str, int]
    columns: int
    rows: int


def laid_out(chain: Chain, *, most: int) -> Layout:
    """Return the drawing of a chain; of more than `most` places the farthest are folded into those below them."""
    above = above_of(chain)
    tier_of = tiers(chain.root.ref, above)
    parents = _parents(tier_of, above)
    kept = set(list(tier_of)[:most])
    tree = {ref: [step for step in parents.get(ref, ()) if step.supplier in kept] for ref in kept}
    rows, height = _rows(chain.root.ref, tree)
    met = {step for steps in parents.values() for step in steps}
    others = [step for ref in tier_of for step in above.get(ref, ()) if step not in met]
    return Layout(
        spots={ref: Spot(tier_of[ref], rows[ref]) for ref in rows},
        tree=tuple(step for ref in rows for step in tree[ref]),
        others=tuple(step for step in others if step.buyer in kept and step.supplier in kept),
        folded={ref: left for ref in rows if (left := _left_out(ref, parents, kept))},
        columns=1 + max(tier_of[ref] for ref in rows),
        rows=height,
    )


def _parents(tier_of: Mapping[str, int], above: Mapping[str, tuple[Step, ...]]) -> dict[str, list[Step]]:
    """Return the steps by which each place was first met, by the place that they start from."""
    found: dict[str, list[Step]] = {}
    met: set[str] = set()
    for ref in tier_of:
        for step in above.get(ref, ()):
            if step.supplier not in met and tier_of[step.supplier] == tier_of[ref] + 1:
                met.add(step.supplier)
                found.setdefault(ref, []).append(step)
    return found


def _rows(root: str, tree: Mapping[str, Sequence[Step]]) -> tuple[dict[str, float], int]:
    """Give each outermost place a row of its own, and each other the middle of those right above it."""
    order: list[str] = []
    waiting = [root]
    while waiting:
        ref = waiting.pop()
        order.append(ref)
        waiting.extend(step.supplier for step in reversed(tree[ref]))
    rows: dict[str, float] = {}
    height = 0
    for ref in order:
        if not tree[ref]:
            rows[ref] = float(height)
            height += 1
    for ref in reversed(order):
        if tree[ref]:
            rows[ref] = (rows[tree[ref][0].supplier] + rows[tree[ref][-1].supplier]) / 2
    return {ref: rows[ref] for ref in order}, height


def _left_out(ref: str, parents: Mapping[str, Sequence[Step]], kept: set[str]) -> int:
    """Return how many places above a kept one are not kept."""
    waiting = [step.supplier for step in parents.get(ref, ()) if step.supplier not in kept]
    count = 0
    while waiting:
        count += 1
        waiting.extend(step.supplier for step in parents.get(waiting.pop(), ()))
    return count
