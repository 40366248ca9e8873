"""How coverage is counted from how far each line is seen: no database, nothing of what is not shown.

Every figure has a name, and one condition says which lines stand behind it: the figure counts them, its page lists
them, so the two cannot differ. Silence is never progress, and what is only stated or claimed is never added to what
is confirmed.
"""

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import timedelta

from amont.insight.facts import Asking, Band, Change, Coverage, Dependency, Move, Share, Tier
from amont.sight.facts import LineSight
from amont.sight.rules import CONFIRMED

ENDS = ("origin_reached", "recycled", "synthetic", "pooled", "declined")
FEWEST_TIERS = 3
BAND_TIERS = 3
MOST_OF_A_KIND = 3

TONNES: Mapping[str, float] = {"<1": 0.3, "1-10": 3, "10-100": 30, "100-1000": 300, ">1000": 3000}
"""The middle of each volume band, on the scale on which bands are cut (each ten times the one before)."""

BANDS = (*TONNES, "")
_TIER = re.compile(r"[1-9][0-9]?")

Asked = Mapping[str, Asking]
Condition = Callable[[LineSight], bool]


def coverage(lines: Sequence[LineSight], *, asked: Asked, partners: int) -> Coverage:
    """Return the coverage of one's own article lines. `asked` is by line; a line not in it was not asked about."""
    count = Counting(lines, asked)
    highest = max((max(each.tier, each.stated_tier, each.claimed_tier) for each in lines), default=0)
    return Coverage(
        lines=len(lines),
        tiers=tuple(_tier(count, number) for number in range(1, max(FEWEST_TIERS, highest) + 1)),
        ends=tuple((end, count.share(f"end.{end}")) for end in ENDS),
        closed=count.share("closed"),
        no_end=count.share("no-end"),
        asked=tuple((each, count.share(f"asked.{each.value}")) for each in Asking),
        bands=tuple(_band(count, band) for band in BANDS if any(each.volume_band == band for each in lines)),
        dependencies=(
            *_largest(count, "country", (each.countries for each in lines)),
            *_largest(count, "firm", (each.suppliers for each in lines)),
            *_largest(count, "family", ({each.family} - {""} for each in lines)),
        ),
        partners=partners,
    )


def behind(lines: Iterable[LineSight], *, asked: Asked, figure: str) -> tuple[LineSight, ...] | None:
    """Return the lines behind a figure, in their order; None for a figure that is none."""
    condition = condition_of(figure, asked)
    return None if condition is None else tuple(each for each in lines if condition(each))


def condition_of(figure: str, asked: Asked) -> Condition | None:
    """Return which lines a figure counts, by its name; None for a name that is none."""
    kind, dot, value = figure.partition(".")
    plain: Mapping[str, Condition] = {
        "all": lambda _line: True,
        "closed": lambda line: line.closed,
        "no-end": lambda line: not line.ends,
    }
    if not dot:
        return plain.get(kind)
    if kind in {"tier", "reached"}:
        return _of_tier(value) if kind == "tier" else _of_band(value)
    known = {"end": ENDS, "asked": tuple(Asking), "band": BANDS}
    if value not in known.get(kind, (value,)):
        return None
    valued: Mapping[str, Condition] = {
        "end": lambda line: value in line.ends,
        "asked": lambda line: asked.get(line.item, Asking.NOT_ASKED).value == value,
        "band": lambda line: line.volume_band == value,
        "country": lambda line: value in line.countries,
        "firm": lambda line: value in line.suppliers,
        "family": lambda line: line.family == value,
    }
    return valued.get(kind)


class Counting:
    """Counts lines and weighs their volume."""

    def __init__(self, lines: Sequence[LineSight], asked: Asked) -> None:
        """Take the lines, and how far asking about each has come."""
        self.lines, self.asked = lines, asked
        self.volume = sum(TONNES.get(each.volume_band, 0) for each in lines)

    def share(self, figure: str) -> Share:
        """Return the share of a figure."""
        found = behind(self.lines, asked=self.asked, figure=figure) or ()
        volume = sum(TONNES.get(each.volume_band, 0) for each in found)
        return Share(
            figure=figure,
            lines=len(found),
            percent=100 * len(found) // len(self.lines) if self.lines else 0,
            volume_percent=int(100 * volume / self.volume + 1e-9) if self.volume else None,
        )


def _tier(count: Counting, number: int) -> Tier:
    return Tier(
        number,
        *(count.share(f"tier.{number}.{how}") for how in ("confirmed", "stated", "claimed", "silent")),
    )


def _band(count: Counting, band: str) -> Band:
    return Band(
        band,
        count.share(f"band.{band}"),
        tuple(count.share(f"reached.{tier}.{band}") for tier in range(1, BAND_TIERS + 1)),
    )


def _largest(count: Counting, kind: str, found: Iterable[Collection[str]]) -> list[Dependency]:
    """Return the three of a kind on which most lines stand, by lines, then volume, then code."""
    lines_on = Counter(code for each in found for code in each)
    most = sorted(lines_on, key=lambda code: (-lines_on[code], code))[: 4 * MOST_OF_A_KIND]
    shares = [Dependency(kind, code, count.share(f"{kind}.{code}")) for code in most]
    shares.sort(key=lambda each: (-each.share.lines, -(each.share.volume_percent or 0), each.code))
    return shares[:MOST_OF_A_KIND]


def _of_tier(value: str) -> Condition | None:
    number, _, how = value.partition(".")
    if not _TIER.fullmatch(number):
        return None
    tier = int(number)
    conditions: Mapping[str, Condition] = {
        "confirmed": lambda line: line.tier >= tier,
        "stated": lambda line: line.tier < tier <= line.stated_tier,
        "claimed": lambda line: max(line.tier, line.stated_tier) < tier <= line.claimed_tier,
        "silent": lambda line: max(line.tier, line.stated_tier, line.claimed_tier) < tier,
    }
    return conditions.get(how)


def _of_band(value: str) -> Condition | None:
    number, _, band = value.partition(".")
    if not _TIER.fullmatch(number) or band not in BANDS:
        return None
    return lambda line: line.volume_band == band and line.tier >= int(number)


def asking_of(statuses: Collection[str], line: LineSight) -> Asking:
    """Return how far asking about a line has come, from the statuses of all that was asked about it.

    The furthest counts: an answer, else what is still open, else a refusal. Answered, and nothing shown above the
    supplier, no end stated, no source stated: the supplier does not know.
    """
    if "answered" in statuses:
        says_nothing = line.tier <= 1 and line.stated_tier <= 1 and not line.ends
        return Asking.UNKNOWN if says_nothing else Asking.ANSWERED
    if not {"open", "accepted"}.isdisjoint(statuses):
        return Asking.ASKED
    return Asking.DECLINED if statuses else Asking.NOT_ASKED


PAUSE = timedelta(hours=4)
"""After so long without a look a new visit begins."""

NOTED_AGAIN = timedelta(minutes=30)
"""Within a visit a look at nothing new is noted again only after so long."""

Marked = tuple[int, int, list[str], list[str], bool]
"""What is kept of a line seen: tier reached, places known, countries, stated ends, and whether all ways are closed."""


def mark_of(line: LineSight) -> list[object]:
    """Return what is kept of a line that was seen: numbers and codes, no names. In the form of `Marked`."""
    return [line.tier, _places(line), sorted(line.countries), sorted(line.ends), line.closed]


def change(before: Marked | None, line: LineSight) -> Change | None:
    """Return what became of a line since it was marked (None: it was not there), or None if nothing did.

    Further: a higher tier, more places, a country or an end that did not show, or all ways closed now. Less: fewer
    places or a lower tier, and nothing of the former; what it was is not told.
    """
    if before is None:
        return Change(Move.NEW)
    tier, places, countries, ends, closed = before
    further = Change(
        Move.FURTHER,
        tier=line.tier if line.tier > tier else 0,
        places=max(0, _places(line) - places),
        countries=tuple(sorted(line.countries - set(countries))),
        ends=tuple(sorted(line.ends - set(ends))),
        closed=line.closed and not closed,
    )
    if further != Change(Move.FURTHER):
        return further
    return Change(Move.LESS) if line.tier < tier or _places(line) < places else None


def _places(line: LineSight) -> int:
    return sum(count for mark, count in line.counts.items() if mark in CONFIRMED)
