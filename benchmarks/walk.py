"""How long assembling a network and walking it takes, on generated networks of six tiers with hubs.

python benchmarks/walk.py [LINKS ...]        default: 11000 111000
"""

import os
import random
import statistics
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime

os.environ.setdefault("AMONT_MODE", "test")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "amont.config.settings")

from amont.chain.facts import Walked
from amont.chain.network import GrantRow, LinkRow, MarkRow, Network, Tables, assemble, collector_at_rest
from amont.chain.walk import walk

AT = datetime(2026, 5, 10, 12, tzinfo=UTC)
TIERS = 6
MEMBERS = 18
ROUNDS = 5


def tables(links: int, seed: int = 1) -> Tables:
    """Make tiers of items: members' lines first; one item in twenty is a hub that many buy. A third is requested."""
    dice = random.Random(seed)  # noqa: S311 - repeatable on purpose
    size = links // 8
    tiers = [list(range(1 + tier * size, 1 + (tier + 1) * size)) for tier in range(TIERS)]
    owner = {item: 1 + item % MEMBERS for item in tiers[0]}
    for tier, items in enumerate(tiers[1:], start=1):
        owner |= {item: tier * 100_000 + item % max(1, size // 6) for item in items}
    hubs = [items[: max(1, len(items) // 20)] for items in tiers]
    pairs: set[tuple[int, int]] = set()
    while len(pairs) < links:
        tier = dice.randrange(TIERS - 1)
        upper = hubs[tier + 1] if dice.random() < 0.4 else tiers[tier + 1]  # noqa: PLR2004 - two in five from a hub
        pairs.add((dice.choice(tiers[tier]), dice.choice(upper)))
    rows = [
        LinkRow(number, buyer, supplier, owner[buyer], owner[supplier], 1, "accepted", None, "palm")
        for number, (buyer, supplier) in enumerate(sorted(pairs), start=1)
    ]
    marks = [MarkRow(row.link, row.buyer, "answered", row.buyer > MEMBERS) for row in rows if dice.random() < 0.33]  # noqa: PLR2004
    grants = [
        GrantRow(number, row.supplier, "identity", None, row.link, "requesters", None, 3, None, None, None)
        for number, row in enumerate(rows)
        if dice.random() < 0.05  # noqa: PLR2004 - one link in twenty has a grant
    ]
    return Tables(list(owner.items()), rows, marks, grants, [(1, 1, 3, 2, 1)], [], [(1, each) for each in range(1, 19)])


def median(act: Callable[[], object]) -> float:
    """Return the median of a few runs, in milliseconds."""
    found = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        with collector_at_rest():
            act()
        found.append((time.perf_counter() - start) * 1000)
    return statistics.median(found)


def touched(walked: Walked) -> int:
    """Return how many places and counted items one view holds."""
    return len(walked.named) + len(walked.nameless) + len(walked.origins) + len(walked.sealed)


def main(sizes: list[int]) -> None:
    """Print one line a size."""
    for size in sizes:
        made = tables(size)
        network: Network = assemble(made)
        held = walk(network, 1, AT)
        print(
            f"walk {size} links: assemble {median(lambda made=made: assemble(made)):.0f} ms, "
            f"one of {MEMBERS} members' whole view {median(lambda network=network: walk(network, 1, AT)):.0f} ms "
            f"({len(held.own)} lines, {touched(held)} places and counted items)"
        )


if __name__ == "__main__":
    main([int(each) for each in sys.argv[1:]] or [11_000, 111_000])
