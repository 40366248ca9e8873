"""Views for an operator: any organization's, with the reasons. Commands alone come here, never a page."""

from collections.abc import Iterator, Mapping
from datetime import datetime

from amont.chain.world import read as world
from amont.kernel.viewer import Viewer
from amont.sight.cut.facts import Stated
from amont.sight.cut.whole import for_operator, of_everybody
from amont.sight.explain import Explained, Keys
from amont.sight.facts import View

Told = tuple[str, View, Explained | None]


def view_of(key: str, *, at: datetime, explain: bool = False) -> Told:
    """Return the view of the organization with this key. Raises `NotKnown`."""
    return _told(key, world.viewer_of(key), at=at, keys=Keys() if explain else None)


def views(*, at: datetime, explain: bool = False) -> Iterator[Told]:
    """Give the view of every organization, in key order."""
    keys = Keys() if explain else None
    everything = of_everybody(at.date())
    for key, viewer in world.viewers().items():
        yield _told(key, viewer, at=at, keys=keys, everything=everything)


def _told(
    key: str, viewer: Viewer, *, at: datetime, keys: Keys | None, everything: Mapping[int, Stated] | None = None
) -> Told:
    found, walked = for_operator(viewer, at, facts=everything, explain=keys is not None)
    return key, found.view, None if keys is None else Explained(found, walked.ways, keys)
