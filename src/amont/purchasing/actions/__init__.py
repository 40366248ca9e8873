"""Acts of group purchasing."""

from amont.purchasing.actions.adhering import adhere, answer, leave
from amont.purchasing.actions.agreements import bring_prices, close, consent, draft
from amont.purchasing.actions.disputing import answer_dispute, dispute
from amont.purchasing.actions.documents import bring, drop
from amont.purchasing.actions.excluding import ask_to_stand_apart, exclude, readmit
from amont.purchasing.actions.foreseeing import publish_demand, say_baseline
from amont.purchasing.actions.leading import offer_to_lead, vote_on_lead, withdraw_offer
from amont.purchasing.actions.needs import forget_need, say_need
from amont.purchasing.actions.networks import allow_category, found, join, renew_link
from amont.purchasing.actions.quoting import agree_on_quote, ask_quotes, choose_quote
from amont.purchasing.actions.settling import settle

__all__ = [
    "adhere",
    "agree_on_quote",
    "allow_category",
    "answer",
    "answer_dispute",
    "ask_quotes",
    "ask_to_stand_apart",
    "bring",
    "bring_prices",
    "choose_quote",
    "close",
    "consent",
    "dispute",
    "draft",
    "drop",
    "exclude",
    "forget_need",
    "found",
    "join",
    "leave",
    "offer_to_lead",
    "publish_demand",
    "readmit",
    "renew_link",
    "say_baseline",
    "say_need",
    "settle",
    "vote_on_lead",
    "withdraw_offer",
]
