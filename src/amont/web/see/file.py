"""Drawing and map as files of their own, for print: white ground, heading, date, consortium and legend in them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import slugify
from django.utils.translation import gettext as _

from amont.consortia import read as consortia
from amont.kernel import clock
from amont.kernel.viewer import Viewer
from amont.parties import read as parties
from amont.sight.facts import Chain, Mark
from amont.web.see import words
from amont.web.see.drawing import picture as drawing_picture
from amont.web.see.drawing.page import figure_and_layout
from amont.web.see.mapping import picture as map_picture
from amont.web.see.mapping.page import placed
from amont.web.see.picture import Size
from amont.web.shell import marks

STYLE = Path(__file__).parent / "static" / "see" / "picture.css"
HEAD, FOOT, SIDE = 96, 60, 28
NARROWEST = 760
LEGEND_ENTRY = 172


@dataclass(frozen=True, slots=True)
class File:
    """A file to be sent: its name and what is in it."""

    name: str
    content: str


def home_of(viewer: Viewer) -> str:
    """Return the viewer's own country."""
    me = parties.me(viewer)
    return me.country if me else ""


def consortium_of(viewer: Viewer) -> str:
    """Return the name of the consortium that the viewer acts in; nothing for none."""
    current = consortia.current(viewer)
    return current.name if current else ""


def drawing(viewer: Viewer, chain: Chain, asked: Mapping[str, str]) -> File:
    """Return the drawing as a file, folded as the address asks."""
    shown, layout = figure_and_layout(chain, asked)
    body = drawing_picture.drawn(chain, shown, layout, links={})
    if not layout.stacked:
        body = format_html("{}{}", drawing_picture.headings(shown, layout), body)
    title = _("The chain above %(line)s") % {"line": words.title(chain.root)}
    return _file(viewer, chain, body, (layout.width, layout.height), kind="chain", title=title)


def world_map(viewer: Viewer, chain: Chain, *, whole: bool) -> File:
    """Return the map as a file, with the source of its borders."""
    found, world, shown = placed(chain, home=home_of(viewer), whole=whole)
    body = map_picture.drawn(found, world, shown, links={})
    title = _("Map of the chain above %(line)s") % {"line": words.title(chain.root)}
    size = (map_picture.WIDTH, shown.height)
    return _file(viewer, chain, body, size, kind="map", title=title, source=world.source)


def _file(
    viewer: Viewer,
    chain: Chain,
    body: SafeString,
    size: Size,
    *,
    kind: str,
    title: str,
    source: str = "",
) -> File:
    width = max(size[0], NARROWEST) + 2 * SIDE
    legend, below = _legend(chain, width - 2 * SIDE)
    height = HEAD + size[1] + FOOT + below
    content = format_html(
        '<svg xmlns="http://www.w3.org/2000/svg" class="picture {0} paper" viewBox="0 0 {1} {2}" width="{1}" '
        'height="{2}" role="img" aria-labelledby="t"><title id="t">{3}</title><style>{4}</style>'
        '<rect width="100%" height="100%" fill="#fff"/><text class="heading" x="{5}" y="44">{3}</text>'
        '<text class="what-text" x="{5}" y="68">{6}</text><svg x="{5}" y="{7}" width="{8}" height="{9}">{10}</svg>'
        '<g transform="translate({5} {11})">{12}</g></svg>\n',
        kind,
        width,
        height,
        title,
        _style(),
        SIDE,
        _said(viewer, source),
        HEAD,
        *size,
        body,
        HEAD + size[1] + 34,
        legend,
    )
    root = chain.root
    name = "-".join(part for part in ("amont", slugify(root.reference or root.name), _word(kind)) if part)
    return File(f"{name}.svg", f'<?xml version="1.0" encoding="UTF-8"?>\n{content}')


@lru_cache(maxsize=1)
def _style() -> str:
    """Return the style of pictures in the colours that it gives where there is no page around."""
    text = STYLE.read_text(encoding="utf-8")
    return re.sub(r"var\(--[a-z-]+, ((?:[^()])+)\)", r"\1", text)


def _said(viewer: Viewer, source: str) -> str:
    """Say whose view this is, in which consortium, of which day, on which borders."""
    me = parties.me(viewer)
    day = _("as seen on %(day)s") % {"day": date_format(clock.now(), "DATE_FORMAT")}
    borders = _("Borders: %(source)s") % {"source": source} if source else ""
    return " · ".join(
        part for part in (me.organization_name if me else "", consortium_of(viewer), day, borders) if part
    )


def _word(kind: str) -> str:
    return slugify(_("map") if kind == "map" else _("drawing"))


def _legend(chain: Chain, width: int) -> tuple[SafeString, int]:
    """Return the legend of the marks that the chain has, in rows of the width, and how high it is beyond one row."""
    found = {place.mark for place in chain.places}
    used = [mark for mark in Mark if mark in found]
    in_row = max(1, width // LEGEND_ENTRY)
    entries = (
        (
            LEGEND_ENTRY * (number % in_row),
            22 * (number // in_row),
            mark.value,
            marks.shapes(mark),
            marks.WORDS[mark],
        )
        for number, mark in enumerate(used)
    )
    drawn = format_html_join(
        "",
        '<g transform="translate({} {})"><g class="mark-{}">{}</g><text class="what-text" x="24" y="12">{}</text></g>',
        entries,
    )
    return drawn, 22 * ((len(used) - 1) // in_row)
