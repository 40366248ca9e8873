"""One viewer's whole view: walked, dressed, with stated sources beside; kept in memory until anything changes."""

from collections import OrderedDict, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, time
from itertools import count
from typing import ClassVar, NamedTuple

from amont.chain.facts import PlaceKey, Walked
from amont.chain.models import Contact
from amont.chain.network import Link, Network
from amont.chain.snapshot import network
from amont.chain.walk import keepers, walk
from amont.disclosure.levels import Covers
from amont.kernel import clock
from amont.kernel.errors import NotKnown
from amont.kernel.quarters import next_quarter
from amont.kernel.viewer import Viewer
from amont.ledger import read as ledger
from amont.sight.cut.beside import input_of_links, stated_beside, walked_links, ways_to, with_inputs
from amont.sight.cut.dress import by_what_is_shown, dress, needed
from amont.sight.cut.facts import Dressed, Scene, Stated, Whole
from amont.sight.cut.stated import contacts_of, inputs_of, stated
from amont.sight.facts import Mark, Place, Step, View

_MOST_KEPT = 200


class _Kept(NamedTuple):
    """A whole view, the network's mark it was computed after, and from when until when nothing changes by itself."""

    mark: tuple[int, str]
    since: datetime
    until: datetime
    whole: Whole


class _Shelf:
    """The last views of this process, by viewer's organization; the oldest makes room."""

    kept: ClassVar[OrderedDict[int, _Kept]] = OrderedDict()


def whole(viewer: Viewer, *, at: datetime | None = None) -> Whole:
    """Return the viewer's whole view, now or at a moment.

    That of now is kept in memory as long as nothing that views are made of has changed (the network's mark tells)
    and until the next moment at which something starts or ends by itself. Of another moment nothing is kept.
    """
    if at is not None:
        return _computed(viewer, network(), at)
    now = clock.now()
    mark = ledger.network_mark()
    kept = _Shelf.kept.get(viewer.organization_id)
    if kept is not None and mark[0] and kept.mark == mark and kept.since <= now < kept.until:
        return kept.whole
    while True:
        net = network()
        found = _computed(viewer, net, now)
        after = ledger.network_mark()
        if after == mark:
            _Shelf.kept[viewer.organization_id] = _Kept(mark, now, _next_change(net, now), found)
            _Shelf.kept.move_to_end(viewer.organization_id)
            if len(_Shelf.kept) > _MOST_KEPT:
                _Shelf.kept.popitem(last=False)
            return found
        mark = after


def _next_change(net: Network, now: datetime) -> datetime:
    """Return the next moment at which a grant starts or ends, a link begins to be walked, or a quarter begins."""
    moments = [each for grants in net.granted.values() for grant in grants for each in (grant.starts, grant.ends)]
    moments += [link.terms.accepted for links in net.above.values() for link in links]
    moments.append(datetime.combine(next_quarter(now.date()), time.min, tzinfo=UTC))
    return min(moment for moment in moments if moment > now)


def dressed(viewer: int, walked: Walked, at: datetime, *, facts: Mapping[int, Stated] | None = None) -> Dressed:
    """Return what was walked for this organization, dressed; `facts` where they were fetched before, for many."""
    found = stated(needed(walked), on=at.date()) if facts is None else facts
    return dress(walked, found, viewer=viewer, on=at.date())


def for_operator(
    viewer: Viewer, at: datetime, *, facts: Mapping[int, Stated] | None = None, explain: bool = False
) -> tuple[Dressed, Walked]:
    """Return a viewer's view and the walk behind it: for an operator's eyes, never for a page."""
    walked = walk(network(), viewer.organization_id, at, explain=explain)
    return dressed(viewer.organization_id, walked, at, facts=facts), walked


def of_everybody(on: date) -> Mapping[int, Stated]:
    """Return what is stated about every item: for an operator that dresses all views."""
    return stated(network().owner, on=on)


def _computed(viewer: Viewer, net: Network, at: datetime) -> Whole:
    walked = walk(net, viewer.organization_id, at)
    book = contacts_of(viewer.organization_id)
    return assembled(net, walked, viewer=viewer.organization_id, at=at, book=book, ways=ways_to(walked))


def assembled(
    net: Network,
    walked: Walked,
    *,
    viewer: int,
    at: datetime,
    book: Mapping[int, Contact],
    ways: Mapping[PlaceKey, frozenset[int]],
) -> Whole:
    """Return a view with inputs by name, steps, and stated sources beside its places."""
    view = dressed(viewer, walked, at)
    inputs = inputs_of({*walked.own, *walked.named, *(item for item, _ in walked.nameless)}, on=at.date())
    scene = Scene(net, walked, viewer, at, inputs, book, ways)
    links = walked_links(scene)
    places = {place.ref: _with_inputs(scene, view, place) for place in (*view.view.own, *view.view.places)}
    steps = [*_named_steps(scene, view, links, places)]
    standing = frozenset(link.link for link in links.values())
    number = count(1)
    for ref, key in view.keys.items():
        found = stated_beside(scene, key, places[ref], standing)
        for name, place in sorted(found, key=lambda each: (each[0], by_what_is_shown(each[1]))):
            beside = replace(place, ref=f"stated-{next(number)}")
            places[beside.ref] = beside
            steps.append(Step(ref, beside.ref, name))
    own = tuple(places[place.ref] for place in view.view.own)
    others = tuple(place for place in places.values() if place.mark is not Mark.OWN)
    named = {ref: key[0] for ref, key in view.keys.items() if not key[1]}
    return Whole(
        view=View(own, others, tuple(steps)),
        places=places,
        above=_above(steps, places),
        firms={ref: net.owner[item] for ref, item in named.items()},
        items=named,
        nameless={ref: key for ref, key in view.keys.items() if key[1]},
        lines={},
        chains={},
    )


def key_of(seen: Whole, place: str) -> PlaceKey:
    """Return (item, head) of a nameless place, which alone may be asked about. Raises `NotKnown` for any other."""
    key = seen.nameless.get(place)
    if key is None:
        raise NotKnown
    return key


def keepers_of(viewer: Viewer, place: str) -> tuple[PlaceKey, frozenset[tuple[int, Covers, int]]]:
    """Return what a nameless place stands for, and who keeps it nameless: (link, side, owner). Raises `NotKnown`."""
    key = key_of(whole(viewer), place)
    return key, keepers(network(), viewer.organization_id, key, clock.now())


def _with_inputs(scene: Scene, dress: Dressed, place: Place) -> Place:
    key = dress.keys.get(place.ref)
    return place if key is None else with_inputs(scene, key, place)


def _named_steps(
    scene: Scene, dress: Dressed, links: Mapping[tuple[int, int], Link], places: Mapping[str, Place]
) -> Iterator[Step]:
    """Give the view's steps, those between own or named places with the name of the input that they serve."""
    names = input_of_links(scene)
    by_name = {Mark.OWN, Mark.NAMED}
    for step in dress.view.steps:
        buyer, supplier = dress.keys.get(step.buyer), dress.keys.get(step.supplier)
        shown = places[step.buyer].mark in by_name and places[step.supplier].mark in by_name
        link = links.get((buyer[0], supplier[0])) if shown and buyer and supplier else None
        yield step if link is None else step._replace(input=names.get(link.link, ""))


def _above(steps: list[Step], places: Mapping[str, Place]) -> Mapping[str, tuple[Step, ...]]:
    found: dict[str, list[Step]] = defaultdict(list)
    for step in steps:
        found[step.buyer].append(step)
    return {
        ref: tuple(sorted(each, key=lambda step: (step.input, by_what_is_shown(places[step.supplier]))))
        for ref, each in found.items()
    }
