"""Records of the cutting room: what others state, whole, and views half made. Never handed to a face."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import NamedTuple

from amont.chain.facts import PlaceKey, Walked
from amont.chain.models import Contact
from amont.chain.network import Network
from amont.disclosure.facts import GrantFact, Terms
from amont.disclosure.levels import Covers
from amont.evidence.facts import DocumentShown
from amont.sight.facts import Chain, LineSight, Place, SiteFact, Step, View


@dataclass(frozen=True, slots=True)
class Held:
    """A certificate as its owner stated it."""

    scheme: str
    number: str
    valid_until: date | None


class Coded(NamedTuple):
    """What is said of an item in the codes of the charter's lists."""

    country: str
    step: str
    family: str
    chain_end: str


@dataclass(frozen=True, slots=True)
class Stated:
    """All that an owner states about one item. Never leaves sight but through `dress`.

    `former`: what was said before a change in this quarter, blank where nothing was: it shows below level 3. So does
    `former_schemes`, for certificates: whether one of a scheme was valid on the quarter's first day.
    """

    item: int
    ref: str
    organization: int
    organization_name: str
    checked_by: str
    reference: str
    name: str
    country: str
    step: str
    family: str
    chain_end: str
    site: SiteFact | None
    certificates: tuple[Held, ...]
    former: Coded | None = None
    former_schemes: Mapping[str, bool] = field(default_factory=dict)
    documents: tuple[DocumentShown, ...] = ()


@dataclass(frozen=True, slots=True)
class StatedSource:
    """One source of an input as its owner stated it; `link` is 0 until one was declared in its place.

    `former` as in `Stated`.
    """

    link: int
    ended: bool
    contact: int
    country: str
    step: str
    family: str
    chain_end: str
    asked: bool
    refused: bool
    confirmed: bool
    created_at: datetime
    former: Coded | None = None


@dataclass(frozen=True, slots=True)
class StatedInput:
    """One input of an item with its sources. Never leaves sight but through `beside`."""

    item: int
    name: str
    stock_weeks: int | None
    switch_months: int | None
    sources: tuple[StatedSource, ...]


@dataclass(frozen=True, slots=True)
class Dressed:
    """A view, and for sight's own use which place each ref is: never handed to a face."""

    view: View
    keys: Mapping[str, PlaceKey]


@dataclass(frozen=True, slots=True)
class Scene:
    """What is needed to tell what stands beside places: one viewer's walk at one moment."""

    network: Network
    walked: Walked
    viewer: int
    at: datetime
    inputs: Mapping[int, tuple[StatedInput, ...]]
    book: Mapping[int, Contact]
    ways: Mapping[PlaceKey, frozenset[int]]


@dataclass(frozen=True, slots=True)
class Whole:
    """A view with what sight needs to cut it: never handed to a face but by its parts.

    `places` by ref; `above` the steps from each place, in the order in which they show; `firms` the organization's
    key of each own and named place, for matching a claim with a firm that is shown by name; `nameless` what each
    pseudonym stands for, for asking for more. `lines` and `chains` are
    filled when they are first asked for.
    """

    view: View
    places: Mapping[str, Place]
    above: Mapping[str, tuple[Step, ...]]
    firms: Mapping[str, int]
    items: Mapping[str, int]
    nameless: Mapping[str, PlaceKey]
    lines: dict[str, LineSight]
    chains: dict[str, Chain]


@dataclass(frozen=True, slots=True)
class OwnLink:
    """One link of the owner with another firm: its own item there, who stands at the other end, the terms as opened."""

    link: int
    item: int
    other: int
    terms: Terms


@dataclass(frozen=True, slots=True)
class Own:
    """Whose facts are looked at, over which own items, at which moment.

    `sold` are the links to its customers, `bought` those to its sources, `granted` its grants about each own item and
    about the whole organization (item 0), by side.
    """

    organization: int
    items: frozenset[int]
    checked: bool
    at: datetime
    sold: tuple[OwnLink, ...]
    bought: tuple[OwnLink, ...]
    granted: Mapping[tuple[Covers, int], tuple[GrantFact, ...]]
