"""The next negotiation in the demo: needs of a category, a lead mandated for it, quotations opened and still sealed."""

import re
from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from amont.demo.buyers import buyers
from amont.kernel import clock
from amont.post import read as post
from amont.purchasing import actions, quoting
from amont.purchasing.facts_needs import LeadDraft
from amont.purchasing.facts_quotes import Certified, LineAsked, Priced, QuoteDraft, QuoteRequestDraft, VendorAsked
from amont.purchasing.publishing import sum_needs

if TYPE_CHECKING:
    from amont.demo.network import Market

LEAD = "buyer"
NEEDING, VOTING = 5, 170
LINES = (
    ("Caisse simple cannelure 200 × 150 × 100 mm", "BX", "0.31"),
    ("Caisse simple cannelure 310 × 220 × 150 mm", "BX", "0.52"),
    ("Caisse double cannelure 400 × 300 × 250 mm", "BX", "1.24"),
    ("Étui calage alvéolé", "EA", "0.18"),
    ("Rouleau de kraft de calage 70 g, 40 cm", "EA", "14.80"),
    ("Ruban kraft gommé 70 mm", "EA", "2.95"),
)
VENDORS = (
    ("Cartonnages du Val Brun", "devis@valbrun.example", 98, 6, (5, 45), "FSC Mix; NC-44170"),
    ("Emballages Tercelin", "offres@tercelin.example", 104, 6, (2, 30), "ISO 14001; 2291-FR"),
    ("Ondulé Ferrand", "commerce@ferrand.example", 95, 4, (8, 60), ""),
    ("Kerbois Packaging", "tenders@kerbois.example", 0, 0, (0, 0), ""),
)
"""Who is asked, where: price level in percent, lines priced (none: it declines), days to deliver and to pay."""


def negotiate(market: "Market") -> None:
    """Let buyers say what they need, mandate one of them, and let it ask vendors: for this year, then for the next."""
    today = clock.today()
    said_on = market.month(8)[1] - timedelta(days=6)
    for at, each in enumerate(buyers()):
        if at % NEEDING == 0:
            with market.as_(each.key, said_on) as viewer:
                for year in (today.year, today.year + 1):
                    boxes, amount = market.categories["boxes"], Decimal(420 + at % 7 * 90 + (year - today.year) * 60)
                    actions.say_need(viewer, market.network, category=boxes, year=year, amount=amount, currency="EUR")
    _mandated(market)
    with market.as_(LEAD, market.month(10)[0]):
        sum_needs()
    _quoted(market, today.year, asked=25, closes=8)
    with market.as_(LEAD, today - timedelta(days=7)):
        quoting.open_quotes()
    _quoted(market, today.year + 1, asked=4, closes=-12)


def _mandated(market: "Market") -> None:
    """Let the visitor's firm offer to lead, and the buyers vote."""
    on = market.month(9)[0]
    first = on + timedelta(days=20)
    offer = LeadDraft(
        category=market.categories["boxes"],
        first_on=first,
        last_on=first + timedelta(days=730),
        reason="Nous expédions chaque jour et connaissons les cartonniers de trois régions.",
        pay="Un demi pour cent de la remise, retenu avant le partage.",
    )
    with market.as_(LEAD, on) as viewer:
        mandate = actions.offer_to_lead(viewer, market.network, offer)
    for at, each in enumerate(buyers()[:VOTING]):
        with market.as_(each.key, on + timedelta(days=1 + at % 9)) as viewer:
            said = "no" if at % 11 == 0 else "yes"
            actions.vote_on_lead(viewer, market.network, mandate=mandate, say=said)


def _quoted(market: "Market", year: int, *, asked: int, closes: int) -> None:
    """Ask so many days ago, to close so many days ago (ahead, below zero), and let the vendors answer the next day."""
    today = clock.today()
    given = QuoteRequestDraft(
        category=market.categories["boxes"],
        year=year,
        currency="EUR",
        closes_on=today - timedelta(days=closes),
        lines=tuple(LineAsked(at, name, unit) for at, (name, unit, _price) in enumerate(LINES, start=1)),
        vendors=tuple(VendorAsked(name, email) for name, email, *_rest in VENDORS),
        terms="Livraison en France, franco dès 150 € hors taxes. Prix fermes pour l’année.",
    )
    with market.as_(LEAD, today - timedelta(days=asked)) as viewer:
        actions.ask_quotes(viewer, market.network, given)
        mailed = post.newest(len(VENDORS))
    with market.as_(LEAD, today - timedelta(days=asked - 1)):
        for letter in mailed:
            _answer(letter.to, re.findall(r"/prices/([^/\s]+)/", letter.text)[0], year)


def _answer(email: str, token: str, year: int) -> None:
    _name, _email, level, priced, days, certificate = next(each for each in VENDORS if each[1] == email)
    if not priced:
        quoting.decline_by_link(token)
        return
    scheme, _, number = certificate.partition("; ")
    quoting.quote_by_link(
        token,
        QuoteDraft(
            prices={
                at: Priced(round(Decimal(price) * (level + at % 3 * 3) / 100, 3), f"{scheme[:1] or 'C'}{at:03}")
                for at, (_line, _unit, price) in enumerate(LINES[:priced], start=1)
            },
            certificates=(Certified(scheme, number, None),) if scheme else (),
            delivery_days=days[0],
            payment_days=days[1],
            holds_until=clock.today().replace(month=12, day=31, year=year),
        ),
    )
