"""What a face may hold of sites: own ones, and facilities of firms as their owner's book has them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class SiteDraft:
    """What a row or a form says of a site; an empty field says nothing, and never erases.

    `firm`, `group` and `registry_id` tell whose site it is. `external_id` is the identifier that the file gives it,
    `identifiers` others by kind (gln, siret, uml, os_id), normalized. `point_written` is the point as written, where
    it was read otherwise. `details` is what else was said, by heading. `public_id` is the site's own, where the file
    came from here.
    """

    row: int
    name: str
    firm: str = ""
    group: str = ""
    registry_id: str = ""
    external_id: str = ""
    identifiers: Mapping[str, str] = field(default_factory=dict)
    address: str = ""
    town: str = ""
    region: str = ""
    country: str = ""
    latitude: float | None = None
    longitude: float | None = None
    point_written: str = ""
    details: Mapping[str, str] = field(default_factory=dict)
    public_id: str = ""


@dataclass(frozen=True, slots=True)
class SiteFact:
    """A site as it stands: an own one (`firm` is ""), or one of a firm of the own book (`contact` is its public id).

    `closed_on` is the day since which nobody works at an own site, None while somebody does.
    """

    site: str
    name: str
    contact: str = ""
    firm: str = ""
    group: str = ""
    external_id: str = ""
    identifiers: Mapping[str, str] = field(default_factory=dict)
    address: str = ""
    town: str = ""
    region: str = ""
    country: str = ""
    latitude: float | None = None
    longitude: float | None = None
    point_written: str = ""
    details: Mapping[str, str] = field(default_factory=dict)
    closed_on: date | None = None
