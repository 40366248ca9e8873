"""What a face may hold of a chain: places as the viewer may know them, never rows."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Mark(StrEnum):
    """How a place is known; each has one quiet mark that is the same everywhere on screen."""

    OWN = "own"
    NAMED = "named"
    NAMELESS = "nameless"
    ORIGIN = "origin"
    SEALED = "sealed"
    STATED = "stated"
    CLAIMED = "claimed"


@dataclass(frozen=True, slots=True)
class CertificateFact:
    """A certificate: below level 3 its scheme and whether it was valid on the first day of the quarter, no more."""

    scheme: str
    number: str | None = None
    valid_until: date | None = None
    valid: bool | None = None


@dataclass(frozen=True, slots=True)
class SiteFact:
    """A site; coordinates at level 4 alone."""

    name: str
    town: str | None = None
    latitude: float | None = None
    longitude: float | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """One place of a chain. A field that the viewer may not know, or that nobody stated, is empty.

    `ref` tells places of one answer apart: a public id (own, named), a pseudonym (nameless), or, for what has no
    identifier (origin, sealed, stated, claimed), a position within this answer that means nothing elsewhere.
    `firm` is the pseudonym of a nameless item's organization beside its head. `many` is true where an origin or
    sealed group is "several". `input` is the name of the input that it serves, where its owner's statement shows.
    """

    ref: str
    mark: Mark
    organization: str = ""
    name: str = ""
    country: str = ""
    step: str = ""
    family: str = ""
    chain_end: str = ""
    firm: str = ""
    requested: bool = False
    many: bool = False
    full: bool = False
    site: SiteFact | None = None
    certificates: tuple[CertificateFact, ...] = ()
    input: str = ""
    asked: bool = False
    group: str = ""
    external_id: str = ""
    stock_weeks: int | None = None
    switch_months: int | None = None


@dataclass(frozen=True, slots=True)
class Chain:
    """The chain above one own item: `places` by ref, `steps` as (buyer's ref, supplier's ref); the item is `root`."""

    root: Place
    places: tuple[Place, ...]
    steps: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class View:
    """All that a viewer sees above its own items; `steps` as in a chain, origins and sealed stand beside a place."""

    own: tuple[Place, ...]
    places: tuple[Place, ...]
    steps: tuple[tuple[str, str], ...]
