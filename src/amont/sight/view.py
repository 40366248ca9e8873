"""The view: all that a viewer may see at a moment, from which every page, table and file about others is cut."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Protocol

from amont.chain.facts import Walked
from amont.kernel.viewer import Viewer
from amont.sight.dress import Dressed, dress, needed
from amont.sight.items import Stated, stated


class Fetch(Protocol):
    """Gives what is stated about items, for a view on a day."""

    def __call__(self, items: Iterable[int], *, on: date) -> Mapping[int, Stated]:
        """Return the statements by item."""


def dressed(viewer: Viewer, walked: Walked, *, at: datetime, fetched: Fetch = stated) -> Dressed:
    """Return what was walked for this viewer, dressed with the facts of each place's level.

    `fetched` gives what is stated about items: from the database, unless it was fetched before for many viewers.
    """
    return dress(walked, fetched(needed(walked), on=at.date()), viewer=viewer.organization_id, on=at.date())
