"""Putting a world into an empty database, its keys kept beside."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TypeVar

from django.db import models, transaction

from amont.catalogue.models import Item, Site
from amont.chain.models import Link, RequestMark, WorldKey
from amont.chain.world.facts import World, WorldConsortium, WorldItem, WorldSite
from amont.consortia.models import Charter, Consortium, Floor, Participation
from amont.disclosure.models import Grant
from amont.disclosure.unsealed import unsealed
from amont.kernel.errors import Refused
from amont.kernel.viewer import Viewer
from amont.ledger import actions as ledger
from amont.parties.models import Organization, Person

M = TypeVar("M", bound=models.Model)
Ids = Mapping[str, int]


def store_world(viewer: Viewer | None, world: World) -> dict[str, int]:
    """Store all of a world but its certificates; return the items' database keys by their keys in the file.

    An operator's act (`viewer` is None). Raises `Refused` if the database is not empty.
    """
    with transaction.atomic(), unsealed("an operator loads a whole world into an empty database"):
        if Person.objects.exists() or Organization.objects.exists() or Consortium.objects.exists():
            raise Refused({"": ["the database is not empty"]})
        charter = _charter(world.consortium, world.items)
        organizations = _organizations(world, charter.consortium)
        items = _items(world, organizations)
        links = _links(world, charter, items=items, organizations=organizations)
        grants = _grants(world, organizations=organizations, items=items, links=links)
        _keep("organization", organizations)
        _keep("item", items)
        _keep("link", links)
        _keep("grant", grants)
        ledger.append(viewer, "load_world", about=charter.consortium.public_id, network=True)
    return items


def _charter(facts: WorldConsortium, items: Iterable[WorldItem]) -> Charter:
    consortium = Consortium.objects.create(name=facts.name, template="world")
    charter = Charter.objects.create(
        consortium=consortium,
        customers=facts.customers,
        requesters=facts.requesters,
        chain=facts.chain,
        families=_codes(item.family for item in items),
        steps=_codes(item.step for item in items),
        schemes=_codes(each.scheme for item in items for each in item.certificates),
    )
    Floor.objects.bulk_create(
        Floor(charter=charter, family=floor.family, level=floor.level, holds_from=floor.starts_at)
        for floor in facts.floors
    )
    return charter


def _codes(found: Iterable[str]) -> list[dict[str, str]]:
    return [{"code": code, "fr": code, "en": code} for code in sorted(set(found)) if code]


def _organizations(world: World, consortium: Consortium) -> dict[str, int]:
    rows = Organization.objects.bulk_create(
        Organization(name=each.name, country=each.country, checked_by=Organization.Check.WORLD)
        for each in world.organizations
    )
    Participation.objects.bulk_create(
        Participation(consortium=consortium, organization=row, is_member=each.member)
        for each, row in zip(world.organizations, rows, strict=True)
    )
    return _ids((each.key for each in world.organizations), rows)


def _items(world: World, organizations: Ids) -> dict[str, int]:
    sites = _sites(world, organizations)
    rows = Item.objects.bulk_create(
        Item(
            owner_id=organizations[each.organization],
            name=each.name,
            family=each.family,
            step=each.step,
            country=each.country,
            site_id=sites[each.organization, each.site] if each.site else None,
        )
        for each in world.items
    )
    return _ids((each.key for each in world.items), rows)


def _sites(world: World, organizations: Ids) -> dict[tuple[str, WorldSite], int]:
    wanted = list(dict.fromkeys((each.organization, each.site) for each in world.items if each.site))
    rows = Site.objects.bulk_create(
        Site(
            owner_id=organizations[owner],
            name=site.name,
            town=site.town,
            latitude=site.latitude,
            longitude=site.longitude,
        )
        for owner, site in wanted
    )
    return {key: row.pk for key, row in zip(wanted, rows, strict=True)}


def _links(world: World, charter: Charter, *, items: Ids, organizations: Ids) -> dict[str, int]:
    by_key = {each.key: each for each in world.items}
    rows = Link.objects.bulk_create(
        Link(
            buyer_id=organizations[by_key[each.buyer_item].organization],
            supplier_id=organizations[by_key[each.supplier_item].organization],
            buyer_item_id=items[each.buyer_item],
            supplier_item_id=items[each.supplier_item],
            charter=charter,
            status=each.status,
            accepted_at=each.accepted_at,
            family=by_key[each.supplier_item].family,
        )
        for each in world.links
    )
    by_link = {each.key: row for each, row in zip(world.links, rows, strict=True)}
    RequestMark.objects.bulk_create(
        RequestMark(
            link=by_link[each.link], asker_id=by_link[each.link].buyer_id, status=each.status, passed=each.passed
        )
        for each in world.requests
    )
    return {key: row.pk for key, row in by_link.items()}


def _grants(world: World, *, organizations: Ids, items: Ids, links: Ids) -> dict[str, int]:
    rows = Grant.objects.bulk_create(
        Grant(
            owner_id=organizations[each.grantor],
            covers=each.covers,
            item_id=items[each.item] if each.item is not None else None,
            link_id=links[each.link] if each.link is not None else None,
            audience=each.audience,
            audience_organization_id=organizations[each.organization] if each.organization is not None else None,
            level=each.level,
            starts_at=each.starts_at,
            until_at=each.until_at,
            revoked_at=each.revoked_at,
        )
        for each in world.grants
    )
    return _ids((f"grants[{number}]" for number in range(len(rows))), rows)


def _ids(keys: Iterable[str], rows: Sequence[M]) -> dict[str, int]:
    return {key: row.pk for key, row in zip(keys, rows, strict=True)}


def _keep(kind: str, keys: Ids) -> None:
    WorldKey.objects.bulk_create(WorldKey(kind=kind, key=key, row=row) for key, row in keys.items())
