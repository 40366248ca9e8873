"""How concentrated lines are on countries, firms, sites and families at each tier, least and most. Pure.

The Herfindahl-Hirschman index: the sum of the squares of shares in percent, 0 to 10,000 (A. O. Hirschman, "National
Power and the Structure of Foreign Trade", 1945; O. C. Herfindahl, "Concentration in the Steel Industry", 1950; used so
by the European Commission in its Guidelines on horizontal mergers, 2004/C 31/03, points 16 and 19 to 21).

A line counts one; at a tier it counts in equal parts for the places that it has there (the fewest steps from the
line), since shares do not show. A line of which anything at that tier or below is not known is counted for nothing
that is certain: all of it may be the largest, or many others, or (as another chain may end earlier) nothing.
"""

from collections import defaultdict, deque
from collections.abc import Iterable, Mapping

from amont.insight.dependence.net import Net, code_of
from amont.insight.facts_dependence import Bounds, Concentration, Kind
from amont.sight.facts import Mark

KINDS = (Kind.COUNTRY, Kind.FIRM, Kind.SITE, Kind.FAMILY)
WHOLE = 10_000
MOST_OF: Mapping[Kind, int] = {Kind.COUNTRY: 250}
"""How many there can be of a kind at most, where that is known: countries of ISO 3166-1, and Kosovo."""


def concentrations(found: Net) -> tuple[Concentration, ...]:
    """Return the concentration of the lines at each tier that shows, on each kind."""
    by_line = [tiers_of(found, line) for line in found.lines]
    highest = max((max(tiers, default=0) for tiers, _ in by_line), default=0)
    return tuple(
        _at(found, by_line, tier, kind)
        for tier in range(1, highest + 1)
        for kind in KINDS
        if any(tier in tiers or tier >= since for tiers, since in by_line)
    )


def tiers_of(found: Net, line: str) -> tuple[Mapping[int, tuple[str, ...]], int]:
    """Return the places of a line by tier, and the tier from which on something of it is not known.

    Above an open place nothing is certain; a closed source, and what is counted beside a place, may stand at any tier
    from its own on.
    """
    at = {line: 0}
    by_tier: dict[int, list[str]] = {}
    since = 1_000_000
    waiting = deque([line])
    while waiting:
        ref = waiting.popleft()
        tier = at[ref]
        if tier:
            by_tier.setdefault(tier, []).append(ref)
        if ref in found.open:
            here = found.places[ref].mark in {Mark.SEALED, Mark.ORIGIN}
            since = min(since, tier if here else tier + 1)
        for source in found.sources(ref):
            if source not in at:
                at[source] = tier + 1
                waiting.append(source)
    return {tier: tuple(refs) for tier, refs in by_tier.items()}, since


def _at(
    found: Net, by_line: Iterable[tuple[Mapping[int, tuple[str, ...]], int]], tier: int, kind: Kind
) -> Concentration:
    loads: dict[str, float] = defaultdict(float)
    known = 0
    unknown = 0
    for tiers, since in by_line:
        codes = [code_of(found.places[ref], kind) for ref in tiers.get(tier, ()) if _counts(found, ref)]
        if tier >= since or "" in codes:
            unknown += 1
        elif codes:
            known += 1
            for code in codes:
                loads[code] += 1 / len(codes)
    largest = max(loads, key=lambda code: (loads[code], code), default="")
    hhi, share = bounds(list(loads.values()), unknown, most=MOST_OF.get(kind))
    return Concentration(tier, kind, known, unknown, largest, hhi, share)


def _counts(found: Net, ref: str) -> bool:
    return found.places[ref].mark is not Mark.OWN


def bounds(loads: list[float], unknown: float, *, most: int | None = None) -> tuple[Bounds, Bounds]:
    """Return the least and the most of the index, and of the largest share, whatever the unknown weight is.

    Most: all of it falls to the largest (a sum of squares is convex, so greatest there). Least: it is spread over
    others that do not show yet, or, of a kind of which there are at most `most`, poured on the lowest first.
    """
    known = float(sum(loads))
    total = known + unknown
    if not total:
        return Bounds(0.0, 0.0), Bounds(0.0, 0.0)
    top = max(loads, default=0.0)
    squares = sum(load * load for load in loads)
    greatest = WHOLE * (squares - top * top + (top + unknown) ** 2) / (total * total)
    spread = _poured(loads, unknown, most) if most else loads
    least = WHOLE * sum(load * load for load in spread) / (total * total)
    return Bounds(least, greatest), Bounds(max(spread, default=0.0) / total, (top + unknown) / total)


def _poured(loads: list[float], weight: float, most: int) -> list[float]:
    """Return the loads after a weight was poured on the lowest of `most` first, so that they are as even as can be."""
    levels = sorted([*loads, *[0.0] * max(0, most - len(loads))])
    below = 0.0
    for number, level in enumerate(levels):
        if level * number - below >= weight:
            break
        below += level
    else:
        number = len(levels)
    flat = (below + weight) / number if number else 0.0
    return [flat] * number + levels[number:]
