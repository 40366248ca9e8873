"""Tables of group purchasing: networks, agreements and who joined them, what was bought and settled."""

from amont.purchasing.models.agreements import Adhesion, Agreement, PriceLine, PriceList
from amont.purchasing.models.foreseen import Baseline, Demand, DemandPart
from amont.purchasing.models.mandates import Ballot, Mandate
from amont.purchasing.models.needs import Need
from amont.purchasing.models.networks import Category, Exclusion, Network, Participant
from amont.purchasing.models.quotes import Quote, QuoteAsked, QuoteRequest
from amont.purchasing.models.spend import Dispute, Invoice, InvoiceLine, Settlement, Share, Statement, Turnover

__all__ = [
    "Adhesion",
    "Agreement",
    "Ballot",
    "Baseline",
    "Category",
    "Demand",
    "DemandPart",
    "Dispute",
    "Exclusion",
    "Invoice",
    "InvoiceLine",
    "Mandate",
    "Need",
    "Network",
    "Participant",
    "PriceLine",
    "PriceList",
    "Quote",
    "QuoteAsked",
    "QuoteRequest",
    "Settlement",
    "Share",
    "Statement",
    "Turnover",
]
