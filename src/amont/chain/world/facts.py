"""What a world file says, once it has been read and found right."""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class WorldFloor:
    """The least that members get of a family, as requesters, from a moment on."""

    family: str
    level: int
    starts_at: datetime


@dataclass(frozen=True, slots=True)
class WorldConsortium:
    """The one consortium of a world and its charter."""

    name: str
    customers: int
    requesters: int
    chain: int
    floors: tuple[WorldFloor, ...]


@dataclass(frozen=True, slots=True)
class WorldOrganization:
    """One organization."""

    key: str
    name: str
    country: str
    member: bool


@dataclass(frozen=True, slots=True)
class WorldSite:
    """Where an item is made."""

    name: str
    town: str
    latitude: float | None
    longitude: float | None


@dataclass(frozen=True, slots=True)
class WorldCertificate:
    """One certificate of an item."""

    scheme: str
    number: str
    valid_until: date | None


@dataclass(frozen=True, slots=True)
class WorldItem:
    """One item; what is missing is blank."""

    key: str
    organization: str
    name: str
    family: str
    step: str
    country: str
    site: WorldSite | None
    certificates: tuple[WorldCertificate, ...]


@dataclass(frozen=True, slots=True)
class WorldLink:
    """One link, by the keys of its items."""

    key: str
    buyer_item: str
    supplier_item: str
    status: str
    accepted_at: datetime | None


@dataclass(frozen=True, slots=True)
class WorldRequest:
    """One request over a link."""

    link: str
    status: str
    passed: bool


@dataclass(frozen=True, slots=True)
class WorldGrant:
    """One grant; `organization` is the audience's key where the audience is one organization."""

    grantor: str
    covers: str
    link: str | None
    item: str | None
    audience: str
    organization: str | None
    level: int
    starts_at: datetime | None
    until_at: datetime | None
    revoked_at: datetime | None


@dataclass(frozen=True, slots=True)
class World:
    """All that a file says, every key in it known."""

    consortium: WorldConsortium
    organizations: tuple[WorldOrganization, ...]
    items: tuple[WorldItem, ...]
    links: tuple[WorldLink, ...]
    requests: tuple[WorldRequest, ...]
    grants: tuple[WorldGrant, ...]
