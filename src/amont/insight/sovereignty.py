"""What a viewer's own lines depend on: from its view, and apart from it what owners state and it claims itself."""

from collections import OrderedDict
from typing import ClassVar

from django.utils.translation import gettext as _

from amont.insight.dependence.concentration import concentrations
from amont.insight.dependence.net import Net, net
from amont.insight.dependence.region import Unusable, Why, circle, polygon
from amont.insight.dependence.scenario import Scenario, outcome
from amont.insight.dependence.stops import Failing, hidden, stops, things
from amont.insight.facts_dependence import Concentration, Hidden, Kind, Outcome, Reading, Scope, Stop
from amont.insight.read import article_lines
from amont.kernel.errors import Refused
from amont.kernel.viewer import Viewer
from amont.sight import read as sight
from amont.sight.facts import View

REACHES = {Kind.COUNTRY, Kind.FIRM, Kind.SITE, Kind.FAMILY}
_MOST_KEPT = 100


class _Shelf:
    """The last nets of this process, by viewer's organization and scope, with the view each was made from."""

    kept: ClassVar[OrderedDict[tuple[int, Scope], tuple[View, tuple[str, ...], Failing]]] = OrderedDict()


def concentration(viewer: Viewer, scope: Scope = Scope.CONFIRMED) -> tuple[Concentration, ...]:
    """Return how concentrated the lines are at each tier, with the least and the most that it can be."""
    return concentrations(_failing(viewer, scope).net)


def single_stops(viewer: Viewer, kind: Kind, *, scope: Scope = Scope.CONFIRMED) -> tuple[Stop, ...]:
    """Return each country, firm, site or item that alone takes a line down in either reading, or may."""
    return stops(_failing(viewer, scope), kind, _bands(viewer))


def common_sources(viewer: Viewer) -> tuple[Hidden, ...]:
    """Return the unnamed firms on which several branches of one named supplier's chain meet."""
    return hidden(_failing(viewer, Scope.CONFIRMED).net)


def known(viewer: Viewer, kind: Kind, *, scope: Scope = Scope.CONFIRMED) -> tuple[str, ...]:
    """Return the codes of one kind that show above the lines, those that can be chosen to stop."""
    return tuple(sorted(things(_failing(viewer, scope).net, kind)))


def what_lines_need(viewer: Viewer, scope: Scope = Scope.CONFIRMED) -> Net:
    """Return what the viewer's lines are made from, as far as it knows."""
    return _failing(viewer, scope).net


def open_lines(viewer: Viewer, scope: Scope = Scope.CONFIRMED) -> int:
    """Return of how many lines something is not known, somewhere up their chain."""
    found = _failing(viewer, scope).net
    return sum(_is_open(found, line) for line in found.lines)


def played(
    viewer: Viewer, scenario: Scenario, *, reading: Reading = Reading.EVERY_INPUT, scope: Scope = Scope.CONFIRMED
) -> Outcome:
    """Return what a scenario does to the lines. Raises `Refused` where nothing, or all, would stop."""
    if scenario.is_empty:
        raise Refused({"country": [_("Choose what stops: a country, a firm, a site, a family or a region.")]})
    failing = _failing(viewer, scope)
    found = outcome(failing, scenario, reading, _bands(viewer))
    places = len(failing.net.places) - len(failing.net.lines)
    if not found.hit and not found.unplaced:
        raise Refused({"country": [_("Nothing that you see above your lines would stop. Choose something else.")]})
    if places > 1 and found.hit == places:
        raise Refused({"country": [_("All that you see would stop, so nothing can be told apart. Choose less.")]})
    return found


def scenario_of(codes: dict[Kind, frozenset[str]], *, around: str = "", km: str = "", corners: str = "") -> Scenario:
    """Return a scenario from what was typed: `around` "latitude, longitude" with `km`, or `corners` a point a line.

    Raises `Refused` at the field for a region that is none: why, and where it crosses itself or the date line.
    """
    field = "corners" if corners.strip() else "around"
    try:
        if corners.strip():
            region = polygon([_point(line) for line in corners.replace(";", "\n").splitlines() if line.strip()])
        elif around.strip() or km.strip():
            region = circle(*_point(around), float(km.replace(",", ".")))
        else:
            region = None
    except Unusable as trouble:
        raise Refused({field: [_said(trouble)]}) from None
    except ValueError:
        raise Refused({field: [_said(Unusable(Why.NUMBERS))]}) from None
    return Scenario(codes, region)


def _point(text: str) -> tuple[float, float]:
    latitude, longitude = text.split(",") if text.count(",") == 1 else text.split()
    return float(latitude), float(longitude)


def _said(trouble: Unusable) -> str:
    said = {
        Why.NUMBERS: _("Write points as latitude, longitude in degrees (such as 48.85, 2.35), and a radius in km."),
        Why.CORNERS: _("An area needs 3 corners or more, and at most 500."),
        Why.DATE_LINE: _("This area crosses the date line near %(where)s. Play it as two, one on each side."),
        Why.CROSSES: _("The outline of this area crosses itself near %(where)s. Give its corners in their order."),
    }
    return said[trouble.why] % {"where": trouble.where or "–"}


def _failing(viewer: Viewer, scope: Scope) -> Failing:
    """Return the net of a viewer's article lines, kept as long as its view and its claims are the same."""
    view = sight.everything(viewer)
    lines = tuple(each.item for each in article_lines(viewer))
    key = (viewer.organization_id, scope)
    kept = _Shelf.kept.get(key)
    if kept is not None and kept[0] == view and kept[1] == lines:
        return kept[2]
    found = Failing(net(lines, (*view.own, *view.places), view.steps, scope))
    _Shelf.kept[key] = (view, lines, found)
    _Shelf.kept.move_to_end(key)
    if len(_Shelf.kept) > _MOST_KEPT:
        _Shelf.kept.popitem(last=False)
    return found


def _bands(viewer: Viewer) -> dict[str, str]:
    return {each.item: each.volume_band for each in article_lines(viewer)}


def _is_open(found: Net, line: str) -> bool:
    seen, waiting = {line}, [line]
    while waiting:
        ref = waiting.pop()
        if ref in found.open:
            return True
        more = [source for source in found.sources(ref) if source not in seen]
        seen.update(more)
        waiting += more
    return False
