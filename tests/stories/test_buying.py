"""Buying together, from needs to renewal. `pytest -s tests/stories/test_buying.py` prints it as documentation."""

import io
from datetime import UTC, date, datetime
from decimal import Decimal
from zipfile import ZipFile

import pytest

from amont.disclosure.unsealed import unsealed
from amont.exchange.buying.credit_notes import Issuer, packed
from amont.exchange.buying.einvoices import read_xml
from amont.kernel import clock
from amont.purchasing import actions, read, read_foresight, read_needs, read_settlements
from amont.purchasing.facts_needs import LeadDraft
from amont.purchasing.models import Need
from amont.purchasing.publishing import sum_needs
from amont.purchasing.rules.leading import Outcome
from purchasing.stage import PRICES, Stage, founded, invoice

pytestmark = [pytest.mark.django_db, pytest.mark.both]
SMALL = tuple(f"Firm {letter}" for letter in "ABCDEFGH")
BUYERS = ("Owner", *SMALL)
DAYS = {"first_on": date(2026, 3, 1), "last_on": date(2026, 12, 31)}


def _on(month: int, day: int) -> datetime:
    return datetime(2026, month, day, 12, tzinfo=UTC)


class Told:
    """What happened, sentence by sentence; printed at the end."""

    def __init__(self) -> None:
        self.lines: list[str] = []

    def chapter(self, title: str) -> None:
        self.lines += ["", title, "-" * len(title)]

    def __call__(self, sentence: str) -> None:
        self.lines.append(sentence)


def test_nine_firms_buy_together_from_their_needs_to_the_next_negotiation() -> None:
    tell, stage = Told(), founded()
    for name in SMALL:
        stage.join(name)
    _needs(stage, tell)
    _lead(stage, tell)
    _agreement(stage, tell)
    _orders(stage, tell)
    _settlement(stage, tell)
    _renewal(stage, tell)
    print("\n".join(tell.lines))  # noqa: T201 - with -s


def _needs(stage: Stage, tell: Told) -> None:
    tell.chapter("Needs")
    for name in BUYERS:
        _say(stage, name, 1500, 2026, _on(2, 1))
    tell("Nine firms say, each for itself, that they will buy office supplies for 1,500 euros this year.")
    with clock.held_at(_on(3, 1)):
        assert sum_needs() == 1
    for name in BUYERS:
        with stage.as_(name, _on(3, 1)) as viewer:
            (need,) = read_needs.needs(viewer, stage.network)
            assert (need.own, need.total) == (Decimal("1500.00"), Decimal("13500.00"))
            assert Need.objects.count() == 1
    tell("On the first of the next month each reads the sum, 13,500.00 euros, and no figure but its own.")


def _say(stage: Stage, name: str, amount: int, year: int, at: datetime) -> None:
    with stage.as_(name, at) as viewer:
        said = {"category": stage.category, "amount": Decimal(amount), "currency": "EUR"}
        actions.say_need(viewer, stage.network, year=year, **said)  # type: ignore[arg-type]


def _lead(stage: Stage, tell: Told) -> None:
    tell.chapter("Who leads")
    with stage.as_("Owner", _on(2, 2)) as owner:
        draft = LeadDraft(stage.category, reason="We have bought paper for ten years.", **DAYS)
        mandate = actions.offer_to_lead(owner, stage.network, draft)
    for name in BUYERS[:6]:
        with stage.as_(name, _on(2, 3)) as viewer:
            actions.vote_on_lead(viewer, stage.network, mandate=mandate, say="yes")
    with stage.as_(SMALL[0], _on(3, 1)) as viewer:
        (lead,) = read_needs.leads(viewer, stage.network)
    assert (lead.lead, lead.outcome, lead.runs, lead.yes, lead.voters) == ("Owner", Outcome.ADOPTED, True, 6, 9)
    tell("Owner offers to lead from March to December, without pay; six of nine vote, all say yes: it is mandated.")


def _agreement(stage: Stage, tell: Told) -> None:
    tell.chapter("The agreement")
    with stage.as_("Owner", _on(3, 1)) as owner:
        stage.agreement = actions.draft(owner, stage.network, stage.draft(**DAYS))
        actions.bring_prices(owner, stage.agreement, lines=PRICES, file_name="prices.csv", **DAYS)
    for name in ("Owner", "Vendor"):
        with stage.as_(name, _on(3, 1)) as viewer:
            actions.consent(viewer, stage.agreement)
    tell("Owner negotiates with Vendor: 2 % from 1,000 and 4 % from 10,000 euros, on all that is bought together.")
    tell("Both consent to opening it to the network.")
    for name in SMALL:
        with stage.as_(name, _on(3, 2)) as viewer:
            adhesion = actions.adhere(viewer, stage.agreement, sites=["Head office"], starts_on=date(2026, 3, 2))
        with stage.as_("Vendor", _on(3, 2)) as vendor:
            actions.answer(vendor, stage.agreement, adhesion=adhesion, accept=True, customer=name)
    with stage.as_("Vendor", _on(3, 2)) as vendor:
        (own,) = [each for each in read.adhesions(vendor, stage.agreement) if each.buyer == "Owner"]
        actions.answer(vendor, stage.agreement, adhesion=own.adhesion, accept=True, customer="Owner")
    tell("Eight firms join it; Vendor accepts each and gives it a number.")


def _orders(stage: Stage, tell: Told) -> None:
    tell.chapter("What is bought")
    for name in BUYERS:
        brought = invoice(f"F-{name}", name, ("PAPER", "600", "1500.00"), on="2026-03-10")
        found = stage.bring("Vendor", brought, on="2026-03-12")
        assert (found.new, found.right, found.outside) == (1, 1, 0)
        again = stage.bring(name, brought, on="2026-03-13", channel="ubl")
        assert (again.new, again.there) == (0, 1)
    tell("Each buys 600 boxes of paper for 1,500.00 euros; every line is held against the list and is as agreed.")
    tell("The invoices come from the vendor, then from each buyer: each line counts once.")


def _settlement(stage: Stage, tell: Told) -> None:
    tell.chapter("What it earned")
    settled = stage.settle("2026-03-31", "2026-04-01")
    with stage.as_(SMALL[0], _on(4, 1)) as viewer:
        own = read.own(viewer, stage.agreement)
        reached = read.reached(viewer, stage.agreement)
    assert reached is not None
    assert (reached.pool, reached.percent, own.statements[0].delta) == (Decimal("13500.00"), 4, Decimal("60.00"))
    tell("The month is settled: together they bought for 13,500.00 euros and reached 4 %. Alone each would have 2 %.")
    with stage.as_("Vendor", _on(4, 1)) as vendor:
        notes = read_settlements.settlement(vendor, stage.agreement, settled).notes
    issuer = Issuer("Vendor", "FR", "FR83404833048", "Office 2026", "EUR", DAYS["first_on"], date(2026, 3, 31))
    with ZipFile(io.BytesIO(packed(issuer, notes, first="AV-1", issued=date(2026, 4, 1)))) as parts:
        read_back = [read_xml(parts.read(name)) for name in parts.namelist()]
    assert [each.number for each in read_back] == [f"AV-{number}" for number in range(1, 10)]
    assert sum(line.amount for each in read_back for line in each.lines) == Decimal("540.00")
    tell("Vendor takes along nine electronic credit notes of 60.00 euros, VAT besides: 540.00 in all, to the cent.")


def _renewal(stage: Stage, tell: Told) -> None:
    tell.chapter("The next negotiation")
    for name in BUYERS:
        _say(stage, name, 2000, 2027, _on(4, 2))
    with clock.held_at(_on(5, 1)):
        assert sum_needs() == 2, "this year and the next"
    with stage.as_("Owner", _on(5, 1)) as owner:
        found = read_foresight.renewal(owner, stage.agreement)
    assert found.reached is not None
    assert (found.adherents, found.covered_percent) == (9, 100)
    assert [(each.year, each.sum) for each in found.demands] == [
        (2026, Decimal("13500.00")),
        (2027, Decimal("18000.00")),
    ]
    tell("For the year to come they need 18,000.00 euros: said sealed, told as a sum.")
    tell("Whoever leads next claims nine adherents, 13,500.00 euros bought, and that demand. It read no other's part.")
    with stage.as_("Owner", _on(5, 1)), unsealed("a test counts what is there to be read"):
        assert Need.objects.count() == 2 * len(BUYERS)
    with stage.as_("Owner", _on(5, 1)):
        assert Need.objects.count() == 2
