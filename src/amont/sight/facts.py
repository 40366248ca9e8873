"""What a face may hold of a chain: places as the viewer may know them, never rows."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple

from amont.disclosure.facts_grants import OwnGrant
from amont.evidence.facts import DocumentShown


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
class InputFact:
    """One thing that an item is made from: its name with the item's own, stock and time to switch at level 4."""

    name: str
    stock_weeks: int | None = None
    switch_months: int | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """One place of a chain. A field that the viewer may not know, or that nobody stated, is empty.

    `ref` tells places of one answer apart: a public id (own, named), a pseudonym (nameless), or, for what has no
    identifier (origin, sealed, stated, claimed), a position within this answer that means nothing elsewhere.
    `firm` is the pseudonym of a nameless item's organization beside its head. `many` is true where an origin or
    sealed group is "several". `requested`: the viewer comes from it as one whose request was answered.
    `confirmed`: the firm of a stated source confirmed it to its declarer, without an account.
    `checked_by` says how the identity of a named firm was checked.
    Of the viewer's own book alone: `contact` (public id; of a claim the direct supplier's on its branch), `group`,
    `external_id`, `refused`, `paths` (how many of its claimed paths pass here), `loops` (the branch comes back here).
    """

    ref: str
    mark: Mark
    organization: str = ""
    name: str = ""
    reference: str = ""
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
    inputs: tuple[InputFact, ...] = ()
    documents: tuple[DocumentShown, ...] = ()
    asked: bool = False
    confirmed: bool = False
    refused: bool = False
    contact: str = ""
    group: str = ""
    external_id: str = ""
    paths: int = 0
    loops: bool = False
    checked_by: str = ""


class Step(NamedTuple):
    """`buyer` uses `supplier` (refs of places); `input` is the name of the input it serves, if that shows."""

    buyer: str
    supplier: str
    input: str = ""


class Gap(StrEnum):
    """What was not asked, or not said, at a place: silence, never to be taken for progress."""

    NO_SUPPLIER = "no_supplier"
    NOT_ASKED = "not_asked"
    NO_ANSWER_YET = "no_answer_yet"
    REFUSED = "refused"
    NOTHING_SAID = "nothing_said"


@dataclass(frozen=True, slots=True)
class Chain:
    """The chain above one own item: `places` by ref (the root first), `steps` between them; the item is `root`.

    `gaps` are (place's ref, what was not asked or said there).
    """

    root: Place
    places: tuple[Place, ...]
    steps: tuple[Step, ...]
    gaps: tuple[tuple[str, Gap], ...] = ()


@dataclass(frozen=True, slots=True)
class View:
    """All that a viewer sees above its own items; origins, sealed, stated and claimed stand beside a place."""

    own: tuple[Place, ...]
    places: tuple[Place, ...]
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class LineSight:
    """One own item and how far its chain is seen.

    Tiers count from the direct supplier, 1; 0 is none. `tier` counts what is confirmed (named, nameless, origin),
    `stated_tier` and `claimed_tier` what is only stated or claimed. `ends` are the ends stated on confirmed places;
    `closed`: every way of the confirmed chain comes to a stated end. `counts` are places by mark.
    `schemes` are the certificates that show in its chain, `uncertified` the steps at which a named or nameless place
    shows none, `texts` what may be searched: firms, items, sites and references, as far as each shows.
    """

    item: str
    reference: str
    name: str
    kind: str
    family: str
    volume_band: str
    is_bought: bool
    tier: int
    stated_tier: int
    claimed_tier: int
    ends: frozenset[str]
    closed: bool
    countries: frozenset[str]
    suppliers: frozenset[str]
    counts: dict[Mark, int]
    gaps: dict[Gap, int]
    schemes: frozenset[str] = frozenset()
    uncertified: frozenset[str] = frozenset()
    texts: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class AudienceSight:
    """What one audience gets at most: `level` 0 to 4, and the kinds of fact that show or do not show from there.

    `audience` is customers, requesters or chain, or organization: then `organization` names it and `firm` is its
    public id. `why` is what decides: grant (then `grant` is its public id), default, floor, buyer, and what holds it
    down: once_named (a name never becomes nameless again), unchecked. In force from `since` (none: ever since) to
    `until` (none: no end), as far as that is known.
    """

    audience: str
    level: int
    shown: tuple[str, ...]
    hidden: tuple[str, ...]
    organization: str = ""
    firm: str = ""
    why: str = ""
    grant: str = ""
    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Preview:
    """What each audience will see at most of the owner as a supplier (identity) and of its sources (sourcing).

    `warn` is set where somebody gets exactly level 2: who learns elsewhere who the owner is may know it here too.
    `checked` tells whether the owner's identity was checked; until then it is named to its direct buyers alone.
    """

    identity: tuple[AudienceSight, ...]
    sourcing: tuple[AudienceSight, ...]
    warn: bool
    checked: bool


@dataclass(frozen=True, slots=True)
class Given:
    """One of the owner's grants, with its subject in words and what follows where it is withdrawn.

    `item_name` for an item, `other` and `reference` for a link (the firm at its other end, the buyer's reference).
    `before` and `after` are what its audience gets at most of what it is about, now and once withdrawn.
    """

    grant: OwnGrant
    item_name: str
    other: str
    reference: str
    before: AudienceSight | None
    after: AudienceSight | None


@dataclass(frozen=True, slots=True)
class Who:
    """Who sees what of the owner at most: of itself (identity), of its sources (sourcing), and its grants."""

    identity: tuple[AudienceSight, ...]
    sourcing: tuple[AudienceSight, ...]
    given: tuple[Given, ...]
    warn: bool
    checked: bool


@dataclass(frozen=True, slots=True)
class SeenAs:
    """What one firm gets of the owner's own data over their link: places of the owner, and what it states beside them.

    `exact` for a direct customer; for a firm that asked under its name it is what it gets at most, as far as all
    others on the way agree.
    """

    firm: str
    name: str
    places: tuple[Place, ...]
    steps: tuple[Step, ...]
    exact: bool
