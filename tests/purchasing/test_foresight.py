"""Looking ahead: each learns its own figures and what was published, the supplier nothing of what was said sealed."""

from datetime import date
from decimal import Decimal

import pytest

from amont.kernel.errors import NotKnown, Refused
from amont.ledger.models import Entry
from amont.purchasing import actions, read_foresight
from amont.purchasing.models import Baseline, Demand, Need
from purchasing.stage import Stage, founded, invoice

pytestmark = pytest.mark.django_db
SIX = ("A", "B", "C", "D", "E", "F")
PAPER = ("PAPER", "400", "1000.00")
BEFORE = {"kind": "paid", "reference": "PAPER", "source": "Invoice 7 of 2025", "dated_on": date(2025, 12, 1)}


def settled(names: tuple[str, ...] = SIX) -> Stage:
    stage = founded(names)
    for name in names:
        stage.bring("Vendor", invoice(f"F-{name}", name, PAPER))
    stage.settle("2026-02-28", "2026-03-01")
    return stage


def test_what_if_and_alone_and_what_one_adds_are_told_beside_the_payment() -> None:
    stage = settled()
    with stage.as_("A") as buyer:
        found = read_foresight.foresight(buyer, stage.agreement, added=Decimal(4000))
        assert (found.volume, found.paid, found.alone) == (Decimal(1000), Decimal(20), Decimal(20))
        assert found.brings == Decimal(280), "400 at 10,000 less 120 at 6,000"
        assert found.own_brings == Decimal(180), "half of 400, less 20"
        assert found.adds is not None
        assert (found.adds.last_in, found.adds.average, found.adds.error) == (Decimal(20), Decimal(20), None)
        assert found.standing == "rising"


def test_without_a_publication_nothing_pooled_is_told() -> None:
    stage = settled(SIX[:5])
    with stage.as_("A") as buyer:
        found = read_foresight.foresight(buyer, stage.agreement, added=Decimal(4000))
        assert (found.reached, found.adds, found.brings, found.own_brings, found.standing) == (
            None,
            None,
            None,
            None,
            "",
        )
        assert found.paid == Decimal(20)
        ahead = read_foresight.renewal(buyer, stage.agreement)
        assert (ahead.reached, ahead.adherents, ahead.growth_percent) == (None, 0, None)


def test_who_has_not_joined_reads_no_foresight_and_no_savings() -> None:
    stage = settled()
    stage.join("Late")
    for name in ("Late", "Stranger", "Vendor"):
        with stage.as_(name) as viewer:
            for act in (
                lambda: read_foresight.foresight(viewer, stage.agreement),
                lambda: read_foresight.savings(viewer, stage.agreement),
                lambda: actions.say_baseline(viewer, stage.agreement, price=Decimal(3), **BEFORE),  # type: ignore[arg-type]
            ):
                with pytest.raises(NotKnown):
                    act()


def test_savings_are_of_prices_and_rebate_and_what_was_avoided_stands_apart() -> None:
    stage = settled()
    with stage.as_("A") as buyer:
        actions.say_baseline(buyer, stage.agreement, price=Decimal("3.00"), **BEFORE)  # type: ignore[arg-type]
        offered = {**BEFORE, "kind": "offered"}
        actions.say_baseline(buyer, stage.agreement, price=Decimal("4.00"), **offered)  # type: ignore[arg-type]
        found = read_foresight.savings(buyer, stage.agreement)
        assert (found.price, found.rebate, found.fees, found.net) == (200, 20, 0, 220)
        assert (found.avoided, found.spent, found.covered) == (600, 1000, 1000)
        with pytest.raises(Refused) as wrong:
            actions.say_baseline(buyer, stage.agreement, price=Decimal(0), **{**BEFORE, "source": ""})  # type: ignore[arg-type]
        assert set(wrong.value.errors) == {"price", "source"}
        assert Baseline.objects.count() == 2
    for name in ("Vendor", "Owner", "B"):
        with stage.as_(name):
            assert not Baseline.objects.exists()


def _say(stage: Stage, name: str, amount: int) -> None:
    with stage.as_(name) as buyer:
        said = {"category": stage.category, "year": 2027, "currency": "EUR"}
        actions.say_need(buyer, stage.network, amount=Decimal(amount), **said)  # type: ignore[arg-type]


def _publish(stage: Stage, at: str) -> bool:
    from datetime import datetime  # noqa: PLC0415

    with stage.as_("Owner", datetime.fromisoformat(f"{at}T12:00:00+00:00")) as owner:
        return actions.publish_demand(owner, stage.agreement)


@pytest.mark.both
def test_the_demand_of_the_next_year_is_told_as_a_sum_and_anew_only_where_enough_moved() -> None:
    stage = settled()
    for name in SIX[:5]:
        _say(stage, name, 1000)
    assert not _publish(stage, "2026-03-02"), "five are too few: each knows its own part"
    _say(stage, "F", 1000)
    assert _publish(stage, "2026-03-02")
    assert not _publish(stage, "2026-03-20"), "once for a month's end"
    _say(stage, "A", 9000)
    assert not _publish(stage, "2026-04-02"), "one more would tell what one changed"
    with stage.as_("B") as buyer:
        found = read_foresight.renewal(buyer, stage.agreement)
        assert [(each.year, each.sum) for each in found.demands] == [(2027, Decimal(6000))]
        assert (found.own_need, found.adherents) == (Decimal(1000), 6)
        assert Need.objects.count() == 1, "its own"
    with stage.as_("Vendor") as vendor, pytest.raises(NotKnown):
        read_foresight.renewal(vendor, stage.agreement)
    assert Demand.objects.count() == 1
    assert Entry.objects.filter(act="publish_demand").count() == 1
