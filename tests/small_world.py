"""A small world written straight into the tables, for tests of what is seen: firms, items, links, requests, grants."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from django.db import transaction

from amont.catalogue.models import Item
from amont.chain.models import ClaimedPath, ClaimedPlace, ClaimedStep, Contact, Input, Link, RequestMark, Source
from amont.consortia.models import Charter, Consortium, Participation
from amont.disclosure.models import Grant
from amont.disclosure.unsealed import unsealed
from amont.kernel.folding import folded
from amont.kernel.viewer import Viewer
from amont.ledger import actions as ledger
from amont.parties.models import Organization

LONG_SINCE = datetime(2025, 1, 1, tzinfo=UTC)


def _charter() -> Charter:
    return Charter.objects.create(consortium=Consortium.objects.create(name="Sector", template="blank"))


@dataclass
class SmallWorld:
    """Firms by name and items by name; every change moves the network's version."""

    firms: dict[str, Organization] = field(default_factory=dict)
    items: dict[str, Item] = field(default_factory=dict)
    charter: Charter = field(default_factory=_charter)

    def viewer(self, firm: str) -> Viewer:
        """Return who looks for a firm, nobody in particular."""
        return Viewer(self.firm(firm).pk)

    def firm(self, name: str) -> Organization:
        """Return a firm, made at first mention; its identity is checked."""
        if name not in self.firms:
            self.firms[name] = Organization.objects.create(name=name, country="FR", checked_by="world")
        return self.firms[name]

    def member(self, name: str) -> Organization:
        """Return a firm that is a member of the consortium."""
        firm = self.firm(name)
        Participation.objects.get_or_create(
            consortium=self.charter.consortium, organization=firm, defaults={"is_member": True}
        )
        return firm

    def item(self, name: str, firm: str, **facts: Any) -> Item:
        """Make an item of a firm."""
        with self._changing():
            self.items[name] = Item.objects.create(owner=self.firm(firm), name=name, reference=name, **facts)
        return self.items[name]

    def link(self, buyer: str, supplier: str, *, contact: Contact | None = None, **facts: Any) -> Link:
        """Link two items by name, accepted long since, with the source that it stands for."""
        below, above = self.items[buyer], self.items[supplier]
        told = {"status": "accepted", "accepted_at": LONG_SINCE, "charter": self.charter, "family": above.family}
        with self._changing():
            made = Link.objects.create(
                buyer_id=below.owner_id,
                supplier_id=above.owner_id,
                buyer_item=below,
                supplier_item=above,
                **{**told, **facts},
            )
            needs, _ = Input.objects.get_or_create(owner_id=below.owner_id, item=below, name="")
            Source.objects.create(owner_id=below.owner_id, input=needs, link=made, contact=contact, asked_at=LONG_SINCE)
        return made

    def ask(self, link: Link, *, passed: bool = False, status: str = "answered") -> None:
        """Mark a request over a link."""
        with self._changing():
            RequestMark.objects.create(link=link, asker_id=link.buyer_id, passed=passed, status=status)

    def grant(self, firm: str, covers: str, audience: str, level: int, **subject: Any) -> Grant:
        """Make a grant of a firm, about `item`, `link` or (neither) the firm."""
        with self._changing():
            return Grant.objects.create(owner=self.firm(firm), covers=covers, audience=audience, level=level, **subject)

    def state(self, item: str, firm: str, **facts: Any) -> Source:
        """State a source of an item: a firm of the owner's own book."""
        owner = self.items[item].owner_id
        of, asked = facts.pop("input", "base"), facts.pop("asked", False)
        with self._changing():
            contact, _ = Contact.objects.get_or_create(owner_id=owner, name=firm, folded=folded(firm))
            needs, _ = Input.objects.get_or_create(owner_id=owner, item=self.items[item], name=of)
            return Source.objects.create(
                owner_id=owner, input=needs, contact=contact, asked_at=LONG_SINCE if asked else None, **facts
            )

    def claim(self, item: str, *firms: str) -> None:
        """Claim a path above an own item, firm by firm from the direct supplier upward."""
        owner = self.items[item].owner_id
        with self._changing():
            path = ClaimedPath.objects.create(owner_id=owner, item=self.items[item], fingerprint="/".join(firms)[:64])
            for position, firm in enumerate(firms, start=1):
                contact, _ = Contact.objects.get_or_create(owner_id=owner, name=firm, folded=folded(firm))
                place, _ = ClaimedPlace.objects.get_or_create(
                    owner_id=owner, contact=contact, name=f"Site of {firm}", folded=folded(firm), external_id=""
                )
                ClaimedStep.objects.create(owner_id=owner, path=path, position=position, place=place)

    def contact(self, owner: str, firm: str) -> Contact:
        """Write a firm into a book."""
        with self._changing():
            return Contact.objects.get_or_create(owner=self.firm(owner), name=firm, folded=folded(firm))[0]

    def _changing(self) -> "_Change":
        return _Change()


class _Change:
    """A change that any action would write into the ledger."""

    def __enter__(self) -> None:
        self.open = unsealed("a test's small world")
        self.open.__enter__()

    def __exit__(self, *trouble: object) -> None:
        self.open.__exit__(None, None, None)
        if trouble == (None, None, None):
            with transaction.atomic():
                ledger.append(None, "test", network=True)
