"""A chain as an SVG: each place a mark with its name on the line that leads on from it, as a river bears names.

Safe by construction (`markup` throughout), coloured by classes alone. A line that ends at a bar has come to a
stated end, one that runs out in dots was not asked or not answered, one that stops says nothing more.
"""

from collections import Counter
from collections.abc import Iterator, Mapping

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from amont.sight.facts import Chain
from amont.web.see import words
from amont.web.see.drawing.folding import Figure, Spot
from amont.web.see.drawing.layout import MARGIN, Layout
from amont.web.see.markup import markup, markup_join
from amont.web.shell import marks

HALF = 8
"""Half a mark, in pixels."""

TEXT = 15
"""From the middle of a mark to where its name begins."""

LETTER, SMALL_LETTER = 6.9, 5.7
"""How wide a letter of a name, and of the line below it, is on average."""

FEW = 3
"""So many countries are named in the heading of a tier."""

MANY_STEPS, STRONG = 2, 4
"""Where there are more than so many steps for each spot, those that stand for fewer than four are drawn thin."""

Addresses = Mapping[int, str]


def drawn(chain: Chain, figure: Figure, layout: Layout, *, links: Addresses) -> SafeString:
    """Return the body of a drawing, to stand within an `<svg>`. `links` are addresses by spot's number, if any."""
    silent = {ref for ref, _gap in chain.gaps}
    spots = {spot.number: spot for spot in figure.spots}
    return markup(
        '<defs>{}<marker id="return" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="9" markerHeight="9" '
        'markerUnits="userSpaceOnUse" '
        'orient="auto"><path class="tip" d="M1 1 7 4 1 7"/></marker></defs><g id="picture-body">{}{}</g>',
        marks.symbols(),
        markup_join("", "{}", ((each,) for each in _steps(figure, layout, spots))),
        markup_join("", "{}", ((_spot(each, figure, layout, silent, links),) for each in figure.spots)),
    )


def described(figure: Figure) -> str:
    """Say in one sentence what a drawing shows, for whoever does not see it."""
    places = sum(len(spot.places) for spot in figure.spots) - 1
    tiers = max(spot.tier for spot in figure.spots)
    said = _("%(count)s places in %(tiers)s tiers; the same as a tree and as a table on this page.")
    return said % {"count": places, "tiers": tiers}


def group_title(spot: Spot, by: str) -> str:
    """Say what the places folded into one have in common."""
    place = spot.place
    if by == "country":
        return words.country(place.country) or _("No country known")
    if by == "step":
        return words.listed(place.step) or _("No step known")
    return words.title(place)


def headings(figure: Figure, layout: Layout) -> SafeString:
    """Write above each column which tier it is, how many places stand there, and where most of them are."""
    found: dict[int, Counter[str]] = {}
    for spot in figure.spots:
        found.setdefault(spot.tier, Counter()).update(place.country for place in spot.places)
    said = (
        (MARGIN + tier * layout.pitch, layout.pitch - 10, _tier(tier), *_counted(tier, countries))
        for tier, countries in found.items()
    )
    return markup_join(
        "",
        '<svg class="tier-head" x="{}" width="{}" height="42"><text class="tier" x="0" y="17">{}'
        '<tspan class="tier-count" dx="8">{}</tspan></text><text class="tier-count" x="0" y="34">{}</text></svg>',
        said,
    )


def _tier(tier: int) -> str:
    return _("Tier %(tier)s") % {"tier": tier} if tier else _("This line")


def _counted(tier: int, countries: Counter[str]) -> tuple[str, str]:
    return (_places(countries.total()), _most(countries)) if tier else ("", "")


def _most(countries: Mapping[str, int]) -> str:
    """Say the countries that most places of a tier are in, with how many."""
    named = sorted((code for code in countries if code), key=lambda code: (-countries[code], code))
    said = [f"{words.country(code)} {countries[code]}" for code in named[:FEW]]
    return ", ".join([*said, "…"] if len(named) > FEW else said)


def _places(count: int) -> str:
    return ngettext("%(count)s place", "%(count)s places", count) % {"count": count}


def _steps(figure: Figure, layout: Layout, spots: Mapping[int, Spot]) -> Iterator[SafeString]:
    for buyer, supplier in layout.ahead:
        way = _down(layout, buyer, supplier) if layout.stacked else _across(layout, buyer, supplier)
        is_thin = len(layout.ahead) > MANY_STEPS * len(spots) and figure.steps[buyer, supplier] < STRONG
        yield _step("step thin" if is_thin else "step", way, buyer, spots[supplier])
    for buyer, supplier in layout.back:
        yield _step("step step-back", _return(layout, buyer, supplier), buyer, spots[supplier])


def _step(kind: str, way: str, buyer: int, supplier: Spot) -> SafeString:
    return markup(
        '<path class="{} step-{}" data-from="{}" data-to="{}" d="{}"{}/>',
        kind,
        supplier.place.mark.value,
        buyer,
        supplier.number,
        way,
        SafeString(' marker-end="url(#return)"') if "back" in kind else "",
    )


def _across(layout: Layout, buyer: int, supplier: int) -> str:
    """Lead from the end of the buyer's line to the supplier's mark, one column further."""
    (x, y), (to_x, to_y) = layout.at[buyer], layout.at[supplier]
    x, to_x = x + layout.spot - HALF, to_x - HALF - 1
    bend = (to_x - x) * 0.6
    return f"M{x:g} {y:g}C{x + bend:g} {y:g} {to_x - bend:g} {to_y:g} {to_x:g} {to_y:g}"


def _down(layout: Layout, buyer: int, supplier: int) -> str:
    """Lead from below the buyer's mark down and into the supplier's."""
    (x, y), (to_x, to_y) = layout.at[buyer], layout.at[supplier]
    return f"M{x:g} {y + HALF + 1:g}V{to_y - 9:g}Q{x:g} {to_y:g} {min(x + 9, to_x):g} {to_y:g}H{to_x - HALF:g}"


def _return(layout: Layout, buyer: int, supplier: int) -> str:
    """Lead back from the buyer's mark to a supplier of the same tier, or of one nearer to the line."""
    (x, y), (to_x, to_y) = layout.at[buyer], layout.at[supplier]
    if layout.stacked:
        x, to_x, out = x + layout.spot - HALF, to_x + layout.spot - HALF, layout.width - 4
        return f"M{x:g} {y:g}C{out:g} {y:g} {out:g} {to_y:g} {to_x:g} {to_y:g}"
    x -= HALF + 2
    if to_x > x:
        to_x -= HALF + 3
        return f"M{x:g} {y:g}C{x - 46:g} {y:g} {to_x - 46:g} {to_y:g} {to_x:g} {to_y:g}"
    to_x += layout.spot - HALF
    bend = max(30.0, (x - to_x) * 0.5)
    return f"M{x:g} {y:g}C{x - bend:g} {y:g} {to_x + bend:g} {to_y:g} {to_x:g} {to_y:g}"


def _spot(spot: Spot, figure: Figure, layout: Layout, silent: set[str], links: Addresses) -> SafeString:
    """Draw one spot, a link where it leads anywhere; the whole of what it says as its title."""
    x, y = layout.at[spot.number]
    name, below, whole = _said(spot, figure.by, layout)
    mark = spot.place.mark.value
    body = markup(
        '<title>{}</title><rect class="ground" x="{}" y="{}" width="{}" height="33" rx="3"/>{}{}'
        '<g transform="translate({} {})">'
        '<use href="#mark-{}" class="mark-{}" x="-8" y="-8" width="16" height="16"/></g>'
        '<text class="who-text" x="{}" y="{}">{}</text><text class="what-text" x="{}" y="{}">{}</text>',
        whole,
        x - 12,
        y - 17,
        layout.spot,
        _line_on(spot, layout, silent),
        _ripples(x, y) if spot.folded else "",
        x,
        y,
        mark,
        mark,
        x + TEXT,
        y - 5,
        name,
        x + TEXT,
        y + 14,
        below,
    )
    return _wrapped(spot, (x, y), body, by=figure.by, href=links.get(spot.number, ""))


def _wrapped(spot: Spot, at: tuple[int, int], body: SafeString, *, by: str, href: str) -> SafeString:
    """Make a link or a plain group of a spot's body, with what is left of it when seen from far."""
    code, where = _where(spot, by)
    tag = SafeString("a") if href else SafeString("g")
    opens = SafeString(" data-fold" if spot.folded else "")
    return markup(
        '<{} class="spot spot-{}" id="spot-{}" data-at="{} {}" data-where="{}" data-code="{}" '
        'data-count="{}"{}>{}</{}>',
        tag,
        spot.place.mark.value,
        spot.number,
        *at,
        where,
        code,
        len(spot.places),
        markup(' href="{}"{}', href, opens) if href else "",
        body,
        tag,
    )


def _where(spot: Spot, by: str) -> tuple[str, str]:
    """Return what is left of a spot from far: the code and the word of its country, or its step where folded by it."""
    place = spot.place
    if by == "step" and spot.folded:
        return "", words.listed(place.step)
    return place.country, words.country(place.country) or str(marks.WORDS[place.mark])


def _said(spot: Spot, by: str, layout: Layout) -> tuple[str, str, str]:
    """Return what is said of a spot: its name, the line below it, each as long as there is room, and the whole."""
    place, room = spot.place, layout.spot - TEXT - HALF
    word = marks.WORDS[place.mark]
    full, about = words.title(place), words.about(place)
    name = words.short_title(place)
    below = " · ".join(
        part for part in (words.country(place.country), words.listed(place.step or place.family)) if part
    )
    if spot.folded:
        name, below = group_title(spot, by), _places(spot.folded)
        full = name
        about = _("%(places)s folded into one; open to see each") % {"places": below}
    end = f". {words.ENDS[place.chain_end]}" if place.chain_end and not spot.folded else ""
    return cut(name, room / LETTER), cut(below, room / SMALL_LETTER), f"{word}: {full}. {about}{end}"


def _line_on(spot: Spot, layout: Layout, silent: set[str]) -> SafeString:
    """Draw the line that bears the name: to those above, to the bar of an end, or into dots of silence."""
    x, y = layout.at[spot.number]
    start, length = x + HALF + 1, layout.spot - 2 * HALF - 1
    mark = spot.place.mark.value
    if spot.number in layout.leading and not layout.stacked:
        return markup('<path class="step step-{}" d="M{} {}h{}"/>', mark, start, y, length)
    if all(place.chain_end for place in spot.places):
        bar = markup('<path class="end-bar" d="M{} {}v12m3.5 0v-12"/>', start + length - 4, y - 6)
        return markup('<path class="step step-{}" d="M{} {}h{}"/>{}', mark, start, y, length - 4, bar)
    if any(place.ref in silent for place in spot.places):
        return markup('<path class="silence" d="M{} {}h{}"/>', start + 4, y, length - 4)
    return SafeString("")


def _ripples(x: int, y: int) -> SafeString:
    """Draw rings around the mark of several places folded into one."""
    return markup(
        '<path class="ripple" d="M{} {}a11 11 0 0 1 0 16M{} {}a11 11 0 0 0 0 16"/>', x + 8, y - 8, x - 8, y - 8
    )


def cut(text: str, letters: float) -> str:
    """Return as much of a text as there is room for."""
    most = int(letters)
    return text if len(text) <= most else text[: most - 1].rstrip(" ,·") + "…"
