"""`amont simulate effort`: what suppliers spend on answering, once for each customer and once for all."""

import argparse
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from amont.consortia import read as consortia
from amont.requests.rules_effort import Assumed, Row, World, simulate

CUSTOMERS = (1, 2, 3, 6, 9, 12, 15, 18)
PRODUCTS = (1, 3, 6, 10)
HEADS = (
    "fields, workbooks",
    "fields, Amont",
    "times fewer",
    "clicks, workbooks",
    "clicks, Amont",
    "minutes, workbooks",
    "minutes, Amont",
)


def add(commands: Any) -> None:  # noqa: ANN401 - argparse keeps its type private
    """Add the words of this command."""
    words = commands.add_parser("simulate", help="reckon what answering costs suppliers, from the question bank")
    words.add_argument("what", choices=("effort",))
    words.add_argument("--seed", type=int, default=1)
    words.set_defaults(run=run)


def run(chosen: argparse.Namespace) -> int:
    """Print the tables that docs/effort.md holds."""
    print("\n".join(report(Assumed(seed=chosen.seed))))
    return 0


def report(assumed: Assumed) -> list[str]:
    """Return the simulation in lines of Markdown."""
    bank = consortia.bank("cosmetics")
    numbers = [each for each in CUSTOMERS if each <= assumed.members]
    world, rows = simulate(bank, assumed, numbers)
    told = [*_made_of(world), "", *_table("customers", [(str(each.customers), each) for each in rows]), ""]
    others = [
        (f"{number}, {alike:.0%}", simulate(bank, replace(assumed, products=number, alike=alike), [assumed.members])[1])
        for number in PRODUCTS
        for alike in (0.0, assumed.alike)
    ]
    return [*told, *_table("products, same answer", [(name, found[0]) for name, found in others])]


def _made_of(world: World) -> list[str]:
    assumed, low, high = world.assumed, *world.overlap
    sizes = sorted(len(each) for each in world.sets)
    firms = f"{assumed.members} members, {assumed.suppliers} suppliers, {assumed.lines} lines, seed {assumed.seed}"
    return [f"{firms}: sets of {sizes[0]} to {sizes[-1]} questions, any two sharing {low:.0%} to {high:.0%}."]


def _table(head: str, rows: Sequence[tuple[str, Row]]) -> list[str]:
    heads = (head, *HEADS)
    found = [f"| {' | '.join(heads)} |", f"|---{'|--:' * len(HEADS)}|"]
    for name, row in rows:
        one, other = row.workbook, row.amont
        fields = f"{one.fields:.0f} | {other.fields:.0f} | {row.fewer:.1f}"
        found.append(
            f"| {name} | {fields} | {one.clicks:.0f} | {other.clicks:.0f} | {one.minutes:.0f} | {other.minutes:.0f} |"
        )
    return found
