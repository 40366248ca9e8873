"""How a drawing stands on paper: on sheets of A4, landscape, each with headings, nothing too small to read. Pure.

Neighbouring sheets share a row: what the edge of one cuts is whole on the other.
"""

import math
from dataclasses import dataclass

from amont.web.see.drawing.layout import HEAD, MARGIN, ROW, Layout

PAPER_WIDTH, PAPER_HEIGHT = 1_030, 590
"""Pixels of a sheet within its margins, below its heading."""

LEAST_SCALE = 0.74
"""Smaller than so no drawing is printed: its names are 10 pixels high then, seven and a half points."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """What stands on one sheet: the part of the drawing from `x` and `y` on, so wide and high, in its own pixels."""

    number: int
    x: int
    y: int
    width: int
    height: int


def sheets(layout: Layout) -> tuple[Sheet, ...]:
    """Return the sheets that a drawing takes, from left to right and then downwards."""
    top = 0 if layout.stacked else HEAD - 2
    columns = max(1, int((PAPER_WIDTH / LEAST_SCALE - 2 * MARGIN) // layout.pitch))
    width = layout.width
    if layout.width > PAPER_WIDTH / LEAST_SCALE:
        width = columns * layout.pitch + 2 * MARGIN
    tall = layout.height - top
    scale = max(LEAST_SCALE, min(1, PAPER_WIDTH / width, PAPER_HEIGHT / tall))
    high = min(tall, int(PAPER_HEIGHT / scale))
    across = 1 if width == layout.width else math.ceil((layout.width - 2 * MARGIN) / (columns * layout.pitch))
    down = 1 + max(0, math.ceil((tall - high) / (high - ROW)))
    return tuple(
        Sheet(row * across + column + 1, column * columns * layout.pitch, top + row * (high - ROW), width, high)
        for row in range(down)
        for column in range(across)
    )
