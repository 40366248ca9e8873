"""What an owner may decide about, and for whom: its links at each item, and the firms that it knows."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from amont.catalogue.models import Item
from amont.chain.models import Link
from amont.disclosure import read as disclosed
from amont.disclosure.levels import Covers
from amont.kernel.errors import NotKnown
from amont.kernel.viewer import Viewer
from amont.parties.models import Organization


@dataclass(frozen=True, slots=True)
class LinkSubject:
    """One accepted link of the viewer: on which side it stands, its own item there, and the firm at the other end.

    `reference` is the buyer's for the mapping, as both read it.
    """

    link: str
    covers: Covers
    item: str
    item_name: str
    other: str
    reference: str


@dataclass(frozen=True, slots=True)
class OwnItem:
    """An own item, by public id, name and its owner's reference, which tells apart what bears one name."""

    item: str
    name: str
    reference: str = ""

    @property
    def told_apart(self) -> str:
        """Name it with its reference, where it has one."""
        return f"{self.name} ({self.reference})" if self.reference else self.name


@dataclass(frozen=True, slots=True)
class Firm:
    """A firm that the viewer knows; `buys`: a direct customer, else one that asked for more under its name."""

    organization: str
    name: str
    buys: bool


def own_item(viewer: Viewer, item: str) -> OwnItem:
    """Return an own item. Raises `NotKnown` for any other."""
    row = Item.objects.filter(owner_id=viewer.organization_id, public_id=item).first()
    if row is None:
        raise NotKnown
    return OwnItem(row.public_id, row.name)


def all_items(viewer: Viewer) -> tuple[OwnItem, ...]:
    """Return all of the viewer's items, by name."""
    rows = Item.objects.filter(owner_id=viewer.organization_id).order_by("name", "public_id")
    return tuple(OwnItem(row.public_id, row.name, row.reference) for row in rows)


def own_items(viewer: Viewer) -> tuple[OwnItem, ...]:
    """Return the viewer's items that others buy from it or that are made from something, by name."""
    met = {key for link in _accepted(viewer) for key in (link.buyer_item_id, link.supplier_item_id)}
    rows = Item.objects.filter(owner_id=viewer.organization_id, pk__in=met).order_by("name", "public_id")
    return tuple(OwnItem(*found) for found in rows.values_list("public_id", "name", "reference"))


def links_of(viewer: Viewer, item: str) -> tuple[LinkSubject, ...]:
    """Return the accepted links of an own item (public id), those to customers first, each side by the other's name."""
    row = Item.objects.filter(owner_id=viewer.organization_id, public_id=item).first()
    if row is None:
        raise NotKnown
    links = [link for link in _accepted(viewer) if row.pk in {link.buyer_item_id, link.supplier_item_id}]
    return tuple(sorted(told(viewer, links), key=lambda each: (each.covers, each.other.casefold(), each.link)))


def told(viewer: Viewer, links: Iterable[Link]) -> tuple[LinkSubject, ...]:
    """Return links of the viewer in words."""
    found = list(links)
    sells = {link.pk: link.supplier_id == viewer.organization_id for link in found}
    ends = {link.pk: link.buyer_id if sells[link.pk] else link.supplier_id for link in found}
    mine = {link.pk: link.supplier_item_id if sells[link.pk] else link.buyer_item_id for link in found}
    names = dict(Organization.objects.filter(pk__in=ends.values()).values_list("pk", "name"))
    items = {row.pk: row for row in Item.objects.filter(owner_id=viewer.organization_id, pk__in=mine.values())}
    return tuple(
        LinkSubject(
            link=link.public_id,
            covers=Covers.IDENTITY if sells[link.pk] else Covers.SOURCING,
            item=items[mine[link.pk]].public_id,
            item_name=items[mine[link.pk]].name,
            other=names[ends[link.pk]],
            reference=link.reference,
        )
        for link in found
    )


def known(viewer: Viewer) -> tuple[Firm, ...]:
    """Return the firms that the viewer may decide for by name, by name."""
    buyers = {link.buyer_id for link in _accepted(viewer) if link.supplier_id == viewer.organization_id}
    rows = Organization.objects.filter(pk__in=disclosed.known_firms(viewer))
    found = [
        Firm(public_id, name, buys=pk in buyers) for pk, public_id, name in rows.values_list("pk", "public_id", "name")
    ]
    return tuple(sorted(found, key=lambda each: (each.name.casefold(), each.organization)))


def _accepted(viewer: Viewer) -> QuerySet[Link]:
    """Return the accepted links between the viewer and others."""
    rows = Link.objects.filter(status=Link.Status.ACCEPTED)
    mine = rows.filter(buyer_id=viewer.organization_id) | rows.filter(supplier_id=viewer.organization_id)
    return mine.exclude(buyer_id=viewer.organization_id, supplier_id=viewer.organization_id)
