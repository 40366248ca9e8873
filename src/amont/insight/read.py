"""A viewer's own coverage and largest dependencies, computed from its view and nothing else."""

from collections.abc import Mapping

from amont.insight import rules
from amont.insight.facts import Asking, Changes, Coverage, KeptFilter
from amont.insight.models import SavedFilter, Visit
from amont.kernel import clock
from amont.kernel.errors import NotKnown
from amont.kernel.viewer import Viewer
from amont.requests import progress
from amont.sight import read as sight
from amont.sight.facts import LineSight


def coverage(viewer: Viewer) -> Coverage:
    """Return how far the viewer's own article lines are traced, in one pass over its view."""
    lines = article_lines(viewer)
    return rules.coverage(lines, asked=_asked(viewer, lines), partners=partners(viewer))


def behind(viewer: Viewer, figure: str) -> tuple[LineSight, ...]:
    """Return the lines behind a figure of coverage, by its name. Raises `NotKnown` for a name that is none."""
    lines = article_lines(viewer)
    found = rules.behind(lines, asked=_asked(viewer, lines), figure=figure)
    if found is None:
        raise NotKnown
    return found


def saved_filters(viewer: Viewer) -> tuple[KeptFilter, ...]:
    """Return the filters that the person keeps, by name."""
    rows = SavedFilter.objects.filter(owner_id=viewer.organization_id, person_id=viewer.person_id or 0)
    return tuple(KeptFilter(row.public_id, row.name, row.query) for row in rows.order_by("name", "pk"))


def changes(viewer: Viewer) -> Changes | None:
    """Return what became of the viewer's lines since its person's visit before this one; None on the first visit.

    Told from the view of now alone: what shows no more is counted, never said.
    """
    row = Visit.objects.filter(owner_id=viewer.organization_id, person_id=viewer.person_id or 0).first()
    if row is None:
        return None
    begins = clock.now() - row.seen_at >= rules.PAUSE
    since, marks = (row.seen_at, row.seen) if begins else (row.before_at, row.before)
    if since is None:
        return None
    found = {each.item: rules.change(marks.get(each.item), each) for each in article_lines(viewer)}
    return Changes(since, {item: change for item, change in found.items() if change is not None})


def partners(viewer: Viewer) -> int:
    """Return how many firms stand by name above the viewer's own items: its partners on board."""
    return sight.partners(viewer)


def article_lines(viewer: Viewer) -> tuple[LineSight, ...]:
    """Return the viewer's bought lines; those of a supplier that brought none are its own items."""
    lines = sight.lines(viewer)
    return tuple(each for each in lines if each.is_bought) or lines


def _asked(viewer: Viewer, lines: tuple[LineSight, ...]) -> Mapping[str, Asking]:
    statuses = progress.statuses(viewer)
    return {each.item: rules.asking_of(statuses[each.item], each) for each in lines if each.item in statuses}
