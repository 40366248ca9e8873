"""What stands beside places without a link: inputs by name, and sources that are only stated (disclosure rule, 4.3)."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace

from amont.chain.facts import PlaceKey, Walked
from amont.chain.models import Contact
from amont.chain.network import Link
from amont.disclosure import rules
from amont.disclosure.facts import LONG_AGO, Defaults, Stance, Subject, Terms
from amont.disclosure.facts_levels import Fact, shows
from amont.disclosure.levels import Covers, Level
from amont.sight.cut.dress import coded
from amont.sight.cut.facts import Scene, StatedSource
from amont.sight.facts import InputFact, Mark, Place

_NOBODY = 0
"""The supplier of what no link stands for: no organization has this key."""


def ways_to(walked: Walked) -> Mapping[PlaceKey, frozenset[int]]:
    """Return the items from which the view leads to each place."""
    found: dict[PlaceKey, set[int]] = defaultdict(set)
    for buyer, supplier in walked.links:
        found[supplier].add(buyer[0])
    return {place: frozenset(items) for place, items in found.items()}


def with_inputs(scene: Scene, key: PlaceKey, place: Place) -> Place:
    """Return an own or named place with its inputs by name; with stock and time to switch where it is seen in full."""
    level = _level(place)
    if not shows(Fact.INPUT_NAME, level):
        return place
    stated = scene.inputs.get(key[0], ())
    found = tuple(
        InputFact(
            each.name,
            each.stock_weeks if shows(Fact.STOCK, level) else None,
            each.switch_months if shows(Fact.SWITCH, level) else None,
        )
        for each in stated
        if each.name or place.mark is Mark.OWN
    )
    return replace(place, inputs=found) if found else place


def input_of_links(scene: Scene) -> Mapping[int, str]:
    """Return the name of the input that each link serves, by link."""
    return {
        source.link: each.name
        for inputs in scene.inputs.values()
        for each in inputs
        for source in each.sources
        if source.link
    }


def walked_links(scene: Scene) -> Mapping[tuple[int, int], Link]:
    """Return the links that are walked at this moment, by (buyer's item, supplier's item), above items in the view."""
    items = {*scene.walked.own, *scene.walked.named, *(item for item, _ in scene.walked.nameless)}
    return {
        (link.buyer_item, link.supplier_item): link
        for item in items
        for link in scene.network.above.get(item, ())
        if link.terms.accepted <= scene.at
    }


def stated_beside(scene: Scene, key: PlaceKey, place: Place, walked: frozenset[int]) -> Iterator[tuple[str, Place]]:
    """Give (input's name, stated source) beside a place: what its owner states and no walked link stands for yet.

    To the owner with the firm's name from its own book; to others, without it, where the owner's sourcing policy for
    the item gives at least 2; where it gives less than 3, a change shows from the next quarter on.
    """
    own = place.mark is Mark.OWN
    level = int(Level.FULL) if own else min(_level(place), sourcing_level(scene, key))
    if not shows(Fact.STATED_SOURCE, level):
        return
    named = shows(Fact.INPUT_NAME, _level(place))
    for each in scene.inputs.get(key[0], ()):
        for source in each.sources:
            if source.link in walked or source.ended or source.created_at > scene.at:
                continue
            yield (each.name if named else ""), (_own(source, scene.book) if own else _of_another(source, level))


def sourcing_level(scene: Scene, key: PlaceKey) -> int:
    """Return what the owner of an item that the viewer sees gives the viewer of its sourcing there, link or none.

    By the same policy as a link's, with no supplier at its other end: grants about the item or the organization, else
    the defaults of the charter under which the viewer came to the item (of several the lowest).
    """
    item, head = key
    owner = scene.network.owner[item]
    granted = scene.network.granted
    below = _ways(scene, key)
    terms = Terms(
        buyer=owner,
        supplier=_NOBODY,
        accepted=LONG_AGO,
        defaults=_lowest([link.terms.defaults for link in below]),
        floor=0,
        consortium=_NOBODY,
        sourcing=granted.get((Covers.SOURCING, Subject.ITEM, item), ())
        + granted.get((Covers.SOURCING, Subject.ORGANIZATION, owner), ()),
    )
    standing = scene.walked.nameless[key] if head else scene.walked.named[item]
    customer = not head and any(link.terms.buyer == scene.viewer for link in _accepted_below(scene, item))
    stance = Stance(viewer=scene.viewer, requester=standing.requested, customer=customer)
    return rules.policy(Covers.SOURCING, terms, stance, scene.at).level


def _accepted_below(scene: Scene, item: int) -> tuple[Link, ...]:
    return tuple(link for link in scene.network.below.get(item, ()) if link.terms.accepted <= scene.at)


def _ways(scene: Scene, key: PlaceKey) -> list[Link]:
    """Return the links over which the view leads to a place."""
    buyers = scene.ways[key]
    return [link for link in _accepted_below(scene, key[0]) if link.buyer_item in buyers]


def _lowest(each: list[Defaults]) -> Defaults:
    return Defaults(
        min(one.customers for one in each), min(one.requesters for one in each), min(one.chain for one in each)
    )


def _level(place: Place) -> int:
    if place.mark is Mark.OWN or place.full:
        return int(Level.FULL)
    return int(Level.NAMED if place.mark is Mark.NAMED else Level.NAMELESS)


def _own(source: StatedSource, book: Mapping[int, Contact]) -> Place:
    contact = book.get(source.contact)
    place = replace(_of_another(source, Level.FULL), refused=source.refused)
    if contact is None:
        return place
    return replace(
        place,
        organization=contact.name,
        contact=contact.public_id,
        group=contact.group,
        country=source.country or contact.country,
    )


def _of_another(source: StatedSource, level: int) -> Place:
    codes = coded(source if level < Level.NAMED else replace(source, former=None))
    return Place(
        ref="",
        mark=Mark.STATED,
        **codes._asdict(),
        asked=source.asked,
        confirmed=source.confirmed,
    )
