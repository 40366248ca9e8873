"""The network that is walked: an immutable picture in memory of items, links, request marks, charters and grants."""

import gc
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from amont.disclosure.facts import LONG_AGO, NEVER, Defaults, GrantFact, Subject, Terms
from amont.disclosure.levels import Audience, Covers


class LinkRow(NamedTuple):
    """One link as it is stored."""

    link: int
    buyer_item: int
    supplier_item: int
    buyer: int
    supplier: int
    charter: int
    status: str
    accepted_at: datetime | None
    family: str


class MarkRow(NamedTuple):
    """One request mark as it is stored."""

    link: int
    asker: int
    status: str
    passed: bool


class GrantRow(NamedTuple):
    """One grant as it is stored."""

    grant: int
    owner: int
    covers: str
    item: int | None
    link: int | None
    audience: str
    organization: int | None
    level: int
    starts_at: datetime | None
    until_at: datetime | None
    revoked_at: datetime | None


@dataclass(frozen=True, slots=True)
class Tables:
    """What a network is assembled from.

    `items` are (item, organization), `members` (consortium, organization), `charters` (charter, consortium, customers,
    requesters, chain), `floors` (charter, family, level, from).
    """

    items: Iterable[tuple[int, int]]
    links: Iterable[LinkRow]
    marks: Iterable[MarkRow]
    grants: Iterable[GrantRow]
    charters: Iterable[tuple[int, int, int, int, int]]
    floors: Iterable[tuple[int, str, int, datetime]]
    members: Iterable[tuple[int, int]]
    unchecked: Iterable[int] = ()


@dataclass(frozen=True, slots=True)
class Link:
    """A link that is walked from `terms.accepted` on.

    `answered`: a request over it was, whoever asked for whom; `answered_itself`: one that the buyer made for itself.
    """

    link: int
    buyer_item: int
    supplier_item: int
    charter: int
    terms: Terms
    answered: bool
    answered_itself: bool


@dataclass(frozen=True, slots=True)
class Network:
    """All that the walk needs.

    `above` and `below`: links by buyer's and by supplier's item. `ended`: supplier's items of ended purchases, by
    buyer's organization. `once_requesters`: whoever had a request of its own answered, closed ones included.
    `granted`: grants by what they cover, what they are about, and its key. `defaults` and `consortium`: by charter.
    """

    owner: Mapping[int, int]
    items: Mapping[int, tuple[int, ...]]
    above: Mapping[int, tuple[Link, ...]]
    below: Mapping[int, tuple[Link, ...]]
    ended: Mapping[int, frozenset[int]]
    once_requesters: frozenset[int]
    members: frozenset[tuple[int, int]]
    granted: Mapping[tuple[Covers, Subject, int], tuple[GrantFact, ...]]
    defaults: Mapping[int, Defaults]
    consortium: Mapping[int, int]
    unchecked: frozenset[int]


@contextmanager
def collector_at_rest() -> Iterator[None]:
    """Keep the garbage collector from looking through a hundred thousand fresh records that all stay."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def assemble(tables: Tables) -> Network:
    """Put a network together; the order of rows does not matter."""
    owner = dict(tables.items)
    building = _Building(tables)
    above: dict[int, list[Link]] = defaultdict(list)
    below: dict[int, list[Link]] = defaultdict(list)
    ended: dict[int, set[int]] = defaultdict(set)
    for row in sorted(tables.links):
        if row.status == "ended":
            ended[row.buyer].add(row.supplier_item)
        if row.status == "accepted" or (row.status == "declared" and row.buyer == row.supplier):
            link = building.link(row)
            above[row.buyer_item].append(link)
            below[row.supplier_item].append(link)
    return Network(
        owner=owner,
        items=_items(owner),
        above={item: tuple(links) for item, links in above.items()},
        below={item: tuple(links) for item, links in below.items()},
        ended={buyer: frozenset(items) for buyer, items in ended.items()},
        once_requesters=frozenset(building.asked.once),
        members=frozenset(tables.members),
        granted=building.granted,
        defaults=building.defaults,
        consortium=building.consortium,
        unchecked=building.unchecked,
    )


class _Building:
    """What links are made from, by the keys that they refer to."""

    def __init__(self, tables: Tables) -> None:
        charters = list(tables.charters)
        self.asked = _Asked(tables.marks)
        self.granted = _granted(tables.grants)
        self.by_subject = {covers: _by_subject(self.granted, covers) for covers in Covers}
        self.floors = _floors(tables.floors)
        self.unchecked = frozenset(tables.unchecked)
        self.defaults = {charter: Defaults(*levels) for charter, _, *levels in charters}
        self.consortium = {charter: consortium for charter, consortium, *_ in charters}

    def link(self, row: LinkRow) -> Link:
        """Return a link with its terms."""
        terms = Terms(
            buyer=row.buyer,
            supplier=row.supplier,
            accepted=row.accepted_at or LONG_AGO,
            defaults=self.defaults[row.charter],
            floor=_floor(self.floors, row),
            consortium=self.consortium[row.charter],
            sourcing=self._about(Covers.SOURCING, row.link, row.buyer_item, row.buyer),
            identity=self._about(Covers.IDENTITY, row.link, row.supplier_item, row.supplier),
            supplier_checked=row.supplier not in self.unchecked,
        )
        answered, itself = row.link in self.asked.answered, row.link in self.asked.answered_itself
        return Link(row.link, row.buyer_item, row.supplier_item, row.charter, terms, answered, itself)

    def _about(self, covers: Covers, link: int, item: int, organization: int) -> tuple[GrantFact, ...]:
        """Return the grants that may speak about a link: about itself, its item there, or the whole organization."""
        by_link, by_item, by_organization = self.by_subject[covers]
        return by_link.get(link, ()) + by_item.get(item, ()) + by_organization.get(organization, ())


class _Asked:
    """What request marks say, by link and by asker."""

    def __init__(self, marks: Iterable[MarkRow]) -> None:
        self.answered: set[int] = set()
        self.answered_itself: set[int] = set()
        self.once: set[int] = set()
        for mark in marks:
            if mark.status == "answered":
                self.answered.add(mark.link)
                if not mark.passed:
                    self.answered_itself.add(mark.link)
            if mark.status in {"answered", "closed"} and not mark.passed:
                self.once.add(mark.asker)


def _granted(rows: Iterable[GrantRow]) -> dict[tuple[Covers, Subject, int], tuple[GrantFact, ...]]:
    found: dict[tuple[Covers, Subject, int], list[GrantFact]] = defaultdict(list)
    for row in sorted(rows, key=lambda each: each.grant):
        if row.link is not None:
            subject, about = Subject.LINK, row.link
        elif row.item is not None:
            subject, about = Subject.ITEM, row.item
        else:
            subject, about = Subject.ORGANIZATION, row.owner
        ends = min(row.until_at or NEVER, row.revoked_at or NEVER)
        found[Covers(row.covers), subject, about].append(
            GrantFact(
                row.grant, subject, Audience(row.audience), row.organization, row.level, row.starts_at or LONG_AGO, ends
            )
        )
    return {key: tuple(grants) for key, grants in found.items()}


def _by_subject(
    granted: Mapping[tuple[Covers, Subject, int], tuple[GrantFact, ...]], covers: Covers
) -> tuple[dict[int, tuple[GrantFact, ...]], ...]:
    """Return what one side granted about links, items and organizations: three tables, quick to look into."""
    found: dict[Subject, dict[int, tuple[GrantFact, ...]]] = {subject: {} for subject in Subject}
    for (side, subject, about), grants in granted.items():
        if side is covers:
            found[subject][about] = grants
    return tuple(found[subject] for subject in Subject)


def _floors(rows: Iterable[tuple[int, str, int, datetime]]) -> dict[tuple[int, str], list[tuple[int, datetime]]]:
    found: dict[tuple[int, str], list[tuple[int, datetime]]] = defaultdict(list)
    for charter, family, level, start in rows:
        if family:
            found[charter, family].append((level, start))
    return found


def _floor(floors: Mapping[tuple[int, str], list[tuple[int, datetime]]], row: LinkRow) -> int:
    """Return the highest floor that held when the link was accepted; 0 for one accepted long ago or within a firm."""
    if row.accepted_at is None or row.buyer == row.supplier:
        return 0
    floor_rows = floors.get((row.charter, row.family), ())
    return max((level for level, start in floor_rows if start <= row.accepted_at), default=0)


def _items(owner: Mapping[int, int]) -> dict[int, tuple[int, ...]]:
    found: dict[int, list[int]] = defaultdict(list)
    for item in sorted(owner):
        found[owner[item]].append(item)
    return {organization: tuple(items) for organization, items in found.items()}
