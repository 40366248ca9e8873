"""An owner's own links with others, the other end of each laid open: what is left is what the owner itself gives."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime

from amont.catalogue.models import Item
from amont.chain.network import Link
from amont.chain.snapshot import network
from amont.disclosure.facts import LONG_AGO, NEVER, GrantFact, Subject, Terms
from amont.disclosure.levels import Audience, Covers, Level
from amont.kernel.errors import NotKnown
from amont.kernel.viewer import Viewer
from amont.parties.models import Organization
from amont.sight.cut.dress import own_place
from amont.sight.cut.facts import Own, OwnLink
from amont.sight.cut.stated import stated
from amont.sight.facts import Place

OTHER_END = -2
"""Whoever stands at the other end of a link: no organization has this key."""

_OPEN = (GrantFact(0, Subject.ORGANIZATION, Audience.CHAIN, None, int(Level.FULL), LONG_AGO, NEVER),)


def own_of(viewer: Viewer, item: str, at: datetime) -> Own:
    """Return what the viewer gives over its own links at one own item (public id), or at all (no item).

    Raises `NotKnown` for an item that is not its own.
    """
    net, me = network(), viewer.organization_id
    rows = Item.objects.filter(owner_id=me)
    items = frozenset((rows.filter(public_id=item) if item else rows).values_list("pk", flat=True))
    if item and not items:
        raise NotKnown
    checked = Organization.objects.values_list("checked_by", flat=True).get(pk=me) != Organization.Check.NONE
    below = _with_others((link for each in items for link in net.below.get(each, ())), at)
    above = _with_others((link for each in items for link in net.above.get(each, ())), at)
    return Own(
        organization=me,
        items=items,
        checked=checked,
        at=at,
        sold=tuple(_sold(link, checked=checked) for link in below),
        bought=tuple(_bought(link) for link in above),
        granted={
            (covers, key): net.granted.get((covers, Subject.ITEM, key), ())
            + net.granted.get((covers, Subject.ORGANIZATION, me), ())
            for covers in Covers
            for key in (0, *items)
        },
    )


def own_places(items: Iterable[int], *, on: date) -> tuple[Place, ...]:
    """Return an owner's own items (keys) as it sees them itself, in this order, with nothing of anybody else."""
    found = stated(items, on=on)
    return tuple(own_place(found[item]) for item in items)


def opened(covers: Covers, terms: Terms, *, checked: bool) -> Terms:
    """Return the terms of an owner's link at whose other end somebody lets everything be seen, and is no one."""
    if covers is Covers.IDENTITY:
        return replace(terms, buyer=OTHER_END, sourcing=_OPEN, supplier_checked=checked)
    return replace(terms, supplier=OTHER_END, identity=_OPEN, supplier_checked=True)


def _sold(link: Link, *, checked: bool) -> OwnLink:
    terms = opened(Covers.IDENTITY, link.terms, checked=checked)
    return OwnLink(link.link, link.supplier_item, link.terms.buyer, terms)


def _bought(link: Link) -> OwnLink:
    terms = opened(Covers.SOURCING, link.terms, checked=True)
    return OwnLink(link.link, link.buyer_item, link.terms.supplier, terms)


def _with_others(links: Iterable[Link], at: datetime) -> list[Link]:
    return [link for link in links if link.terms.accepted <= at and not link.terms.internal]
