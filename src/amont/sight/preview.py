"""Before anything is sent: what each audience will get at most, by the policy and the table that will show it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from amont.catalogue.models import Item
from amont.consortia.models import Charter, Consortium, Floor, Participation
from amont.consortia.standing import in_force
from amont.disclosure import rules
from amont.disclosure.facts import Defaults, GrantFact, Stance, Terms
from amont.disclosure.facts_levels import Fact, shows
from amont.disclosure.levels import Audience, Covers, Level
from amont.kernel import clock
from amont.kernel.viewer import Viewer
from amont.parties.models import Organization
from amont.sight.cut.facts import Own
from amont.sight.cut.own import OTHER_END, opened, own_of
from amont.sight.facts import AudienceSight, Preview

_SOMEBODY = -1
"""A viewer that no grant names: no organization has this key."""

STANCES: Mapping[Audience, Stance] = {
    Audience.CUSTOMERS: Stance(OTHER_END, requester=True, customer=True, member=True, buys_from_supplier=True),
    Audience.REQUESTERS: Stance(_SOMEBODY, requester=True, member=True),
    Audience.CHAIN: Stance(_SOMEBODY),
}
"""Each audience holds the wider ones as well: anyone in the chain, those who asked, my customers."""


def previewed(viewer: Viewer, *, item: str = "", consortium: str = "", at: datetime | None = None) -> Preview:
    """Return what each audience will see at most of the viewer: over links of one own item, or of all (no item).

    Links that stand count, and one accepted now under the charter in force of `consortium` (public id; none: of each
    consortium in which the viewer has a link or takes part). Raises `NotKnown` for an item that is not the viewer's.
    """
    own = own_of(viewer, item, at or clock.now())
    new = new_terms(own, consortium)
    identity = frozenset(links_of(own, Covers.IDENTITY, new))
    sourcing = frozenset(links_of(own, Covers.SOURCING, new))
    as_supplier = tuple(audiences(Covers.IDENTITY, identity, own))
    as_buyer = tuple(audiences(Covers.SOURCING, sourcing, own))
    return Preview(
        identity=as_supplier,
        sourcing=as_buyer,
        warn=any(each.level == Level.NAMELESS for each in (*as_supplier, *as_buyer)),
        checked=own.checked,
    )


def links_of(own: Own, covers: Covers, new: Iterable[Terms]) -> Iterator[Terms]:
    """Give the terms of the owner's links on one side, those of one accepted now last; the other end lies open."""
    for link in own.sold if covers is Covers.IDENTITY else own.bought:
        yield link.terms
    for terms in new:
        yield opened(covers, terms, checked=own.checked)


def new_terms(own: Own, consortium: str) -> tuple[Terms, ...]:
    """Return the terms of a link accepted now, at either end of each item, under each charter that may apply."""
    return terms_under(own, _charters(own, consortium))


def terms_under(own: Own, charters: Sequence[Charter]) -> tuple[Terms, ...]:
    """Return the terms of a link accepted at the moment of `own`, at either end of each item, under these charters."""
    floors = list(Floor.objects.filter(charter_id__in=[row.pk for row in charters], holds_from__lte=own.at))
    families = dict(Item.objects.filter(pk__in=own.items).values_list("pk", "family"))
    return tuple(
        Terms(
            buyer=own.organization,
            supplier=own.organization,
            accepted=own.at,
            defaults=Defaults(row.customers, row.requesters, row.chain),
            floor=max((each.level for each in floors if (each.charter_id, each.family) == (row.pk, family)), default=0),
            consortium=row.consortium_id,
            sourcing=own.granted[Covers.SOURCING, item],
            identity=own.granted[Covers.IDENTITY, item],
        )
        for row in charters
        for item, family in (families or {0: ""}).items()
    )


def _charters(own: Own, consortium: str) -> list[Charter]:
    """Return the charter in force of the one consortium, or of each that the owner has to do with."""
    chosen = Consortium.objects.filter(public_id=consortium) if consortium else _consortia(own)
    return list(in_force([row.pk for row in chosen], at=own.at).values())


def _consortia(own: Own) -> Iterable[Consortium]:
    linked = {link.terms.consortium for link in (*own.sold, *own.bought)}
    mine = Participation.objects.filter(organization_id=own.organization).values_list("consortium_id", flat=True)
    return Consortium.objects.filter(pk__in=linked | set(mine))


def audiences(covers: Covers, links: Iterable[Terms], own: Own) -> Iterator[AudienceSight]:
    """Give what each audience gets at most over these links, then each firm that a grant names."""
    for audience, stance in STANCES.items():
        yield audience_sight(audience, _highest(links, stance, own.at))
    granted = {grant for terms in links for grant in own_grants(covers, terms)}
    named = {grant.organization for grant in granted if rules.in_force(grant, own.at)}
    customers = {link.other for link in own.sold}
    rows = Organization.objects.filter(pk__in=[key for key in named if key is not None]).order_by("name", "public_id")
    for key, name in rows.values_list("pk", "name"):
        buys = key in customers
        stance = replace(STANCES[Audience.REQUESTERS], viewer=key, customer=buys, buys_from_supplier=buys)
        met = [replace(terms, buyer=key) if buys and covers is Covers.IDENTITY else terms for terms in links]
        yield audience_sight(Audience.ORGANIZATION, _highest(met, stance, own.at), organization=name)


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
