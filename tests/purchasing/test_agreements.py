"""From a network to an open agreement: what is denied by default, what both must consent to, who may know it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from amont.disclosure.unsealed import unsealed
from amont.kernel.errors import Denied, NotKnown, Refused
from amont.kernel.viewer import Role, Viewer
from amont.ledger.models import Entry
from amont.purchasing import actions, read
from amont.purchasing.facts import PriceDraft, State
from amont.purchasing.models import Adhesion, Agreement, PriceLine
from purchasing.stage import OFFICE, founded

pytestmark = pytest.mark.django_db
YEAR = {"first_on": date(2026, 1, 1), "last_on": date(2026, 12, 31), "file_name": "prices.csv"}


def refused(act: Callable[[], object]) -> dict[str, list[object]]:
    with pytest.raises(Refused) as found:
        act()
    return found.value.errors


@pytest.mark.both
def test_a_network_is_founded_once_and_joined_by_its_link() -> None:
    stage = founded()
    with stage.as_("Owner") as owner:
        assert actions.found(owner, name=" Small firms together ") == stage.network
        old = read.network(owner, stage.network).joining
        actions.renew_link(owner, stage.network)
    with stage.as_("Late") as late:
        with pytest.raises(NotKnown):
            actions.join(late, old)
        with pytest.raises(NotKnown):
            read.network(late, stage.network)
    stage.join("Late")
    stage.join("Late", sells=True)
    with stage.as_("Late") as late:
        fact = read.network(late, stage.network)
        assert (fact.is_buyer, fact.is_vendor, fact.joining, fact.people) == (True, False, "", ())


def test_only_who_runs_a_network_allows_categories() -> None:
    stage = founded()
    stage.join("Buyer")
    with stage.as_("Buyer") as buyer, pytest.raises(Denied):
        actions.allow_category(buyer, stage.network, OFFICE)
    with stage.as_("Owner") as owner:
        wrong = refused(
            lambda: actions.allow_category(
                owner,
                stage.network,
                replace(OFFICE, code="pens", reason="", review_on=date(2026, 1, 1), buying_percent=Decimal(3)),
            )
        )
    assert set(wrong) == {"code", "reason", "review_on", "share_source"}


def test_a_category_that_is_not_allowed_is_refused_with_that_explanation() -> None:
    stage = founded()
    with stage.as_("Owner") as owner:
        wrong = refused(lambda: actions.draft(owner, stage.network, stage.draft(category="nothing")))
        assert "only what it has allowed" in str(wrong["category"])
        assert not Agreement.objects.exists()


WRONG: dict[str, tuple[dict[str, Any], str]] = {
    "bands that do not ascend": ({"bands": ((Decimal(0), Decimal(1)), (Decimal(0), Decimal(2)))}, "bands"),
    "no bands": ({"bands": ()}, "bands"),
    "a period that ends before it begins": ({"last_on": date(2025, 1, 1)}, "last_on"),
    "no counterpart for the supplier": ({"counterpart": " "}, "counterpart"),
    "a vendor that is none": ({"supplier": "nothing"}, "supplier"),
    "another formula": ({"formula": "growth"}, "formula"),
    "no currency": ({"currency": "euro"}, "currency"),
}


@pytest.mark.parametrize("name", WRONG)
def test_an_agreement_that_does_not_do_is_refused_at_the_field(name: str) -> None:
    more, field = WRONG[name]
    stage = founded()
    with stage.as_("Owner") as owner:
        assert set(refused(lambda: actions.draft(owner, stage.network, stage.draft(**more)))) == {field}
        assert not Agreement.objects.exists()


def test_nothing_opens_without_prices_or_after_the_review_or_without_an_opinion_at_15_percent() -> None:
    stage = founded()
    with stage.as_("Owner") as owner:
        stage.agreement = actions.draft(owner, stage.network, stage.draft())
        assert "price list" in str(refused(lambda: actions.consent(owner, stage.agreement)))
        actions.bring_prices(owner, stage.agreement, lines=[PriceDraft("row 2", "A", "", "EA", Decimal(1))], **YEAR)
        shares = replace(OFFICE, selling_percent=Decimal(15), share_source="Trade press")
        actions.allow_category(owner, stage.network, shares)
        assert "legal opinion" in str(refused(lambda: actions.consent(owner, stage.agreement)))
        actions.allow_category(owner, stage.network, replace(shares, legal_opinion="Opinion of 3 January"))
    with stage.as_("Owner", datetime(2027, 2, 1, tzinfo=UTC)) as owner:
        assert "review" in str(refused(lambda: actions.consent(owner, stage.agreement)))
    with stage.as_("Owner") as owner:
        actions.consent(owner, stage.agreement)
        assert read.agreement(owner, stage.agreement).state is State.DRAFT


@pytest.mark.both
def test_an_agreement_opens_with_two_consents_and_a_buyer_of_the_network_may_know_it_then() -> None:
    stage = founded()
    stage.join("Buyer")
    stage.opened()
    with stage.as_("Buyer") as buyer:
        (fact,) = read.agreements(buyer, stage.network)
        assert (fact.state, fact.owner, fact.supplier, fact.prices) == (State.OPEN, "Owner", "Vendor", 2)
        assert [each.reference for each in read.prices(buyer, stage.agreement)] == ["PAPER", "PEN"]
    with stage.as_("Stranger") as stranger, pytest.raises(NotKnown):
        read.agreement(stranger, stage.agreement)
    with stage.as_("Owner"):
        assert Adhesion.objects.get().state == "accepted"


def test_a_draft_is_hidden_from_buyers_and_from_other_vendors() -> None:
    stage = founded()
    stage.join("Buyer")
    stage.join("Other", sells=True)
    with stage.as_("Owner") as owner:
        stage.agreement = actions.draft(owner, stage.network, stage.draft())
    for name in ("Buyer", "Other"):
        with stage.as_(name) as viewer:
            assert read.agreements(viewer, stage.network) == ()
            for act in (
                lambda: read.agreement(viewer, stage.agreement),
                lambda: read.prices(viewer, stage.agreement),
                lambda: actions.consent(viewer, stage.agreement),
                lambda: actions.adhere(viewer, stage.agreement, sites=["x"], starts_on=date(2026, 2, 1)),
            ):
                with pytest.raises(NotKnown):
                    act()


def test_an_open_agreement_is_hidden_from_other_vendors() -> None:
    stage = founded()
    stage.join("Other", sells=True)
    stage.opened()
    with stage.as_("Other") as other, pytest.raises(NotKnown):
        read.agreement(other, stage.agreement)


PRICES: dict[str, tuple[list[PriceDraft], str]] = {
    "the same reference twice": (
        [PriceDraft("row 2", "A", "", "EA", Decimal(1)), PriceDraft("row 3", "A", "", "EA", Decimal(2))],
        "row 3",
    ),
    "a price below zero": ([PriceDraft("row 2", "A", "", "EA", Decimal(-1))], "row 2"),
    "seven decimals": ([PriceDraft("row 2", "A", "", "EA", Decimal("1.0000001"))], "row 2"),
    "no unit": ([PriceDraft("row 2", "A", "", "", Decimal(1))], "row 2"),
    "a base of zero": ([PriceDraft("row 2", "A", "", "EA", Decimal(1), base=Decimal(0))], "row 2"),
    "no line": ([], "file"),
}


@pytest.mark.parametrize("name", PRICES)
def test_a_price_list_that_does_not_do_is_told_at_the_line_and_nothing_is_kept(name: str) -> None:
    given, place = PRICES[name]
    stage = founded()
    with stage.as_("Owner") as owner:
        stage.agreement = actions.draft(owner, stage.network, stage.draft())
        assert place in refused(lambda: actions.bring_prices(owner, stage.agreement, lines=given, **YEAR))
        assert not PriceLine.objects.exists()


def test_two_price_lists_never_hold_on_one_day_and_the_same_one_stands_once() -> None:
    stage = founded().opened()
    line = PriceDraft("row 2", "PAPER", "", "BX", Decimal(3))
    with stage.as_("Owner") as owner:
        overlapping = {"first_on": date(2026, 7, 1), "last_on": date(2026, 12, 31), "file_name": "new.csv"}
        wrong = refused(lambda: actions.bring_prices(owner, stage.agreement, lines=[line], **overlapping))
        assert "Version 1" in str(wrong["first_on"])
        outside = {**overlapping, "first_on": date(2027, 1, 1), "last_on": date(2027, 2, 1)}
        assert "first_on" in refused(lambda: actions.bring_prices(owner, stage.agreement, lines=[line], **outside))
        from purchasing.stage import PRICES as GIVEN  # noqa: PLC0415

        assert actions.bring_prices(owner, stage.agreement, lines=GIVEN, **YEAR) == 1


def test_of_20000_lines_with_300_wrong_each_is_told_and_nothing_is_kept() -> None:
    stage = founded()
    given = [PriceDraft(f"row {at}", f"R{at}", "", "EA", Decimal(-1 if at % 67 == 0 else 1)) for at in range(2, 20_002)]
    with stage.as_("Owner") as owner:
        stage.agreement = actions.draft(owner, stage.network, stage.draft())
        wrong = refused(lambda: actions.bring_prices(owner, stage.agreement, lines=given, **YEAR))
        assert len(wrong) == sum(line.price < 0 for line in given) == 298
        assert not PriceLine.objects.exists()


@pytest.mark.both
def test_a_buyer_joins_for_named_sites_and_counts_once_accepted() -> None:
    stage = founded().opened()
    stage.join("Buyer")
    with stage.as_("Buyer") as buyer:
        act = lambda **more: actions.adhere(  # noqa: E731
            buyer, stage.agreement, **{"sites": ["Lyon"], "starts_on": date(2026, 2, 1), **more}
        )
        assert set(refused(lambda: act(sites=[], starts_on=date(2026, 1, 1)))) == {"sites", "starts_on"}
        adhesion = act()
        assert act() == adhesion
        with pytest.raises(NotKnown):
            read.own(buyer, "nothing")
        with pytest.raises((Denied, NotKnown)):
            actions.answer(buyer, stage.agreement, adhesion=adhesion, accept=True)
        assert read.agreement(buyer, stage.agreement).adhesion.state == "asked"  # type: ignore[union-attr]
    with stage.as_("Owner") as owner:
        with pytest.raises(Denied):
            read.adhesions(owner, stage.agreement)
        with pytest.raises(Denied):
            actions.answer(owner, stage.agreement, adhesion=adhesion, accept=True)
    with stage.as_("Vendor") as vendor:
        assert [(each.buyer, each.state) for each in read.adhesions(vendor, stage.agreement)] == [
            ("Buyer", "asked"),
            ("Owner", "accepted"),
        ]
        actions.answer(vendor, stage.agreement, adhesion=adhesion, accept=True, customer="C7")
        actions.answer(vendor, stage.agreement, adhesion=adhesion, accept=True, customer="C7")
        refused(lambda: actions.answer(vendor, stage.agreement, adhesion=adhesion, accept=False))
    assert Entry.objects.filter(act="accept_adhesion").count() == 1
    with stage.as_("Buyer") as buyer:
        assert read.agreement(buyer, stage.agreement).adhesion.state == "accepted"  # type: ignore[union-attr]
        assert act() == adhesion


def test_a_customer_number_is_one_buyers() -> None:
    stage = founded().opened()
    stage.buyer("One", "C1")
    stage.join("Two")
    with stage.as_("Two") as two:
        adhesion = actions.adhere(two, stage.agreement, sites=["Lyon"], starts_on=date(2026, 2, 1))
    with stage.as_("Vendor") as vendor:
        wrong = refused(lambda: actions.answer(vendor, stage.agreement, adhesion=adhesion, accept=True, customer="C1"))
    assert "customer" in wrong


def test_a_closed_agreement_takes_no_more_buyers() -> None:
    stage = founded().opened()
    stage.join("Buyer")
    with stage.as_("Vendor") as vendor:
        actions.close(vendor, stage.agreement)
        actions.close(vendor, stage.agreement)
    with stage.as_("Buyer") as buyer, pytest.raises(NotKnown):
        actions.adhere(buyer, stage.agreement, sites=["Lyon"], starts_on=date(2026, 2, 1))
    assert Entry.objects.filter(act="close_agreement").count() == 1


def test_readers_change_nothing() -> None:
    stage = founded().opened()
    stage.join("Buyer")
    reader = Viewer(stage.firm("Buyer").organization_id, role=Role.READER)
    acts: list[Callable[[], object]] = [
        lambda: actions.found(reader, name="x"),
        lambda: actions.adhere(reader, stage.agreement, sites=["Lyon"], starts_on=date(2026, 2, 1)),
        lambda: actions.bring(reader, stage.agreement, documents=[], channel="csv"),
        lambda: actions.say_need(
            reader, stage.network, category=stage.category, year=2026, amount=Decimal(1), currency="EUR"
        ),
    ]
    before = Entry.objects.count()
    with stage.as_("Buyer"):
        for act in acts:
            with pytest.raises(Denied):
                act()
    assert Entry.objects.count() == before


def test_a_need_is_ones_own() -> None:
    from amont.purchasing.models import Need  # noqa: PLC0415

    stage = founded()
    stage.join("Buyer")
    with stage.as_("Buyer") as buyer:
        said = {"category": stage.category, "year": 2026, "currency": "EUR"}
        actions.say_need(buyer, stage.network, amount=Decimal("1200.50"), **said)
        actions.say_need(buyer, stage.network, amount=Decimal("1300.50"), **said)
        assert Need.objects.get().units == 1_300_50
        assert "amount" in refused(lambda: actions.say_need(buyer, stage.network, amount=Decimal(-1), **said))
    with stage.as_("Owner"):
        assert not Need.objects.exists()
    with unsealed("a test counts"):
        assert Need.objects.count() == 1
