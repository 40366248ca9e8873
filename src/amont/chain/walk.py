"""The bare walk: which places a viewer sees above its items, and at which level (disclosure rule, section 4)."""

from collections import defaultdict, deque
from collections.abc import Iterable
from datetime import datetime

from amont.chain.facts import PlaceKey, Standing, Step, Walked
from amont.chain.network import Link, Network
from amont.disclosure import rules
from amont.disclosure.facts import Ruling, Stance
from amont.disclosure.levels import Covers, Level


def walk(network: Network, viewer: int, at: datetime, *, explain: bool = False) -> Walked:
    """Return all places that the organization `viewer` sees at a moment.

    `explain` fills `ways`: for an operator's eyes, never for a page. Linear in the links touched times the places
    they are touched from; cycles end, because places are finite.
    """
    return _Walk(network, viewer, at).whole(explain=explain)


def keepers(network: Network, viewer: int, place: PlaceKey, at: datetime) -> frozenset[tuple[int, Covers, int]]:
    """Return who keeps a nameless place nameless: (link, side, owner) over all ways from its head to it (3.5).

    Empty for a place that the viewer does not see namelessly.
    """
    walked = _Walk(network, viewer, at)
    walked.whole()
    return frozenset(walked.keepers(place)) if place in walked.nameless else frozenset()


class _Walk:
    """One walk of one viewer at one moment."""

    def __init__(self, network: Network, viewer: int, at: datetime) -> None:
        self.network, self.viewer, self.at = network, viewer, at
        self.own = frozenset(network.items.get(viewer, ()))
        first = [link for item in self.own for link in self._above(item)]
        self.buys = frozenset(link.supplier_item for link in first)
        self.bought = self.buys | network.ended.get(viewer, frozenset())
        self.suppliers = frozenset(link.terms.supplier for link in first)
        self.once_requester = viewer in network.once_requesters
        self.rulings: dict[tuple[int, bool, bool], Ruling] = {}
        self.named: dict[int, Standing] = {}
        self.nameless: dict[PlaceKey, Standing] = {}
        self.links: set[tuple[PlaceKey, PlaceKey]] = set()
        self.counted: dict[PlaceKey, list[tuple[int, int]]] = defaultdict(list)
        self.origins: set[tuple[PlaceKey, int]] = set()
        self.sealed: set[tuple[PlaceKey, int]] = set()
        self.ways: dict[PlaceKey, list[Step]] = defaultdict(list)

    def whole(self, *, explain: bool = False) -> Walked:
        """Walk named places, then nameless ones, then what is counted beside them."""
        self._walk_named()
        for head, seeds in self._join_named().items():
            self._walk_nameless(head, seeds)
        for place, met in self.counted.items():
            self._count_beside(place, met)
        return Walked(
            own=self.own,
            named=self.named,
            nameless=self.nameless,
            links=frozenset(self.links),
            origins=frozenset(self.origins),
            sealed=frozenset(self.sealed),
            ways={place: tuple(steps) for place, steps in self.ways.items()} if explain else {},
        )

    def _above(self, item: int) -> Iterable[Link]:
        return (link for link in self.network.above.get(item, ()) if link.terms.accepted <= self.at)

    def _ruling(self, link: Link, *, requested: bool, from_named: bool) -> Ruling:
        """Return the link's level from a place, kept for the rest of this walk."""
        key = (link.link, requested, from_named)
        found = self.rulings.get(key)
        if found is None:
            found = rules.level(link.terms, self._stance(link, requested=requested, from_named=from_named), self.at)
            self.rulings[key] = found
        return found

    def _stance(self, link: Link, *, requested: bool, from_named: bool) -> Stance:
        terms = link.terms
        return Stance(
            viewer=self.viewer,
            requester=requested,
            customer=from_named and link.buyer_item in self.buys,
            once_requester=self.once_requester,
            once_customer=from_named and link.buyer_item in self.bought,
            member=(terms.consortium, self.viewer) in self.network.members,
            buys_from_supplier=terms.supplier in self.suppliers,
        )

    def _reach(self, found: dict[int, Standing], waiting: deque[int], item: int, standing: Standing) -> None:
        """Note a way to a place: it has the highest level of its ways, and is requested if any of them is."""
        before = found.get(item)
        if before is not None:
            standing = Standing(max(standing.level, before.level), standing.requested or before.requested)
        if standing != before:
            found[item] = standing
            waiting.append(item)

    def _walk_named(self) -> None:
        """Find the named places, each as it is when all ways to it are known."""
        waiting: deque[int] = deque()
        for item in sorted(self.own):
            for link in self._above(item):
                ruling = self._ruling(link, requested=link.answered_itself, from_named=False)
                self._join((item, 0), (link.supplier_item, 0), link, ruling.level, ruling.grants)
                if link.supplier_item not in self.own:
                    standing = Standing(ruling.level, link.answered_itself)
                    self._reach(self.named, waiting, link.supplier_item, standing)
        while waiting:
            item = waiting.popleft()
            place = self.named[item]
            for link in self._above(item):
                level = min(place.level, self._ruling(link, requested=place.requested, from_named=True).level)
                if level >= Level.NAMED and link.supplier_item not in self.own:
                    self._reach(self.named, waiting, link.supplier_item, Standing(level, _passes_on(place, link)))

    def _join_named(self) -> dict[int, list[tuple[Link, bool]]]:
        """Join each named place to what its links lead to; return the first nameless places by head."""
        heads: dict[int, list[tuple[Link, bool]]] = defaultdict(list)
        for item in sorted(self.named):
            place = self.named[item]
            for link in self._above(item):
                ruling = self._ruling(link, requested=place.requested, from_named=True)
                level = min(place.level, ruling.level)
                if level >= Level.NAMED:
                    self._join((item, 0), (link.supplier_item, 0), link, level, ruling.grants)
                elif link.supplier_item in self.own:
                    continue
                elif level == Level.NAMELESS:
                    self._join((item, 0), (link.supplier_item, item), link, level, ruling.grants)
                    heads[item].append((link, _passes_on(place, link)))
                else:
                    self.counted[item, 0].append((link.supplier_item, level))
        return heads

    def _walk_nameless(self, head: int, seeds: Iterable[tuple[Link, bool]]) -> None:
        """Find the nameless places beside one head, then join them."""
        waiting: deque[int] = deque()
        found: dict[int, Standing] = {}
        for link, requested in seeds:
            self._reach(found, waiting, link.supplier_item, Standing(int(Level.NAMELESS), requested))
        while waiting:
            item = waiting.popleft()
            place = found[item]
            for link in self._above(item):
                level = self._ruling(link, requested=place.requested, from_named=False).level
                if level >= Level.NAMELESS and link.supplier_item not in self.own:
                    standing = Standing(int(Level.NAMELESS), _passes_on(place, link))
                    self._reach(found, waiting, link.supplier_item, standing)
        for item in sorted(found):
            self.nameless[item, head] = found[item]
            self._join_nameless(item, head)

    def _join_nameless(self, item: int, head: int) -> None:
        requested = self.nameless[item, head].requested
        for link in self._above(item):
            if link.supplier_item in self.own:
                continue
            ruling = self._ruling(link, requested=requested, from_named=False)
            if ruling.level >= Level.NAMELESS:
                step = (item, head), (link.supplier_item, head)
                self._join(*step, link, int(Level.NAMELESS), ruling.grants)
            else:
                self.counted[item, head].append((link.supplier_item, ruling.level))

    def _count_beside(self, place: PlaceKey, seeds: Iterable[tuple[int, int]]) -> None:
        """Count what stands beside a place: each item once, origin before sealed.

        The viewer's own items and the place's own item end the walk.
        """
        origins = {item for item, level in seeds if level >= Level.ORIGIN}
        sealed = {item for item, level in seeds if level < Level.ORIGIN}
        waiting = deque(sorted(origins))
        while waiting:
            for link in self._above(waiting.popleft()):
                item = link.supplier_item
                if item in self.own or item == place[0] or item in origins:
                    continue
                if self._ruling(link, requested=False, from_named=False).level >= Level.ORIGIN:
                    origins.add(item)
                    waiting.append(item)
                else:
                    sealed.add(item)
        self.origins.update((place, item) for item in origins)
        self.sealed.update((place, item) for item in sealed - origins)

    def _join(self, buyer: PlaceKey, supplier: PlaceKey, link: Link, level: int, grants: tuple[int, ...]) -> None:
        self.links.add((buyer, supplier))
        self.ways[supplier].append(Step(buyer, link.link, level, grants))

    def keepers(self, place: PlaceKey) -> Iterable[tuple[int, Covers, int]]:
        """Give each owner that withholds its name over a link on the ways from the place's head to it."""
        before: dict[PlaceKey, list[PlaceKey]] = defaultdict(list)
        for buyer, supplier in self.links:
            before[supplier].append(buyer)
        met, waiting = {place}, [place]
        while waiting:
            supplier = waiting.pop()
            for buyer in before[supplier]:
                if buyer == place:  # a way ends where it arrives
                    continue
                yield from self._withheld(buyer, supplier)
                if buyer[1] and buyer not in met:
                    met.add(buyer)
                    waiting.append(buyer)

    def _withheld(self, buyer: PlaceKey, supplier: PlaceKey) -> Iterable[tuple[int, Covers, int]]:
        item, head = buyer
        place = self.nameless[buyer] if head else self.named[item]
        for link in self._above(item):
            if link.supplier_item != supplier[0]:
                continue
            stance = self._stance(link, requested=place.requested, from_named=not head)
            for side, owner in ((Covers.SOURCING, link.terms.buyer), (Covers.IDENTITY, link.terms.supplier)):
                if rules.withholds(side, link.terms, stance, self.at):
                    yield link.link, side, owner


def _passes_on(place: Standing, link: Link) -> bool:
    """Tell whether who comes as a requester still is one beyond this link: answered, or within one firm."""
    return place.requested and (link.answered or link.terms.internal)
