"""Times drawings and maps of made chains on the server: folded, laid out and written as SVG, without the page around.

`python benchmarks/drawings.py` prints medians of seven; with RECORD=1 it appends them to benchmarks/RESULTS.md.
"""

import os
import platform
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "amont.config.settings")
sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

import django

django.setup()

from amont.kernel.shapes import shapes
from amont.sight.facts import Chain
from amont.web.see.drawing.folding import figure
from amont.web.see.drawing.layout import laid_out
from amont.web.see.drawing.picture import drawn
from amont.web.see.mapping import picture
from amont.web.see.mapping.standing import standing
from made_chains import made_chain

TIMES = 7
SIZES = (100, 300, 1_000)
LIMIT_MS = 300
RESULTS = Path(__file__).with_name("RESULTS.md")


def drawing(chain: Chain, by: str | None) -> None:
    """Draw a chain, folded as asked."""
    found = figure(chain, by=by)
    drawn(chain, found, laid_out(found), links={})


def world_map(chain: Chain) -> None:
    """Draw a chain on the map."""
    world = shapes()
    found = standing(chain, world.middles, home="FR")
    picture.drawn(found, world, picture.frame(found), links={})


def timed(act: Callable[[], None]) -> float:
    """Return the median of the milliseconds of one processor that an act takes, after a first time."""
    act()
    times = []
    for _ in range(TIMES):
        started = time.process_time()
        act()
        times.append(1000 * (time.process_time() - started))
    return statistics.median(times)


def main() -> int:
    """Time all sizes and print them."""
    rows = []
    for size in SIZES:
        chain = made_chain(size)
        acts: dict[str, Callable[[], None]] = {
            "every place": lambda chain=chain: drawing(chain, ""),  # type: ignore[misc]
            "as shown first": lambda chain=chain: drawing(chain, None),  # type: ignore[misc]
            "map": lambda chain=chain: world_map(chain),  # type: ignore[misc]
        }
        for words, act in acts.items():
            took = timed(act)
            rows.append(f"| {size} places, {words} | {took:.0f} |")
            print(f"{size} places, {words}: {took:.0f} ms of processor (median of {TIMES}); limit {LIMIT_MS} ms")
    if os.environ.get("RECORD") == "1":
        on = f"Python {platform.python_version()}, {os.cpu_count()} CPUs (load {os.getloadavg()[0]:.1f})."
        head = f"\n## Drawings, {time.strftime('%Y-%m-%d')}\n\n{on}\n"
        with RESULTS.open("a", encoding="utf-8") as results:
            results.write("\n".join([head, "| picture | ms of processor, median of 7 |", "|---|---|", *rows, ""]))
    return 0


if __name__ == "__main__":
    sys.exit(main())
