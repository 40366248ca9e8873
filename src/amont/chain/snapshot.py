"""The network in memory, checked against the database before each use: no stale answer, whatever runs beside."""

from typing import NamedTuple

from amont.catalogue.models import Item
from amont.chain.models import Link, RequestMark
from amont.chain.network import GrantRow, LinkRow, MarkRow, Network, Tables, assemble, collector_at_rest
from amont.consortia.models import Charter, Floor, Participation
from amont.disclosure.models import Grant
from amont.disclosure.unsealed import unsealed
from amont.ledger import read as ledger
from amont.parties.models import Organization

_LINK = ("id", "buyer_item_id", "supplier_item_id", "buyer_id", "supplier_id", "charter_id")
_LINK_STATE = ("status", "accepted_at", "family")
_GRANT = ("id", "owner_id", "covers", "item_id", "link_id", "audience", "audience_organization_id")
_GRANT_STATE = ("level", "starts_at", "until_at", "revoked_at")


class _Kept(NamedTuple):
    """A network and the mark of the change that it was loaded after."""

    mark: tuple[int, str]
    network: Network


class _Shelf:
    """The last network of this process."""

    kept: _Kept | None = None


def network() -> Network:
    """Return the network as the database has it now: the one in memory unless something has changed since.

    Before the first change of a network nothing is kept. While somebody writes, it is loaded again until no change
    fell into the loading.
    """
    mark = ledger.network_mark()
    kept = _Shelf.kept
    if kept is not None and kept.mark == mark and mark[0]:
        return kept.network
    while True:
        with collector_at_rest():
            found = assemble(_tables())
        after = ledger.network_mark()
        if after == mark:
            _Shelf.kept = _Kept(mark, found)
            return found
        mark = after


def _tables() -> Tables:
    with unsealed("the walk reads the network whole; what it returns is cut to the viewer"):
        return Tables(
            items=list(Item.objects.values_list("id", "owner_id")),
            links=[LinkRow(*row) for row in Link.objects.values_list(*_LINK, *_LINK_STATE)],
            marks=[MarkRow(*row) for row in RequestMark.objects.values_list("link_id", "asker_id", "status", "passed")],
            grants=[GrantRow(*row) for row in Grant.objects.values_list(*_GRANT, *_GRANT_STATE)],
            charters=list(Charter.objects.values_list("id", "consortium_id", "customers", "requesters", "chain")),
            floors=list(Floor.objects.values_list("charter_id", "family", "level", "holds_from")),
            members=list(
                Participation.objects.filter(is_member=True).values_list("consortium_id", "organization_id"),
            ),
            unchecked=list(
                Organization.objects.filter(checked_by=Organization.Check.NONE).values_list("id", flat=True)
            ),
        )
