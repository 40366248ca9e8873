"""What the policy weighs: grants, the terms of a link, and where the viewer stands. Plain frozen records."""

from dataclasses import dataclass
from datetime import UTC, datetime
from enum import IntEnum, StrEnum

from amont.disclosure.levels import Audience

LONG_AGO = datetime.min.replace(tzinfo=UTC)
"""The start of what has none."""
NEVER = datetime.max.replace(tzinfo=UTC)
"""The end of what has none."""


class Subject(IntEnum):
    """What a grant is about, the narrowest first."""

    LINK = 0
    ITEM = 1
    ORGANIZATION = 2


@dataclass(frozen=True, slots=True)
class GrantFact:
    """One grant: in force from `starts`, inclusive, to `ends`, exclusive. `organization` is set for that audience."""

    number: int
    subject: Subject
    audience: Audience
    organization: int | None
    level: int
    starts: datetime
    ends: datetime


@dataclass(frozen=True, slots=True)
class Defaults:
    """What a charter gives each audience where no grant speaks."""

    customers: int = 3
    requesters: int = 2
    chain: int = 1


@dataclass(frozen=True, slots=True)
class Terms:
    """A link as the policy sees it: who owns its two ends, since when, under which defaults, floor and grants.

    `floor` is the highest floor that holds for the link (0: none), `consortium` that of its charter. `sourcing` are
    all grants of the buyer that may speak about it, past ones included, `identity` those of the supplier.
    `supplier_checked` tells whether somebody checked the supplier's identity.
    """

    buyer: int
    supplier: int
    accepted: datetime
    defaults: Defaults
    floor: int
    consortium: int
    sourcing: tuple[GrantFact, ...] = ()
    identity: tuple[GrantFact, ...] = ()
    supplier_checked: bool = True

    @property
    def internal(self) -> bool:
        """Tell whether both ends are one organization's."""
        return self.buyer == self.supplier


@dataclass(frozen=True, slots=True)
class Stance:
    """Where the viewer stands when it looks over a link.

    `requester`: it comes as one. `customer`: it looks from the named place of the buyer's item and buys that item.
    `once_requester`, `once_customer`: the same for the look back (disclosure rule 3.4). `buys_from_supplier`: it buys
    something of the link's supplier directly. `member` of the charter's consortium: floors serve it.
    """

    viewer: int
    requester: bool = False
    customer: bool = False
    once_requester: bool = False
    once_customer: bool = False
    member: bool = False
    buys_from_supplier: bool = False


class Why(StrEnum):
    """By what an owner gives what it gives."""

    OWNER = "owner"
    GRANT = "grant"
    DEFAULT = "default"
    FLOOR = "floor"
    BUYER = "buyer"


@dataclass(frozen=True, slots=True)
class Ruling:
    """A level, and the numbers of the grants that decided it (none: defaults and the rules alone).

    `why` is said of one owner's policy alone, never of what two agree on.
    """

    level: int
    grants: tuple[int, ...] = ()
    why: Why = Why.DEFAULT
