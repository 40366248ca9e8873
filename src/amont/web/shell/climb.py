"""A chain as a small upright drawing: the viewer's own line at the foot, its sources above, tier over tier.

Positions are computed here; the marks are those of every other drawing. Labels say what the viewer may know.
"""

from collections import defaultdict
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from amont.catalogue.lists import steps as known_steps
from amont.kernel.countries import country_name
from amont.sight.facts import Chain, Mark, Place

WIDTH = 320
ROW = 74
FOOT = 46
MARK = 22
MOST_LABELLED = 4
LONGEST = 20


@dataclass(frozen=True, slots=True)
class Spot:
    """A place where it stands in the drawing."""

    place: Place
    x: float
    y: float
    crowded: bool


def climb(chain: Chain, *, title: str) -> SafeString:
    """Return the chain as an SVG picture with a title for screen readers; needs `mark_symbols` on the page."""
    rows = tiers(chain)
    height = len(rows) * ROW + FOOT
    spots = {
        place.ref: Spot(place, WIDTH * (at + 0.5) / len(row), height - FOOT - tier * ROW, len(row) > MOST_LABELLED)
        for tier, row in enumerate(rows)
        for at, place in enumerate(row)
    }
    return format_html(
        '<svg class="climb" viewBox="0 0 {} {}" role="img" aria-label="{}">{}{}</svg>',
        WIDTH,
        height,
        title,
        _ways(chain, spots),
        format_html_join("", "{}", ((_spot(spot),) for spot in spots.values())),
    )


def tiers(chain: Chain) -> list[list[Place]]:
    """Return the places by their distance from the root, each row in the order of the places below it."""
    above: dict[str, list[str]] = defaultdict(list)
    for step in chain.steps:
        above[step.buyer].append(step.supplier)
    by_ref = {place.ref: place for place in (chain.root, *chain.places)}
    rows, seen = [[chain.root]], {chain.root.ref}
    while rows[-1]:
        following: list[Place] = []
        for place in rows[-1]:
            for ref in above[place.ref]:
                if ref not in seen and ref in by_ref:
                    seen.add(ref)
                    following.append(by_ref[ref])
        rows.append(following)
    return rows[:-1]


def _ways(chain: Chain, spots: dict[str, Spot]) -> SafeString:
    drawn = [
        (spots[step.buyer], spots[step.supplier])
        for step in chain.steps
        if step.buyer in spots and step.supplier in spots
    ]
    return format_html_join(
        "",
        '<path class="way" d="M{} {}C{} {} {} {} {} {}"/>',
        (
            (
                low.x,
                low.y - MARK / 2 - 2,
                low.x,
                low.y - ROW * 0.28,
                high.x,
                high.y + ROW * 0.8,
                high.x,
                high.y + (MARK / 2 + 31 if not high.crowded else MARK / 2 + 17),
            )
            for low, high in drawn
        ),
    )


def _spot(spot: Spot) -> SafeString:
    above, below = words(spot.place)
    if spot.crowded:
        above, below = spot.place.country, ""
    half = MARK / 2
    return format_html(
        '<use href="#mark-{}" class="mark-{}" x="{}" y="{}" width="{}" height="{}"/>'
        '<text x="{}" y="{}" class="place">{}</text><text x="{}" y="{}" class="place soft">{}</text>',
        spot.place.mark.value,
        spot.place.mark.value,
        spot.x - half,
        spot.y - half,
        MARK,
        MARK,
        spot.x,
        spot.y + half + 13,
        _short(above),
        spot.x,
        spot.y + half + 26,
        _short(below),
    )


def words(place: Place) -> tuple[str, str]:
    """Return two short lines for a place: who or what it is, and where or at which step."""
    language = get_language() or "fr"
    where = country_name(place.country, language) if place.country else ""
    step = next((code.label(language) for code in known_steps() if code.code == place.step), "")
    if place.mark is Mark.OWN:
        return place.organization or place.name, where if place.organization else ""
    if place.mark is Mark.SEALED:
        return _("sealed"), ""
    return (place.organization or step or where), (where if place.organization or step else "")


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else text[: LONGEST - 1].rstrip() + "…"
