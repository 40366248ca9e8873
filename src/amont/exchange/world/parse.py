"""A world file of the right shape as plain facts: moments, days and texts that the tables can hold."""

import re
from collections import defaultdict
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from typing import Any, TypeVar

from amont.chain.world.facts import (
    World,
    WorldCertificate,
    WorldConsortium,
    WorldFloor,
    WorldGrant,
    WorldItem,
    WorldLink,
    WorldOrganization,
    WorldRequest,
    WorldSite,
)
from amont.exchange.strict_json import day
from amont.kernel.errors import Refused

MOMENT = "%Y-%m-%dT%H:%M:%SZ"
CODE, NAME, TOWN, NUMBER = 60, 200, 120, 80  # how long the tables' texts may be
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", re.ASCII)
_UNWRITABLE = re.compile("[\x00\ud800-\udfff]")

Row = Mapping[str, Any]
T = TypeVar("T")


def moment(text: str) -> datetime:
    """Return a moment written as 2026-11-22T23:05:00Z. Raises `ValueError` for any other form, or no such moment."""
    if not _MOMENT.fullmatch(text):
        message = f"{text!r} is not a moment like 2026-01-31T12:00:00Z"
        raise ValueError(message)
    try:
        return datetime.strptime(text, MOMENT).replace(tzinfo=UTC)
    except ValueError as trouble:
        message = f"{text!r}: there is no such moment"
        raise ValueError(message) from trouble


def parse(content: Row) -> World:
    """Return the facts of a file of the right shape. Raises `Refused` with the places that no table can hold."""
    return _Parser().world(content)


class _Parser:
    """Reads values at their places and collects what is wrong with them."""

    def __init__(self) -> None:
        self.found: dict[str, list[str]] = defaultdict(list)

    def world(self, content: Row) -> World:
        world = World(
            consortium=self._consortium(content["consortium"]),
            organizations=self._each(content, "organizations", self._organization),
            items=self._each(content, "items", self._item),
            links=self._each(content, "links", self._link),
            requests=self._each(content, "requests", self._request),
            grants=self._each(content, "grants", self._grant),
        )
        if self.found:
            raise Refused(self.found)
        return world

    def _each(self, content: Row, name: str, one: Callable[[str, Row], T]) -> tuple[T, ...]:
        return tuple(one(f"$.{name}[{number}]", row) for number, row in enumerate(content.get(name, ())))

    def _consortium(self, row: Row) -> WorldConsortium:
        defaults = row.get("defaults", {})
        floors = []
        for number, floor in enumerate(row.get("floors", ())):
            place = f"$.consortium.floors[{number}]"
            starts_at = self._moment(place, floor, "from")
            family = self._text(place, floor, "family", CODE)
            if starts_at is not None:
                floors.append(WorldFloor(family, int(floor["level"]), starts_at))
        return WorldConsortium(
            name=self._text("$.consortium", row, "name", NAME),
            customers=int(defaults.get("customers", 3)),
            requesters=int(defaults.get("requesters", 2)),
            chain=int(defaults.get("chain", 1)),
            floors=tuple(floors),
        )

    def _organization(self, place: str, row: Row) -> WorldOrganization:
        name = self._text(place, row, "name", NAME)
        return WorldOrganization(
            self._key(place, row), name, self._text(place, row, "country", 2), row.get("member", False)
        )

    def _item(self, place: str, row: Row) -> WorldItem:
        held = row.get("certificates", ())
        return WorldItem(
            key=self._key(place, row),
            organization=row["organization"],
            name=self._text(place, row, "name", NAME),
            family=self._text(place, row, "family", CODE),
            step=self._text(place, row, "step", CODE),
            country=self._text(place, row, "country", 2),
            site=self._site(f"{place}.site", row["site"]) if "site" in row else None,
            certificates=tuple(self._certificate(f"{place}.certificates[{n}]", each) for n, each in enumerate(held)),
        )

    def _site(self, place: str, row: Row) -> WorldSite:
        name, town = self._text(place, row, "name", NAME), self._text(place, row, "town", TOWN)
        latitude, longitude = row.get("latitude"), row.get("longitude")
        return WorldSite(name, town, latitude, longitude)

    def _certificate(self, place: str, row: Row) -> WorldCertificate:
        scheme, number = self._text(place, row, "scheme", CODE), self._text(place, row, "number", NUMBER)
        return WorldCertificate(scheme, number, self._day(place, row, "valid_until"))

    def _link(self, place: str, row: Row) -> WorldLink:
        accepted_at = self._moment(place, row, "accepted")
        status = row.get("status", "accepted")
        return WorldLink(self._key(place, row), row["buyer_item"], row["supplier_item"], status, accepted_at)

    def _request(self, _place: str, row: Row) -> WorldRequest:
        return WorldRequest(row["link"], row.get("status", "open"), row.get("passed", False))

    def _grant(self, place: str, row: Row) -> WorldGrant:
        audience = row["audience"]
        named = isinstance(audience, dict)
        return WorldGrant(
            grantor=row["grantor"],
            covers=row["covers"],
            link=row.get("link"),
            item=row.get("item"),
            audience="organization" if named else audience,
            organization=audience["organization"] if named else None,
            level=int(row["level"]),
            starts_at=self._moment(place, row, "from"),
            until_at=self._moment(place, row, "until"),
            revoked_at=self._moment(place, row, "revoked"),
        )

    def _key(self, place: str, row: Row) -> str:
        return self._text(place, row, "key", 64)

    def _text(self, place: str, row: Row, name: str, longest: int) -> str:
        text: str = row.get(name, "")
        if len(text) > longest:
            self.found[f"{place}.{name}"].append(f"longer than {longest} characters")
        if _UNWRITABLE.search(text):
            self.found[f"{place}.{name}"].append("holds a character that no database can store")
        return text

    def _moment(self, place: str, row: Row, name: str) -> datetime | None:
        return self._read(place, row, name, moment)

    def _day(self, place: str, row: Row, name: str) -> date | None:
        return self._read(place, row, name, day)

    def _read(self, place: str, row: Row, name: str, read: Callable[[str], T]) -> T | None:
        try:
            return read(row[name]) if name in row else None
        except ValueError as trouble:
            self.found[f"{place}.{name}"].append(str(trouble))
            return None
