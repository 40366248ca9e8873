"""Answers that suppliers let out to the viewer, as far as its level at their places goes."""

from amont.disclosure.reading import note
from amont.kernel.viewer import Viewer
from amont.requests.facts_answers import Released
from amont.requests.read.released import released as let_out
from amont.sight.cut.whole import whole
from amont.sight.facts import Mark

NAMED, FULL = 3, 4


def released(viewer: Viewer, request: str) -> tuple[Released, ...]:
    """Return what the supplier of an own request (public id) let the viewer read, while its place stands in the view.

    What shows from level 4 needs that at the item, or at any item of the firm for what is about firm and sites. The
    owner's access log gets its line. Raises `NotKnown`.
    """
    found = let_out(viewer, request)
    if not found:
        return ()
    seen = whole(viewer)
    of_items: dict[int, int] = {}
    of_firms: dict[int, int] = {}
    by_firm: dict[int, set[int]] = {}
    for ref, place in seen.places.items():
        if place.mark is Mark.NAMED:
            level, firm = FULL if place.full else NAMED, seen.firms[ref]
            of_items[seen.items[ref]] = level
            of_firms[firm] = max(level, of_firms.get(firm, 0))
            by_firm.setdefault(firm, set()).add(seen.items[ref])
    shown = tuple(
        each
        for each in found
        if each.question.level <= (of_items.get(each.item, 0) if each.item else of_firms.get(each.owner, 0))
    )
    for owner in {each.owner for each in shown}:
        note(viewer, owner=owner, named=by_firm[owner])
    return shown
