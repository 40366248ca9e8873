"""The Equal Earth projection, and ways between points on it. Pure.

Formula: B. Savric, T. Patterson and B. Jenny, "The Equal Earth map projection", International Journal of Geographical
Information Science 33 (2019): areas keep their proportion, and continents look as one knows them.
"""

import math

Point = tuple[float, float]

A1, A2, A3, A4 = 1.340264, -0.081106, 0.000893, 0.003796
ROOT_3 = math.sqrt(3)
HALF_TURN = 180.0
BOW = 0.13
"""How far a way bows out, as a share of its length."""

PARTS = 24
"""Of how many straight pieces the way between two points is made."""


def projected(point: Point) -> Point:
    """Return where a point (longitude, latitude in degrees) stands: x to the right, y downwards, in Earth's radii."""
    longitude, latitude = math.radians(point[0]), math.radians(point[1])
    theta = math.asin(ROOT_3 / 2 * math.sin(latitude))
    square = theta * theta
    sixth = square**3
    x = (
        2
        * ROOT_3
        * longitude
        * math.cos(theta)
        / (3 * (9 * A4 * square * sixth + 7 * A3 * sixth + 3 * A2 * square + A1))
    )
    return x, -theta * (A4 * square * sixth + A3 * sixth + A2 * square + A1)


def way(start: Point, end: Point) -> list[list[Point]]:
    """Return the way from one point to another as lines of points in degrees: two where it crosses the date line.

    It goes the shorter way round, bowed to the right, so that what goes and what comes back do not cover each other.
    """
    span = (end[0] - start[0] + HALF_TURN) % (2 * HALF_TURN) - HALF_TURN, end[1] - start[1]
    lines: list[list[Point]] = [[]]
    before = 0.0
    for number in range(PARTS + 1):
        part = number / PARTS
        out = BOW * 4 * part * (1 - part)
        longitude = start[0] + span[0] * part + span[1] * out
        latitude = max(-89.0, min(89.0, start[1] + span[1] * part - span[0] * out))
        turns = 2 * HALF_TURN * math.floor((longitude + HALF_TURN) / (2 * HALF_TURN))
        if lines[-1] and turns != before:
            border = HALF_TURN if turns > before else -HALF_TURN
            lines[-1].append((border, latitude))
            lines.append([(-border, latitude)])
        lines[-1].append((longitude - turns, latitude))
        before = turns
    return lines
