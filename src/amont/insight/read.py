"""A viewer's own coverage and largest dependencies, computed from its view and nothing else."""

from collections.abc import Mapping

from amont.insight import rules
from amont.insight.facts import Asking, Coverage
from amont.kernel.errors import NotKnown
from amont.kernel.viewer import Viewer
from amont.requests import progress
from amont.sight import read as sight
from amont.sight.facts import LineSight, Mark


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


def partners(viewer: Viewer) -> int:
    """Return how many firms stand by name above the viewer's own items: its partners on board."""
    return len({place.organization for place in sight.view(viewer).places if place.mark is Mark.NAMED})


def article_lines(viewer: Viewer) -> tuple[LineSight, ...]:
    """Return the viewer's bought lines; those of a supplier that brought none are its own items."""
    lines = sight.lines(viewer)
    return tuple(each for each in lines if each.is_bought) or lines


def _asked(viewer: Viewer, lines: tuple[LineSight, ...]) -> Mapping[str, Asking]:
    statuses = progress.statuses(viewer)
    return {each.item: rules.asking_of(statuses[each.item], each) for each in lines if each.item in statuses}
