"""Pictures of a chain as they stand on a page: the picture, the ways to fold it, and the addresses of its files."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from amont.sight.facts import Chain
from amont.web.see import words
from amont.web.see.drawing.folding import Figure, figure
from amont.web.see.drawing.layout import HEAD, PAGE, Layout, laid_out
from amont.web.see.drawing.picture import described, drawn, group_title, headings
from amont.web.see.drawing.sheets import Sheet, sheets
from amont.web.see.picture import framed
from amont.web.see.rows import Shown

Asked = Mapping[str, str]
"""What the address asks for: `by` (how to fold), `open` (numbers of opened groups, with commas), `way` (stacked)."""

WAYS_TO_FOLD: Mapping[str, Promise] = {
    "": pgettext_lazy("folding", "Every place"),
    "firm": gettext_lazy("By firm"),
    "country": gettext_lazy("By country"),
    "step": gettext_lazy("By step"),
}


@dataclass(frozen=True, slots=True)
class Way:
    """One way to see the same: its word, its address, and whether it is the one that is seen."""

    word: str
    query: str
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class DrawingPage:
    """All that the page of a drawing shows of it. `opened` are groups that stand open, with the address to fold each.

    `tiers` are the headings of its columns, `sheets` the pages that it takes in print, `narrow` is the address of the
    same for a narrow screen, `file` that of the file for print.
    """

    picture: SafeString
    tiers: SafeString
    width: int
    sheets: tuple[Sheet, ...]
    folds: tuple[Way, ...]
    opened: tuple[Way, ...]
    folded: int
    left_out: int
    stacked: bool
    is_wide: bool
    narrow: str
    wide: str
    file: str


def drawing_page(chain: Chain, known: Mapping[str, Shown], asked: Asked) -> DrawingPage:
    """Return a drawing as its page shows it."""
    shown, layout = figure_and_layout(chain, asked)
    now = _now(shown, layout)
    top = 0 if layout.stacked else HEAD - 2
    return DrawingPage(
        picture=framed(
            drawn(chain, shown, layout, links=_links(shown, known, now)),
            (layout.width, layout.height - top),
            top=top,
            kind="chain",
            title=_("The chain above %(line)s") % {"line": words.title(chain.root)},
            description=described(shown),
        ),
        tiers=SafeString("") if layout.stacked else headings(shown, layout),
        width=layout.width,
        sheets=sheets(layout),
        folds=tuple(_fold(by, shown, now) for by in WAYS_TO_FOLD),
        opened=tuple(_opened(spot.number, group_title(spot, shown.by), shown, now) for spot in shown.opened),
        folded=sum(spot.folded for spot in shown.spots),
        left_out=shown.left_out,
        stacked=layout.stacked,
        is_wide=layout.width > PAGE,
        narrow=_query({**now, "way": "stacked"}),
        wide=_query({key: value for key, value in now.items() if key != "way"}),
        file=f"{reverse('see:drawing_file', args=[chain.root.ref])}{_query(now)}",
    )


def figure_and_layout(chain: Chain, asked: Asked) -> tuple[Figure, Layout]:
    """Return what is drawn and where, as the address asks; what it asks for amiss counts for nothing."""
    by = asked.get("by")
    opened = {int(part) for part in asked.get("open", "").split(",") if part.isascii() and part.isdigit()}
    by = by if by in WAYS_TO_FOLD else None
    shown = figure(chain, by=by, opened=opened)
    return shown, laid_out(shown, stacked=asked.get("way") == "stacked")


def _now(shown: Figure, layout: Layout) -> dict[str, str]:
    """Return what an address must ask for to give this very drawing."""
    now = {"as": "drawing", "by": shown.by}
    if shown.opened:
        now["open"] = ",".join(str(spot.number) for spot in shown.opened)
    return {**now, "way": "stacked"} if layout.stacked else now


def _links(shown: Figure, known: Mapping[str, Shown], now: Asked) -> dict[int, str]:
    """Return where each spot leads: a group opens, a line of one's own has its page, a place its row in the tree."""
    found = {}
    for spot in shown.spots:
        if spot.folded:
            numbers = ",".join(str(number) for number in (*(each.number for each in shown.opened), spot.number))
            found[spot.number] = f"{_query({**now, 'open': numbers})}#spot-{spot.number}"
        else:
            place = known[spot.place.ref]
            found[spot.number] = place.page or f"?as=tree#{place.anchor}"
    return found


def _fold(by: str, shown: Figure, now: Asked) -> Way:
    asked = {key: value for key, value in now.items() if key != "open"} | {"by": by}
    return Way(str(WAYS_TO_FOLD[by]), _query(asked), chosen=by == shown.by)


def _opened(number: int, word: str, shown: Figure, now: Asked) -> Way:
    rest = ",".join(str(spot.number) for spot in shown.opened if spot.number != number)
    return Way(word, f"{_query({**now, 'open': rest})}#spot-{number}")


def _query(asked: Asked) -> str:
    return f"?{urlencode(asked)}"
