"""Views for an operator: any organization's, with the reasons. Commands alone come here, never a page."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime

from amont.chain.snapshot import network
from amont.chain.walk import Walker, explained, walk
from amont.chain.world import read as world
from amont.kernel.viewer import Viewer
from amont.sight.dress import Dressed
from amont.sight.explain import Explained, Keys
from amont.sight.facts import View
from amont.sight.items import Stated, stated
from amont.sight.view import dressed

Told = tuple[str, View, Explained | None]


def view_of(key: str, *, at: datetime, explain: bool = False) -> Told:
    """Return the view of the organization with this key. Raises `NotKnown`."""
    return _told(key, world.viewer_of(key), at=at, keys=Keys() if explain else None)


def views(*, at: datetime, explain: bool = False) -> Iterator[Told]:
    """Give the view of every organization, in key order."""
    keys = Keys() if explain else None
    everything = stated(network().owner, on=at.date())
    for key, viewer in world.viewers().items():
        yield _told(key, viewer, at=at, keys=keys, everything=everything)


def _told(
    key: str, viewer: Viewer, *, at: datetime, keys: Keys | None, everything: Mapping[int, Stated] | None = None
) -> Told:
    def fetched(items: Iterable[int], *, on: date) -> Mapping[int, Stated]:
        return stated(items, on=on) if everything is None else everything

    walker: Walker = walk if keys is None else explained
    walked = walker(network(), viewer.organization_id, at)
    found: Dressed = dressed(viewer, walked, at=at, fetched=fetched)
    return key, found.view, None if keys is None else Explained(found, walked.ways, keys)
