"""One viewer's whole view: walked, dressed, with stated sources beside; kept in memory until anything changes."""

from collections import OrderedDict, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time
from itertools import count
from typing import ClassVar, NamedTuple

from amont.chain.facts import PlaceKey
from amont.chain.network import Link, Network
from amont.chain.snapshot import network
from amont.chain.walk import walk
from amont.disclosure.facts import NEVER
from amont.kernel import clock
from amont.kernel.quarters import next_quarter
from amont.kernel.viewer import Viewer
from amont.ledger import read as ledger
from amont.sight.beside import Scene, input_of_links, stated_beside, walked_links, ways_to, with_inputs
from amont.sight.dress import Dressed, by_what_is_shown
from amont.sight.facts import Chain, LineSight, Mark, Place, Step, View
from amont.sight.sources import contacts_of, inputs_of
from amont.sight.view import dressed

_MOST_KEPT = 200


@dataclass(frozen=True, slots=True)
class Whole:
    """A view with what sight needs to cut it: never handed to a face but by its parts.

    `places` by ref; `above` the steps from each place, in the order in which they show; `firms` the organization's
    key of each own and named place, for matching a claim with a firm that is shown by name; `nameless` what each
    pseudonym stands for, for asking for more. `lines` and `chains` are
    filled when they are first asked for.
    """

    view: View
    places: Mapping[str, Place]
    above: Mapping[str, tuple[Step, ...]]
    firms: Mapping[str, int]
    items: Mapping[str, int]
    nameless: Mapping[str, PlaceKey]
    lines: dict[str, LineSight]
    chains: dict[str, Chain]


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
            _keep(viewer, _Kept(mark, now, _next_change(net, now), found))
            return found
        mark = after


def _keep(viewer: Viewer, found: _Kept) -> None:
    _Shelf.kept[viewer.organization_id] = found
    _Shelf.kept.move_to_end(viewer.organization_id)
    while len(_Shelf.kept) > _MOST_KEPT:
        _Shelf.kept.popitem(last=False)


def _next_change(net: Network, now: datetime) -> datetime:
    """Return the next moment at which a grant starts or ends, a link begins to be walked, or a quarter begins."""
    moments = [each for grants in net.granted.values() for grant in grants for each in (grant.starts, grant.ends)]
    moments += [link.terms.accepted for links in net.above.values() for link in links]
    moments.append(datetime.combine(next_quarter(now.date()), time.min, tzinfo=UTC))
    return min((moment for moment in moments if moment > now), default=NEVER)


def _computed(viewer: Viewer, net: Network, at: datetime) -> Whole:
    walked = walk(net, viewer.organization_id, at)
    dress = dressed(viewer, walked, at=at)
    items = {*walked.own, *walked.named, *(item for item, _ in walked.nameless)}
    scene = Scene(
        network=net,
        walked=walked,
        viewer=viewer.organization_id,
        at=at,
        inputs=inputs_of(items),
        book=contacts_of(viewer.organization_id),
        ways=ways_to(walked),
    )
    return assembled(scene, dress)


def assembled(scene: Scene, dress: Dressed) -> Whole:
    """Return a view with inputs by name, steps, and stated sources beside its places."""
    links = walked_links(scene)
    places = {place.ref: _with_inputs(scene, dress, place) for place in (*dress.view.own, *dress.view.places)}
    steps = [*_named_steps(scene, dress, links, places)]
    standing = frozenset(link.link for link in links.values())
    number = count(1)
    for ref, key in dress.keys.items():
        found = stated_beside(scene, key, places[ref], standing)
        for name, place in sorted(found, key=lambda each: (each[0], by_what_is_shown(each[1]))):
            stated = replace(place, ref=f"stated-{next(number)}")
            places[stated.ref] = stated
            steps.append(Step(ref, stated.ref, name))
    own = tuple(places[place.ref] for place in dress.view.own)
    others = tuple(place for place in places.values() if place.mark is not Mark.OWN)
    named = {ref: key[0] for ref, key in dress.keys.items() if not key[1]}
    return Whole(
        view=View(own, others, tuple(steps)),
        places=places,
        above=_above(steps, places),
        firms={ref: scene.network.owner[item] for ref, item in named.items()},
        items=named,
        nameless={ref: key for ref, key in dress.keys.items() if key[1]},
        lines={},
        chains={},
    )


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
