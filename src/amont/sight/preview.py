"""Before anything is sent: what each audience will get at most, by the policy and the table that will show it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from amont.catalogue.models import Item
from amont.chain.network import Link, Network
from amont.chain.snapshot import network
from amont.consortia.models import Charter, Consortium, Floor, Participation
from amont.disclosure import rules
from amont.disclosure.facts import LONG_AGO, NEVER, Defaults, GrantFact, Stance, Subject, Terms
from amont.disclosure.facts_levels import Fact, shows
from amont.disclosure.levels import Audience, Covers, Level
from amont.kernel import clock
from amont.kernel.errors import NotKnown
from amont.kernel.viewer import Viewer
from amont.parties.models import Organization
from amont.sight.facts import AudienceSight, Preview

_SOMEBODY, OTHER_END = -1, -2
"""A viewer that no grant names, and whoever stands at the link's other end: no organization has these keys."""

_OPEN = (GrantFact(0, Subject.ORGANIZATION, Audience.CHAIN, None, int(Level.FULL), LONG_AGO, NEVER),)
"""The other end lets everything be seen: what is left is what the owner itself gives, at most."""

STANCES: Mapping[Audience, Stance] = {
    Audience.CUSTOMERS: Stance(OTHER_END, requester=True, customer=True, member=True, buys_from_supplier=True),
    Audience.REQUESTERS: Stance(_SOMEBODY, requester=True, member=True),
    Audience.CHAIN: Stance(_SOMEBODY),
}
"""Each audience holds the wider ones as well: anyone in the chain, those who asked, my customers."""


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose facts are previewed, over which own items, at which moment."""

    organization: int
    items: frozenset[int]
    checked: bool
    at: datetime


def previewed(viewer: Viewer, *, item: str = "", consortium: str = "", at: datetime | None = None) -> Preview:
    """Return what each audience will see at most of the viewer: over links of one own item, or of all (no item).

    Links that stand count, and one accepted now under the charter in force of `consortium` (public id; none: of each
    consortium in which the viewer has a link or takes part). Raises `NotKnown` for an item that is not the viewer's.
    """
    owner = owner_of(viewer, item, at or clock.now())
    net = network()
    new = new_terms(net, owner, consortium)
    sold = (link.terms for link in below(net, owner))
    bought = (link.terms for link in above(net, owner))
    identity = frozenset(open_at_the_other_end(Covers.IDENTITY, each, owner) for each in (*sold, *new))
    sourcing = frozenset(open_at_the_other_end(Covers.SOURCING, each, owner) for each in (*bought, *new))
    as_supplier = tuple(_audiences(Covers.IDENTITY, identity, net, owner))
    as_buyer = tuple(_audiences(Covers.SOURCING, sourcing, net, owner))
    return Preview(
        identity=as_supplier,
        sourcing=as_buyer,
        warn=any(each.level == Level.NAMELESS for each in (*as_supplier, *as_buyer)),
        checked=owner.checked,
    )


def owner_of(viewer: Viewer, item: str, at: datetime) -> Owner:
    """Return whose facts are looked at, over which own items. Raises `NotKnown` for an item that is not its own."""
    rows = Item.objects.filter(owner_id=viewer.organization_id)
    items = frozenset((rows.filter(public_id=item) if item else rows).values_list("pk", flat=True))
    if item and not items:
        raise NotKnown
    checked_by = Organization.objects.values_list("checked_by", flat=True).get(pk=viewer.organization_id)
    return Owner(viewer.organization_id, items, checked_by != Organization.Check.NONE, at)


def below(net: Network, owner: Owner) -> Iterator[Link]:
    """Give the owner's links to its customers."""
    links = (link for item in owner.items for link in net.below.get(item, ()))
    return (link for link in links if link.terms.accepted <= owner.at and not link.terms.internal)


def above(net: Network, owner: Owner) -> Iterator[Link]:
    """Give the owner's links to its sources."""
    links = (link for item in owner.items for link in net.above.get(item, ()))
    return (link for link in links if link.terms.accepted <= owner.at and not link.terms.internal)


def open_at_the_other_end(covers: Covers, terms: Terms, owner: Owner) -> Terms:
    """Return the terms of a link at whose other end somebody lets everything be seen."""
    if covers is Covers.IDENTITY:
        return replace(
            terms, buyer=OTHER_END, supplier=owner.organization, sourcing=_OPEN, supplier_checked=owner.checked
        )
    return replace(terms, buyer=owner.organization, supplier=OTHER_END, identity=_OPEN, supplier_checked=True)


def new_terms(net: Network, owner: Owner, consortium: str) -> tuple[Terms, ...]:
    """Return the terms of a link accepted now, at either end of each item, under each charter that may apply."""
    charters = _charters(net, owner, consortium)
    floors = list(Floor.objects.filter(charter_id__in=[row.pk for row in charters], holds_from__lte=owner.at))
    families = dict(Item.objects.filter(pk__in=owner.items).values_list("pk", "family"))
    return tuple(
        Terms(
            buyer=owner.organization,
            supplier=owner.organization,
            accepted=owner.at,
            defaults=Defaults(row.customers, row.requesters, row.chain),
            floor=max((each.level for each in floors if (each.charter_id, each.family) == (row.pk, family)), default=0),
            consortium=row.consortium_id,
            sourcing=_granted(net, Covers.SOURCING, item, owner.organization),
            identity=_granted(net, Covers.IDENTITY, item, owner.organization),
        )
        for row in charters
        for item, family in (families or {0: ""}).items()
    )


def _charters(net: Network, owner: Owner, consortium: str) -> list[Charter]:
    """Return the charter in force of the one consortium, or of each that the owner has to do with."""
    chosen = Consortium.objects.filter(public_id=consortium) if consortium else _consortia(net, owner)
    rows = Charter.objects.filter(consortium__in=list(chosen), in_force_from__lte=owner.at)
    latest = {row.consortium_id: row for row in rows.order_by("in_force_from", "version")}
    return list(latest.values())


def _consortia(net: Network, owner: Owner) -> Iterable[Consortium]:
    linked = {link.terms.consortium for link in (*below(net, owner), *above(net, owner))}
    mine = Participation.objects.filter(organization_id=owner.organization).values_list("consortium_id", flat=True)
    return Consortium.objects.filter(pk__in=linked | set(mine))


def _granted(net: Network, covers: Covers, item: int, organization: int) -> tuple[GrantFact, ...]:
    about_item = net.granted.get((covers, Subject.ITEM, item), ())
    return about_item + net.granted.get((covers, Subject.ORGANIZATION, organization), ())


def _audiences(covers: Covers, links: Iterable[Terms], net: Network, owner: Owner) -> Iterator[AudienceSight]:
    """Give what each audience gets at most over these links, then each firm that a grant names."""
    for audience, stance in STANCES.items():
        yield audience_sight(audience, _highest(links, stance, owner.at))
    named = {grant.organization for terms in links for grant in own_grants(covers, terms) if grant.in_force(owner.at)}
    customers = {link.terms.buyer for link in below(net, owner)}
    rows = Organization.objects.filter(pk__in=[key for key in named if key is not None]).order_by("name", "public_id")
    for key, name in rows.values_list("pk", "name"):
        buys = key in customers
        stance = replace(STANCES[Audience.REQUESTERS], viewer=key, customer=buys, buys_from_supplier=buys)
        met = [replace(terms, buyer=key) if buys and covers is Covers.IDENTITY else terms for terms in links]
        yield audience_sight(Audience.ORGANIZATION, _highest(met, stance, owner.at), organization=name)


def own_grants(covers: Covers, terms: Terms) -> tuple[GrantFact, ...]:
    """Return the grants of the owner on this side of a link, past ones included."""
    return terms.identity if covers is Covers.IDENTITY else terms.sourcing


def _highest(links: Iterable[Terms], stance: Stance, at: datetime) -> int:
    return max((rules.level(terms, stance, at).level for terms in links), default=int(Level.SEALED))


def audience_sight(audience: Audience, level: int, *, organization: str = "") -> AudienceSight:
    """Return what an audience gets at a level, kind of fact by kind of fact, from the table of levels."""
    return AudienceSight(
        audience=audience,
        level=level,
        shown=tuple(fact.value for fact in Fact if shows(fact, level)),
        hidden=tuple(fact.value for fact in Fact if not shows(fact, level)),
        organization=organization,
    )
