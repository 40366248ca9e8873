"""The view: all that a viewer may see at a moment, from which every page, table and file about others is cut."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime

from amont.chain.facts import Walked
from amont.chain.snapshot import network
from amont.chain.walk import Walker, walk
from amont.kernel.viewer import Viewer
from amont.sight.dress import Dressed, dress, needed
from amont.sight.items import Stated, stated

Fetch = Callable[[Iterable[int]], Mapping[int, Stated]]


def seen(viewer: Viewer, *, at: datetime, walker: Walker = walk) -> Dressed:
    """Return the viewer's view at a moment, with the keys that sight needs to cut it; faces get `.view` at most."""
    return dressed(viewer, walker(network(), viewer.organization_id, at), at=at)


def dressed(viewer: Viewer, walked: Walked, *, at: datetime, fetched: Fetch = stated) -> Dressed:
    """Return what was walked for this viewer, dressed with the facts of each place's level.

    `fetched` gives what is stated about items: from the database, unless it was fetched before for many viewers.
    """
    return dress(walked, fetched(needed(walked)), viewer=viewer.organization_id, on=at.date())
