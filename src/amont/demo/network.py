"""The network that buys together: one member's agreement, opened; who joins; a year of invoices; what is settled."""

import random
from calendar import monthrange
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

from amont.demo import shopping
from amont.demo.buyers import CLEANER, FIXED, OPENER, OPERATOR, OWNERS_INVOICES, OWNERS_PART, Buyer, buyers
from amont.demo.cast import Firm, firms
from amont.demo.negotiating import negotiate
from amont.disclosure.guard import looking_as
from amont.kernel import clock
from amont.kernel.viewer import Viewer
from amont.parties import actions as parties
from amont.parties import read as parties_read
from amont.purchasing import actions, read
from amont.purchasing.facts import AgreementDraft, CategoryDraft, DocumentDraft

MONTHS = 10
SETTLED = (3, 6, 10)
BANDS = ((Decimal(0), Decimal(0)), (Decimal(50_000), Decimal(2)), (Decimal(150_000), Decimal(4)))
OFFICE_BANDS = (*BANDS, (Decimal(300_000), Decimal(6)), (Decimal(500_000), Decimal(7)))
CLEANING_BANDS = ((Decimal(0), Decimal(1)), (Decimal(8_000), Decimal(3)), (Decimal(25_000), Decimal(5)))
JOINING = (3, 7)
"""In how many months the buyers join: those who buy often, and the others."""
CATEGORIES = (
    ("office", "30192000-1", "Fournitures de bureau", "Petite dépense que tous ont, et qui ne dit rien des produits."),
    ("cleaning", "39830000-9", "Produits d’entretien", "Petite dépense que tous ont, sans lien avec les formules."),
    ("boxes", "44617100-9", "Cartons d’expédition", "Cartons bruts sans impression ; ni flacons ni étuis."),
)


def year_of(today: date) -> tuple[date, date]:
    """Return the first and last day of the agreement's year, which ends with the month after this one."""
    after = (today.replace(day=1) + timedelta(days=63)).replace(day=1)
    return after.replace(year=after.year - 1), after - timedelta(days=1)


@dataclass(slots=True)
class Market:
    """The network as it is played: who runs it, what it may buy, the seats by key."""

    first: date
    last: date
    seats: dict[str, Viewer] = field(default_factory=dict)
    network: str = ""
    categories: dict[str, str] = field(default_factory=dict)
    chance: random.Random = field(default_factory=lambda: random.Random(300))  # noqa: S311 - repeatable on purpose

    def month(self, number: int) -> tuple[date, date]:
        """Return the first and last day of the agreement's n-th month, from 1."""
        at = self.first.month - 1 + number - 1
        first = date(self.first.year + at // 12, at % 12 + 1, 1)
        return first, first.replace(day=monthrange(first.year, first.month)[1])

    @contextmanager
    def as_(self, key: str, on: date) -> Iterator[Viewer]:
        """Let a firm act on a day."""
        with clock.held_at(datetime.combine(on, time(16), tzinfo=UTC)), looking_as(self.seats[key]):
            yield self.seats[key]

    def seat(self, key: str, name: str, person: str, email: str) -> Viewer:
        """Open a firm's account."""
        self.seats[key] = parties.open_account(
            email=email, person_name=person, organization_name=name, country="FR", language="fr"
        )
        return self.seats[key]


def play_network() -> dict[str, Viewer]:
    """Play a year of buying together, up to the day of the demo; return the viewers of firms that are seated later."""
    market = Market(*year_of(clock.today()))
    before = market.first - timedelta(days=40)
    with clock.held_at(datetime.combine(before, time(9), tzinfo=UTC)):
        _found(market)
    office = _office(market, before)
    joined = _joined(market, office)
    for number in range(1, MONTHS + 1):
        _month(market, office, number, joined)
    _clean(market)
    _next_year(market)
    _ahead(market, office)
    negotiate(market)
    return {OPENER: market.seats[OPENER]}


def _found(market: Market) -> None:
    market.seat(OPERATOR, "Groupement des petites maisons", "Odile Marest", f"{OPERATOR}@demo.example")
    opener: Firm = firms()[OPENER]
    market.seat(OPENER, opener.name, opener.person, opener.email)
    market.seat("vendor", "Papeterie du Vieux Pressoir", "Rachel Ostrowski", FIXED["vendor"])
    market.seat(CLEANER, "Proprevent", "Nabil Kessous", f"{CLEANER}@demo.example")
    for each in buyers():
        market.seat(each.key, each.name, each.person, each.email)
    on = clock.today()
    with market.as_(OPERATOR, on) as operator:
        market.network = actions.found(operator, name="Petites maisons ensemble")
        token = read.network(operator, market.network).joining
        for key, code, label, reason in CATEGORIES:
            given = CategoryDraft(
                "cpv", code, label, reason, "Maître Solène Aubry", market.last + timedelta(days=365),
                Decimal("0.02"), Decimal("0.01"), "Estimation du groupement d’après ses adhérents",
            )  # fmt: skip
            market.categories[key] = actions.allow_category(operator, market.network, given)
    for key in market.seats:
        if key != OPERATOR:
            with market.as_(key, on) as viewer:
                actions.join(viewer, token, sells=key in {"vendor", CLEANER})


def _public(viewer: Viewer) -> str:
    found = parties_read.me(viewer)
    return found.organization if found else ""


def _opened(market: Market, owner: str, vendor: str, given: AgreementDraft, on: date) -> str:
    with market.as_(owner, on) as viewer:
        agreement = actions.draft(viewer, market.network, given)
        prices = shopping.office_prices() if vendor == "vendor" else shopping.cleaning_prices()
        days = {"first_on": given.first_on, "last_on": given.last_on}
        actions.bring_prices(viewer, agreement, lines=prices, file_name="tarif.xlsx", **days)
    for key in (owner, vendor):
        with market.as_(key, on) as viewer:
            actions.consent(viewer, agreement)
    return agreement


def _office(market: Market, on: date) -> str:
    """Open the owner's agreement on office supplies."""
    given = AgreementDraft(
        name=f"Fournitures de bureau {market.last.year}",
        category=market.categories["office"],
        supplier=_public(market.seats["vendor"]),
        currency="EUR",
        first_on=market.first,
        last_on=market.last,
        formula="retroactive",
        bands=OFFICE_BANDS,
        counterpart="Commandes groupées par semaine, factures électroniques, paiement à 30 jours.",
        terms="Franco dès 60 € hors taxes. Livraison en 48 heures.\nReprise des cartouches vides.",
    )
    return _opened(market, OPENER, "vendor", given, on)


def _joined(market: Market, agreement: str) -> list[tuple[int, Buyer]]:
    """Let all buyers join and be accepted, month after month; return each with the month from which it counts."""
    found = []
    for at, each in enumerate(buyers()):
        month = 1 + at % JOINING[each.invoices <= 3]  # noqa: PLR2004 - invoices in a year
        first, _last = market.month(month)
        with market.as_(each.key, first) as viewer:
            adhesion = actions.adhere(viewer, agreement, sites=["Siège"], starts_on=first)
        with market.as_("vendor", first) as vendor:
            actions.answer(vendor, agreement, adhesion=adhesion, accept=True, customer=f"PM{at + 1:04}")
        found.append((month, each))
    with market.as_("vendor", market.first) as vendor:
        owner = next(each for each in read.adhesions(vendor, agreement) if not each.customer)
        actions.answer(vendor, agreement, adhesion=owner.adhesion, accept=True, customer="PM0000")
    return found


def _month(market: Market, agreement: str, number: int, joined: list[tuple[int, Buyer]]) -> None:
    """Bring the vendor's invoices of a month on its last day, and settle where it is time."""
    _first, last = market.month(number)
    documents = [*_of_month(market, number, "PM0000", OWNERS_PART, OWNERS_INVOICES, since=1)]
    for at, (month, each) in enumerate(joined, start=1):
        odd = shopping.DEAR if each.key == "buyer" else Decimal(0)
        documents += _of_month(market, number, f"PM{at:04}", each.euros - odd, each.invoices, since=month)
        if odd and number == MONTHS:
            documents.append(shopping.odd_invoice(f"F{last.year}-9{at:03}", f"PM{at:04}", on=last))
    with market.as_("vendor", last) as vendor:
        actions.bring(vendor, agreement, documents=documents, channel="csv")
    if number in SETTLED:
        with market.as_("vendor", last + timedelta(days=5)) as vendor:
            actions.settle(vendor, agreement, on=last)


def _of_month(
    market: Market, number: int, customer: str, euros: Decimal | int, invoices: int, *, since: int
) -> Iterator[DocumentDraft]:
    """Give the one invoice of a buyer in a month, if it has one: its year in equal parts, the last takes the rest."""
    months = list(range(since, MONTHS + 1))
    chosen = months[:: max(1, len(months) // min(invoices, len(months)))][:invoices]
    if number in chosen:
        part = (Decimal(euros) / len(chosen)).quantize(Decimal(1))
        here = part if number != chosen[-1] else Decimal(euros) - part * (len(chosen) - 1)
        first, _last = market.month(number)
        on = first + timedelta(days=market.chance.randint(1, 25))
        code = f"F{first.year}-{number:02}-{customer}"
        yield shopping.office_invoice(code, customer, on=on, euros=here, chance=market.chance)


def _clean(market: Market) -> None:
    """Let one of the larger buyers open an agreement of its own, which some have joined; the visitor's firm has not."""
    owner, others = "petite-001", [each.key for each in buyers()[5:16]]
    first, _last = market.month(7)
    given = AgreementDraft(
        name=f"Produits d’entretien {market.last.year}",
        category=market.categories["cleaning"],
        supplier=_public(market.seats[CLEANER]),
        currency="EUR",
        first_on=first,
        last_on=market.last.replace(year=market.last.year + 1),
        formula="retroactive",
        bands=CLEANING_BANDS,
        counterpart="Une tournée de livraison par semaine et par région.",
    )
    agreement = _opened(market, owner, CLEANER, given, first - timedelta(days=20))
    for at, key in enumerate(others):
        with market.as_(key, first) as viewer:
            adhesion = actions.adhere(viewer, agreement, sites=["Atelier"], starts_on=first)
        with market.as_(CLEANER, first) as cleaner:
            actions.answer(cleaner, agreement, adhesion=adhesion, accept=True, customer=f"C{at:03}")
    for number in range(7, MONTHS + 1):
        begins, last = market.month(number)
        documents = [
            shopping.cleaning_invoice(f"P{number:02}{at:03}", f"C{at:03}", on=begins, chance=market.chance)
            for at in range(len(others))
        ]
        with market.as_(CLEANER, last) as cleaner:
            actions.bring(cleaner, agreement, documents=documents, channel="csv")
    with market.as_(CLEANER, last + timedelta(days=4)) as cleaner:
        actions.settle(cleaner, agreement, on=last)


def _next_year(market: Market) -> None:
    """Let some buyers say, each for itself, what they will buy next year: the next negotiation is in sight."""
    on, year = market.month(MONTHS)[1] - timedelta(days=6), market.last.year + 1
    for at, each in enumerate(buyers()):
        if at % 4 == 1:
            with market.as_(each.key, on) as viewer:
                amount = Decimal(each.euros) * (110 + at % 30) / 100
                category = market.categories["office"]
                actions.say_need(viewer, market.network, category=category, year=year, amount=amount, currency="EUR")


def _ahead(market: Market, agreement: str) -> None:
    """Let the visitor's firm say what it paid before, and the owner publish what all will buy."""
    on = clock.today() - timedelta(days=1)
    with market.as_("buyer", on) as buyer:
        for each in shopping.office_prices():
            if each.base == 1:
                before = (each.price * Decimal("1.22")).quantize(Decimal("0.01"))
                actions.say_baseline(
                    buyer,
                    agreement,
                    kind="paid",
                    reference=each.reference,
                    price=before,
                    source="Tarif catalogue de l’an passé",
                    dated_on=market.first - timedelta(days=60),
                )
    with market.as_(OPENER, on) as owner:
        actions.publish_demand(owner, agreement)
