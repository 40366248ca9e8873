"""Needs are said in confidence, summed once a month by the rule, and never told by what changed."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from amont.disclosure.unsealed import unsealed
from amont.kernel import clock
from amont.kernel.errors import Denied, NotKnown, Refused
from amont.kernel.viewer import Role, Viewer
from amont.ledger.models import Entry
from amont.purchasing import actions, read_needs
from amont.purchasing.models import Demand, DemandPart, Need
from amont.purchasing.publishing import sum_needs
from purchasing.stage import Stage, founded

pytestmark = pytest.mark.django_db
SIX = tuple(f"Buyer {each}" for each in "ABCDEF")


def _at(month: int) -> datetime:
    return datetime(2026, month, 1, 12, tzinfo=UTC)


def _say(stage: Stage, name: str, amount: int = 1000, *, month: int = 2, **more: object) -> None:
    said = {"category": stage.category, "year": 2026, "amount": Decimal(amount), "currency": "EUR", **more}
    with stage.as_(name, _at(month)) as viewer:
        actions.say_need(viewer, stage.network, **said)  # type: ignore[arg-type]


def _sum(month: int) -> int:
    with clock.held_at(_at(month)):
        return sum_needs()


def _told(stage: Stage, name: str, *, month: int = 3) -> Decimal | None:
    with stage.as_(name, _at(month)) as viewer:
        found = read_needs.needs(viewer, stage.network)
    return found[0].total if found else None


def _needing(names: tuple[str, ...] = SIX) -> Stage:
    stage = founded()
    for name in names:
        stage.join(name)
        _say(stage, name)
    return stage


@pytest.mark.both
def test_the_sum_of_six_even_needs_is_told_on_the_first_of_the_next_month() -> None:
    stage = _needing()
    assert _sum(2) == 0, "the month is not over"
    assert _told(stage, "Owner", month=2) is None
    assert _sum(3) == 1
    assert _told(stage, "Owner") == Decimal("6000.00")
    assert _told(stage, SIX[0]) == Decimal("6000.00")
    assert _sum(3) == 0, "once a month"
    assert Entry.objects.filter(act="sum_needs").count() == 1


def test_five_needs_are_not_told_for_each_of_them_would_know_four_others() -> None:
    stage = _needing(SIX[:5])
    assert _sum(3) == 0
    assert _told(stage, SIX[0]) is None


def test_one_large_need_hides_the_sum() -> None:
    stage = _needing()
    _say(stage, SIX[0], 9000)
    assert _sum(3) == 0


def test_a_sum_that_would_differ_by_one_participant_stands_as_it_was_told() -> None:
    stage = _needing()
    _sum(3)
    stage.join("Late")
    _say(stage, "Late", 700, month=3)
    assert _sum(4) == 0
    assert _told(stage, "Owner", month=4) == Decimal("6000.00")
    with stage.as_("Late", _at(4)) as late:
        actions.forget_need(late, stage.network, category=stage.category, year=2026)
        actions.forget_need(late, stage.network, category=stage.category, year=2026)
    with stage.as_(SIX[0], _at(4)) as first:
        actions.forget_need(first, stage.network, category=stage.category, year=2026)
    assert _sum(5) == 0, "one who leaves would be told as well"
    assert Entry.objects.filter(act="forget_need").count() == 2


def test_a_sum_is_told_anew_once_enough_has_changed() -> None:
    stage = _needing()
    _sum(3)
    for name in SIX:
        _say(stage, name, 1500, month=3)
    assert _sum(4) == 1
    assert _told(stage, "Owner", month=4) == Decimal("9000.00")
    with unsealed("a test looks what is kept of the sums"):
        assert Demand.objects.count() == 2
        assert DemandPart.objects.count() == 12


def test_a_need_is_read_by_who_said_it_alone() -> None:
    stage = _needing()
    _sum(3)
    with stage.as_(SIX[0]) as first:
        assert [each.own for each in read_needs.needs(first, stage.network)] == [Decimal("1000.00")]
        assert Need.objects.count() == DemandPart.objects.count() == 1
    with stage.as_("Owner") as owner:
        assert [each.own for each in read_needs.needs(owner, stage.network)] == [None]
        assert not Need.objects.exists()
    for name, error in (("Vendor", Denied), ("Stranger", NotKnown)):
        with stage.as_(name) as viewer, pytest.raises(error):
            read_needs.needs(viewer, stage.network)


WRONG: dict[str, tuple[dict[str, object], str]] = {
    "less than nothing": ({"amount": Decimal(-1)}, "amount"),
    "a currency that is none": ({"currency": "€"}, "currency"),
    "a year that is over": ({"year": 2025}, "year"),
    "a year too far": ({"year": 2033}, "year"),
}


@pytest.mark.parametrize("case", sorted(WRONG))
def test_a_need_that_does_not_do_is_refused_at_its_field(case: str) -> None:
    stage = founded()
    more, field = WRONG[case]
    with pytest.raises(Refused) as found:
        _say(stage, "Owner", **more)
    assert set(found.value.errors) == {field}
    with unsealed("a test looks that nothing was written"):
        assert not Need.objects.exists()


def test_a_need_of_what_may_not_be_bought_together_is_refused() -> None:
    stage = founded()
    with pytest.raises(NotKnown):
        _say(stage, "Owner", category="nothing")
    with stage.as_("Owner", datetime(2027, 2, 1, tzinfo=UTC)) as owner, pytest.raises(Refused) as found:
        actions.say_need(owner, stage.network, category=stage.category, year=2027, amount=Decimal(1), currency="EUR")
    assert set(found.value.errors) == {"category"}
    with stage.as_("Vendor") as vendor, pytest.raises(Denied):
        actions.say_need(vendor, stage.network, category=stage.category, year=2026, amount=Decimal(1), currency="EUR")
    with stage.as_("Owner") as owner, pytest.raises(Denied):
        actions.say_need(
            Viewer(owner.organization_id, role=Role.READER),
            stage.network,
            category=stage.category,
            year=2026,
            amount=Decimal(1),
            currency="EUR",
        )


def test_saying_the_same_twice_leaves_one_line() -> None:
    stage = founded()
    _say(stage, "Owner")
    _say(stage, "Owner")
    assert Entry.objects.filter(act="say_need").count() == 1
