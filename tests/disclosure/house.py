"""The product's view of a world without a database: from the file's own facts, through the very code of pages."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from amont.chain.facts import PlaceKey, Walked
from amont.chain.network import GrantRow, LinkRow, MarkRow, Network, Tables, assemble
from amont.chain.walk import walk
from amont.chain.world.facts import World
from amont.exchange.world.parse import MOMENT, parse
from amont.exchange.world.show import view_as_json
from amont.sight.cut.dress import dress
from amont.sight.cut.facts import Dressed, Held, Stated
from amont.sight.facts import SiteFact

CHARTER = CONSORTIUM = 1
Json = dict[str, Any]


class House:
    """One world, ready to be looked at by any of its organizations."""

    def __init__(self, content: Json) -> None:
        self.world = parse(content)
        self.organizations = {each.key: number for number, each in enumerate(self.world.organizations, start=1)}
        self.items = {each.key: number for number, each in enumerate(self.world.items, start=1)}
        self.links = {each.key: number for number, each in enumerate(self.world.links, start=1)}
        self.item_keys = {number: key for key, number in self.items.items()}
        self.owner = {each.key: each.organization for each in self.world.items}
        self.network: Network = assemble(self._tables(self.world))
        self.stated = self._stated(self.world)

    def walked(self, viewer: str, at: str, *, explain: bool = False) -> Walked:
        return walk(self.network, self.organizations[viewer], _at(at), explain=explain)

    def view(self, viewer: str, at: str) -> Json:
        """Return the view as the command prints it, with readable refs in place of ids and pseudonyms."""
        moment = _at(at)
        dressed = dress(self.walked(viewer, at), self.stated, viewer=self.organizations[viewer], on=moment.date())
        shown = view_as_json(viewer, dressed.view, at=moment)
        return readable(shown, self.places(dressed), self.owner)

    def places(self, dressed: Dressed) -> dict[str, tuple[str, str]]:
        return {ref: self._keys(place) for ref, place in dressed.keys.items()}

    def _keys(self, place: PlaceKey) -> tuple[str, str]:
        item, head = place
        return self.item_keys[item], self.item_keys[head] if head else ""

    def _tables(self, world: World) -> Tables:
        family = {each.key: each.family for each in world.items}
        owner = {key: self.organizations[organization] for key, organization in self.owner.items()}
        buyer = {each.key: owner[each.buyer_item] for each in world.links}
        charter = world.consortium
        return Tables(
            items=[(number, owner[key]) for key, number in self.items.items()],
            links=[
                LinkRow(
                    self.links[each.key],
                    self.items[each.buyer_item],
                    self.items[each.supplier_item],
                    owner[each.buyer_item],
                    owner[each.supplier_item],
                    CHARTER,
                    each.status,
                    each.accepted_at,
                    family[each.supplier_item],
                )
                for each in world.links
            ],
            marks=[
                MarkRow(self.links[each.link], buyer[each.link], each.status, each.passed) for each in world.requests
            ],
            grants=[
                GrantRow(
                    number,
                    self.organizations[each.grantor],
                    each.covers,
                    self.items[each.item] if each.item is not None else None,
                    self.links[each.link] if each.link is not None else None,
                    each.audience,
                    self.organizations[each.organization] if each.organization is not None else None,
                    each.level,
                    each.starts_at,
                    each.until_at,
                    each.revoked_at,
                )
                for number, each in enumerate(world.grants, start=1)
            ],
            charters=[(CHARTER, CONSORTIUM, charter.customers, charter.requesters, charter.chain)],
            floors=[(CHARTER, each.family, each.level, each.starts_at) for each in charter.floors],
            members=[(CONSORTIUM, self.organizations[each.key]) for each in world.organizations if each.member],
        )

    def _stated(self, world: World) -> dict[int, Stated]:
        names = {each.key: each.name for each in world.organizations}
        return {
            self.items[each.key]: Stated(
                item=self.items[each.key],
                ref=f"public-{each.key}",
                organization=self.organizations[each.organization],
                organization_name=names[each.organization],
                checked_by="world",
                reference="",
                name=each.name,
                country=each.country,
                step=each.step,
                family=each.family,
                chain_end="",
                site=each.site
                and SiteFact(each.site.name, each.site.town or None, each.site.latitude, each.site.longitude),
                certificates=tuple(Held(held.scheme, held.number, held.valid_until) for held in each.certificates),
            )
            for each in world.items
        }


def readable(view: Json, places: Mapping[str, tuple[str, str]], owner: Mapping[str, str]) -> Json:
    """Put keys in place of refs; a pseudonym that stands for two things, or two for one, is a failure here."""
    names = {ref: f"item:{item}@{head}" if head else f"item:{item}" for ref, (item, head) in places.items()}
    assert len(set(names.values())) == len(names), "two refs for one place"
    firms: dict[str, str] = {}
    for each in view["nameless"]:
        item, head = places[each["ref"]]
        assert firms.setdefault(each["firm"], f"org:{owner[item]}@{head}") == f"org:{owner[item]}@{head}"
    assert len(set(firms.values())) == len(firms), "two pseudonyms for one firm beside one head"

    def renamed(row: Json) -> Json:
        found = {name: value for name, value in row.items() if name != "explain"}
        for name in ("ref", "buyer", "supplier", "beside"):
            if name in found:
                found[name] = names[found[name]]
        if "firm" in found:
            found["firm"] = firms[found["firm"]]
        return found

    return {name: [renamed(row) for row in value] if isinstance(value, list) else value for name, value in view.items()}


def compared(view: Json) -> Json:
    """Sort what another implementation may give in another order."""

    def by_text(row: object) -> str:
        return json.dumps(row, sort_keys=True)

    def settled(value: object) -> object:
        if isinstance(value, list):
            return sorted((settled(each) for each in value), key=by_text)
        if isinstance(value, dict):
            return {name: settled(each) for name, each in value.items()}
        return value

    found = settled(view)
    assert isinstance(found, dict)
    return found


def _at(text: str) -> datetime:
    return datetime.strptime(text, MOMENT).replace(tzinfo=UTC)
