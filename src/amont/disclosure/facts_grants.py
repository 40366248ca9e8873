"""What a face may hold of an owner's own grants."""

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
