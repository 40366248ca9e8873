"""What a face may hold of requests for quotation and of what vendors quote."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from amont.purchasing.rules.quoting import Standing


@dataclass(frozen=True, slots=True)
class LineAsked:
    """A line to be priced, by its number from 1 on."""

    number: int
    name: str
    unit: str


@dataclass(frozen=True, slots=True)
class VendorAsked:
    """A vendor to be asked, by its address."""

    name: str
    email: str


@dataclass(frozen=True, slots=True)
class QuoteRequestDraft:
    """A request for quotation: which published sum, the lines, the vendors, the last day."""

    category: str
    year: int
    currency: str
    closes_on: date
    lines: tuple[LineAsked, ...]
    vendors: tuple[VendorAsked, ...]
    terms: str = ""
    language: str = "fr"


@dataclass(frozen=True, slots=True)
class Certified:
    """A certificate or audit that a vendor says that it has."""

    scheme: str
    number: str
    valid_until: date | None


@dataclass(frozen=True, slots=True)
class Priced:
    """A price for a line, under the vendor's own reference."""

    price: Decimal
    reference: str = ""


@dataclass(frozen=True, slots=True)
class QuoteDraft:
    """What a vendor quotes: prices by the number of the line, days to deliver and to be paid, certificates, terms."""

    prices: Mapping[int, Priced]
    certificates: tuple[Certified, ...] = ()
    terms: str = ""
    delivery_days: int | None = None
    payment_days: int | None = None
    holds_until: date | None = None


@dataclass(frozen=True, slots=True)
class AskedFact:
    """What a vendor reads by its link, with what it quoted itself: nothing of other vendors, nothing of one buyer."""

    request: str
    lead: str
    network: str
    category: str
    year: int
    currency: str
    total: Decimal
    told_on: date
    terms: str
    lines: tuple[LineAsked, ...]
    vendor: str
    closes_at: datetime
    is_closed: bool
    own: QuoteDraft | None
    declined: bool

    @property
    def last_day(self) -> date:
        """Return the last day on which vendors answer."""
        return (self.closes_at - timedelta(microseconds=1)).date()


@dataclass(frozen=True, slots=True)
class QuoteFact:
    """A quote as the lead reads it once opened."""

    quote: str
    vendor: str
    declined: bool
    said: QuoteDraft
    standing: Standing


@dataclass(frozen=True, slots=True)
class QuoteRequestFact:
    """A request for quotation as its lead reads it; before the opening without quotes, nor how many there are."""

    request: str
    network: str
    network_name: str
    category: str
    category_label: str
    year: int
    currency: str
    total: Decimal
    told_on: date
    terms: str
    lines: tuple[LineAsked, ...]
    vendors: tuple[str, ...]
    closes_at: datetime
    is_opened: bool
    chosen: str
    reason: str
    agreement: str
    quotes: tuple[QuoteFact, ...] = ()
    lowest: Mapping[int, Decimal] | None = None

    @property
    def last_day(self) -> date:
        """Return the last day on which vendors answer."""
        return (self.closes_at - timedelta(microseconds=1)).date()
