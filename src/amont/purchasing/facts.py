"""What a face may hold of purchasing."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from amont.purchasing.rules.schemes import Period, Scheme
from amont.purchasing.rules.settling import Event


@dataclass(frozen=True, slots=True)
class Case:
    """All that settlements are made from, as a file tells it: anybody who holds it can recompute them."""

    scheme: Scheme
    adherents: Mapping[str, Period]
    events: tuple[Event, ...]
    settlements: tuple[date, ...]


@dataclass(frozen=True, slots=True)
class CategoryFact:
    """A category that a network may buy together; `holds` while its review does, `alarm` at 15 % on both markets."""

    category: str
    scheme: str
    code: str
    label: str
    reason: str
    reviewer: str
    review_on: date
    buying_percent: Decimal | None
    selling_percent: Decimal | None
    share_source: str
    legal_opinion: str
    holds: bool
    needs_opinion: bool


@dataclass(frozen=True, slots=True)
class NetworkFact:
    """A network as one participant knows it; `joining` is the token of its joining link, for its operator alone."""

    network: str
    name: str
    is_buyer: bool
    is_vendor: bool
    is_operator: bool
    joining: str = ""
    people: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class BandFact:
    """One band: from this amount on, this rate in percent."""

    starts_at: Decimal
    percent: Decimal


class Side(StrEnum):
    """What an agreement is to who reads it."""

    OWNER = "owner"
    SUPPLIER = "supplier"
    BUYER = "buyer"


class State(StrEnum):
    """How far an agreement has come."""

    DRAFT = "draft"
    OPEN = "open"
    ENDED = "ended"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class AdhesionFact:
    """An adhesion, as its buyer and the supplier read it."""

    adhesion: str
    buyer: str
    state: str
    sites: tuple[str, ...]
    customer: str
    starts_on: date
    ends_on: date | None


@dataclass(frozen=True, slots=True)
class AgreementFact:
    """An agreement as who may know it reads it; `adhesion` is the viewer's own."""

    agreement: str
    name: str
    network: str
    network_name: str
    category: CategoryFact
    owner: str
    supplier: str
    side: Side
    state: State
    currency: str
    first_on: date
    last_on: date
    terms: str
    formula: str
    bands: tuple[BandFact, ...]
    vat_nature: str
    counterpart: str
    owner_consented_at: datetime | None
    supplier_consented_at: datetime | None
    prices: int
    adhesion: AdhesionFact | None = None


@dataclass(frozen=True, slots=True)
class PriceFact:
    """One price, with the version of its list and the days on which it holds."""

    reference: str
    name: str
    unit: str
    price: Decimal
    base: Decimal
    from_quantity: Decimal
    version: int
    first_on: date
    last_on: date


@dataclass(frozen=True, slots=True)
class ReachedFact:
    """What all buy together, as published last; `distance` to the next band and its `gain` are 0 at the highest."""

    on: date
    pool: Decimal
    percent: Decimal
    distance: Decimal
    next_percent: Decimal
    gain: Decimal


@dataclass(frozen=True, slots=True)
class BoughtLine:
    """A line of one's own invoices; amounts of the agreement's currency. `dispute`: how far one about it has come."""

    document: str
    kind: str
    dated_on: date
    number: str
    reference: str
    name: str
    quantity: Decimal
    unit: str
    amount: Decimal
    verdict: str
    expected: Decimal | None
    counts: bool
    dispute: str = ""
    supplier_said: str = ""


@dataclass(frozen=True, slots=True)
class StatementFact:
    """What one adherent is told of a settlement; `pool`, `distance`, `gain` only where the rule lets them be told."""

    on: date
    volume: Decimal
    percent: Decimal | None
    paid: Decimal
    delta: Decimal
    accrues: bool
    pooled_on: date | None
    pool: Decimal | None
    distance: Decimal | None
    gain: Decimal | None


@dataclass(frozen=True, slots=True)
class Own:
    """What a buyer reads of its own under an agreement; `lines` of `total`."""

    agreement: AgreementFact
    spent: Decimal
    lines: tuple[BoughtLine, ...]
    statements: tuple[StatementFact, ...]
    total: int


@dataclass(frozen=True, slots=True)
class CreditNote:
    """What the supplier owes one buyer for a settlement, as a draft: net by VAT rate in percent, and VAT of each."""

    buyer: str
    customer: str
    net: Decimal
    vat: tuple[tuple[Decimal, Decimal, Decimal], ...]
    total: Decimal
    country: str = ""


@dataclass(frozen=True, slots=True)
class SettlementFact:
    """A settlement as the supplier computes it, with a draft of a credit note for each buyer that is paid."""

    settlement: str
    on: date
    volume: Decimal
    entitlement: Decimal
    delta: Decimal
    paid: Decimal
    notes: tuple[CreditNote, ...]


@dataclass(frozen=True, slots=True)
class PriceDraft:
    """A price to be brought; `place` tells where it stands in the file."""

    place: str
    reference: str
    name: str
    unit: str
    price: Decimal
    base: Decimal = Decimal(1)
    from_quantity: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class LineDraft:
    """A line of a document to be brought; `amount` net of VAT, as written."""

    place: str
    number: str
    reference: str
    name: str
    unit: str
    quantity: Decimal
    amount: Decimal
    vat_percent: Decimal


@dataclass(frozen=True, slots=True)
class DocumentDraft:
    """An invoice or credit note to be brought; `customer` is the supplier's number of the buyer.

    `seller` is its number in the register, where the document says it.
    """

    place: str
    number: str
    kind: str
    dated_on: date
    currency: str
    customer: str
    corrects: str
    lines: tuple[LineDraft, ...]
    seller: str = ""


@dataclass(frozen=True, slots=True)
class Brought:
    """What became of documents that were brought: new ones, those that were there, and the new lines by verdict.

    `outside`: new lines that do not count, for their day lies outside the agreement's or the adhesion's.
    """

    new: int
    there: int
    right: int = 0
    over: int = 0
    under: int = 0
    off_list: int = 0
    outside: int = 0


@dataclass(frozen=True, slots=True)
class AgreementDraft:
    """What an agreement is drafted with; bands as pairs of amount and percent."""

    name: str
    category: str
    supplier: str
    currency: str
    first_on: date
    last_on: date
    formula: str
    bands: tuple[tuple[Decimal, Decimal], ...]
    counterpart: str
    terms: str = ""
    vat_nature: str = "reduction"


@dataclass(frozen=True, slots=True)
class CategoryDraft:
    """What a category is allowed with: why, by whom it was looked at, until when, and the market shares if known."""

    scheme: str
    code: str
    label: str
    reason: str
    reviewer: str
    review_on: date
    buying_percent: Decimal | None = None
    selling_percent: Decimal | None = None
    share_source: str = ""
    legal_opinion: str = ""
