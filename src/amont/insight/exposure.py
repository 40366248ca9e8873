"""The exposure of a viewer's lines in three kinds: countries from its own view, figures with their source."""

from amont.insight import sovereignty
from amont.insight.dependence.exposed import standings
from amont.insight.facts_dependence import Scope
from amont.insight.facts_exposure import Exposed, Exposure
from amont.insight.indexes.known import Kind
from amont.insight.indexes.reading import readings
from amont.kernel.errors import NotKnown
from amont.kernel.viewer import Viewer


def exposure(viewer: Viewer, kind: Kind, *, scope: Scope = Scope.CONFIRMED, line: str = "") -> Exposure:
    """Return the countries above all lines, or above one, with what the indexes say of one kind of danger.

    No figure is made of others: each is its maker's own. Raises `NotKnown` for a `line` that is not the viewer's.
    """
    found = sovereignty.what_lines_need(viewer, scope)
    if line and line not in found.lines:
        raise NotKnown
    lines = (line,) if line else found.lines
    countries, unknown = standings(found, lines)
    order = sorted(countries, key=lambda code: (-len(countries[code]), code))
    exposed = (
        Exposed(code, countries[code], tuple(each for each in readings(code) if each.measure.kind is kind))
        for code in order
    )
    return Exposure(len(lines), unknown, tuple(exposed))
