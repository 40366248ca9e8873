"""What a face may hold of an owner's own grants, and of what is asked beyond them."""

from dataclasses import dataclass
from datetime import datetime

from amont.disclosure.levels import Audience, Covers, Level


@dataclass(frozen=True, slots=True)
class OwnGrant:
    """One grant, as its owner sees it: `item` or `link` are public ids, both empty for the whole organization.

    `organization` and `organization_name` are set for that audience alone. `in_force` at the moment of reading.
    """

    public_id: str
    covers: Covers
    item: str
    link: str
    audience: Audience
    organization: str
    organization_name: str
    level: Level
    starts_at: datetime | None
    until_at: datetime | None
    revoked_at: datetime | None
    in_force: bool


@dataclass(frozen=True, slots=True)
class ConsentAsked:
    """What an owner is asked about one side of one of its links (`link`: its key, for sight's own use).

    `said` is nothing, yes or no; while `is_open` it may be said otherwise. Consents are held until all that are
    needed are in: nothing here tells whether there are others.
    """

    public_id: str
    asker: str
    asker_name: str
    purpose: str
    covers: Covers
    link: int
    asked_at: datetime
    expires_at: datetime
    said: str
    is_open: bool


@dataclass(frozen=True, slots=True)
class OwnAsking:
    """What a viewer asked beyond its view: about which place (its pseudonym), why, until when. Never what was said."""

    public_id: str
    place: str
    purpose: str
    asked_at: datetime
    expires_at: datetime
    is_open: bool
