"""The one door to others' data: a viewer in, its view, chains, lines and previews out."""

from datetime import datetime

from amont.catalogue.models import Item
from amont.kernel import clock
from amont.kernel.errors import NotKnown
from amont.kernel.viewer import Viewer
from amont.sight import log, rules
from amont.sight.claims import claimed_beside
from amont.sight.cut.facts import Whole
from amont.sight.cut.whole import whole
from amont.sight.facts import Chain, LineSight, Mark, Place, Preview, Step, View
from amont.sight.preview import previewed

_CHAINS_KEPT = 50


def view(viewer: Viewer, *, at: datetime | None = None) -> View:
    """Return all that the viewer sees above its own items, now or as it would be at a moment.

    Stated sources stand in it beside their owner's items, the viewer's own claims do not: see `chain_above`.
    """
    seen = whole(viewer, at=at)
    log.note_places(viewer, seen, seen.places)
    return seen.view


def chain_above(viewer: Viewer, item: str, *, at: datetime | None = None) -> Chain:
    """Return the chain above an own item (its public id): what is reachable in the view, with own claims beside.

    Raises `NotKnown` for an item that is not the viewer's.
    """
    seen = whole(viewer, at=at)
    root = seen.places.get(item)
    if root is None or root.mark is not Mark.OWN:
        raise NotKnown
    if item not in seen.chains:
        if len(seen.chains) >= _CHAINS_KEPT:
            seen.chains.clear()
        seen.chains[item] = _cut(viewer, seen, root)
    found = seen.chains[item]
    log.note_places(viewer, seen, (place.ref for place in found.places))
    return found


def lines(viewer: Viewer, *, searched: bool = False) -> tuple[LineSight, ...]:
    """Return every own item with how far its chain is seen, by reference and name: what coverage counts from.

    `searched`: the texts of the chains will be searched, which reads all that they name.
    """
    seen = whole(viewer)
    if not seen.lines:
        seen.lines.update({line.item: line for line in _lines(viewer, seen)})
    if searched:
        log.note_places(viewer, seen, seen.places)
    else:
        log.note_suppliers(viewer, seen)
    return tuple(seen.lines.values())


def everything(viewer: Viewer) -> View:
    """Return the viewer's view with its own claims drawn beside, each marked as claimed: what it knows altogether."""
    seen = whole(viewer)
    log.note_places(viewer, seen, seen.places)
    claimed = _claimed(viewer, seen)
    places = (*seen.view.places, *(place for _, place in claimed if place is not None))
    return View(seen.view.own, places, (*seen.view.steps, *(step for step, _ in claimed)))


def partners(viewer: Viewer) -> int:
    """Return how many firms stand by name above the viewer's own items. A number: no owner's fact is read."""
    return len({place.organization for place in whole(viewer).places.values() if place.mark is Mark.NAMED})


def preview(viewer: Viewer, *, item: str = "", consortium: str = "", at: datetime | None = None) -> Preview:
    """Return what each audience will see at most of the viewer's facts: of one own item, or of all (no item).

    By the same policy and the same table as what they then get, over the links that stand and one accepted now under
    the charter of `consortium` (public id; none: of each consortium that the viewer has to do with).
    Raises `NotKnown` for an item that is not the viewer's.
    """
    return previewed(viewer, item=item, consortium=consortium, at=at)


def _cut(viewer: Viewer, seen: Whole, root: Place) -> Chain:
    """Return what is reachable from one own item, claims included, with what was not asked or said."""
    reachable = rules.tiers(root.ref, seen.above)
    own = [ref for ref in reachable if seen.places[ref].mark is Mark.OWN]
    places = [seen.places[ref] for ref in reachable]
    steps = [step for ref in reachable for step in seen.above.get(ref, ())]
    gaps = tuple((place.ref, gap) for place in places for gap in rules.gaps_at(place, seen.above))
    for step, place in claimed_beside(viewer, seen, own):
        steps.append(step)
        places += [place] if place is not None else []
    return Chain(root, tuple(places), tuple(steps), gaps)


def _lines(viewer: Viewer, seen: Whole) -> list[LineSight]:
    claimed = _claimed(viewer, seen)
    above: dict[str, tuple[Step, ...]] = dict(seen.above)
    places = dict(seen.places)
    for step, place in claimed:
        above[step.buyer] = (*above.get(step.buyer, ()), step)
        if place is not None:
            places[place.ref] = place
    rows = Item.objects.filter(owner_id=viewer.organization_id).order_by("reference", "name", "public_id")
    today = clock.today()
    return [_line(row, rules.reach(row.public_id, places, above, on=today)) for row in rows if row.public_id in places]


def _claimed(viewer: Viewer, seen: Whole) -> list[tuple[Step, Place | None]]:
    return list(claimed_beside(viewer, seen, [place.ref for place in seen.view.own]))


def _line(row: Item, found: rules.Reach) -> LineSight:
    return LineSight(
        item=row.public_id,
        reference=row.reference,
        name=row.name,
        kind=row.kind,
        family=row.family,
        volume_band=row.volume_band,
        is_bought=row.is_bought,
        tier=found.tier,
        stated_tier=found.stated_tier,
        claimed_tier=found.claimed_tier,
        ends=found.ends,
        closed=found.closed,
        countries=found.countries,
        suppliers=found.suppliers,
        counts=found.counts,
        gaps=found.gaps,
        schemes=found.schemes,
        uncertified=found.uncertified,
        texts=found.texts,
    )
