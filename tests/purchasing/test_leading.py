"""Who leads a category: candidates stand for themselves, the buyers vote, the next term may be another's."""

from datetime import UTC, date, datetime

import pytest

from amont.disclosure.unsealed import unsealed
from amont.kernel.errors import Denied, NotKnown, Refused
from amont.kernel.viewer import Role, Viewer
from amont.ledger.models import Entry
from amont.purchasing import actions, read_needs
from amont.purchasing.facts_needs import LeadDraft, LeadFact
from amont.purchasing.models import Mandate, Need
from amont.purchasing.rules.leading import Outcome
from purchasing.stage import Stage, founded

pytestmark = pytest.mark.django_db
COUNTED = datetime(2026, 2, 20, tzinfo=UTC)
FIRST, LAST = date(2026, 3, 1), date(2026, 12, 31)


def _offer(stage: Stage, name: str = "Lead", at: datetime | None = None, **more: object) -> str:
    said = {"category": stage.category, "first_on": FIRST, "last_on": LAST, "reason": "We know paper", **more}
    with stage.as_(name, at) if at else stage.as_(name) as viewer:
        return actions.offer_to_lead(viewer, stage.network, LeadDraft(**said))  # type: ignore[arg-type]


def _stage() -> Stage:
    stage = founded()
    for name in ("Lead", "Buyer A", "Buyer B"):
        stage.join(name)
    return stage


def _vote(stage: Stage, mandate: str, *said: tuple[str, str]) -> None:
    for name, say in said:
        with stage.as_(name) as viewer:
            actions.vote_on_lead(viewer, stage.network, mandate=mandate, say=say)


def _read(stage: Stage, name: str = "Buyer A", at: datetime = COUNTED) -> LeadFact:
    with stage.as_(name, at) as viewer:
        return read_needs.leads(viewer, stage.network)[0]


@pytest.mark.both
def test_a_lead_is_mandated_by_the_buyers_for_a_term_and_a_pay() -> None:
    stage = _stage()
    mandate = _offer(stage, pay="Half a percent of the rebate")
    _vote(stage, mandate, ("Lead", "yes"), ("Buyer A", "no"), ("Buyer A", "yes"), ("Buyer B", "no"))
    before = _read(stage, at=datetime(2026, 2, 10, tzinfo=UTC))
    assert (before.outcome, before.own, before.yes, before.voters) == (Outcome.OPEN, "yes", None, None)
    after = _read(stage)
    assert (after.outcome, after.yes, after.no, after.cast, after.voters) == (Outcome.ADOPTED, 2, 1, 3, 4)
    assert (after.lead, after.pay, after.runs) == ("Lead", "Half a percent of the rebate", False)
    assert _read(stage, at=datetime(2026, 3, 1, tzinfo=UTC)).runs
    assert not _read(stage, at=datetime(2027, 1, 1, tzinfo=UTC)).runs
    assert set(Entry.objects.values_list("act", flat=True)) >= {"offer_to_lead", "vote_on_lead"}


def test_without_half_of_the_buyers_nobody_is_mandated() -> None:
    stage = _stage()
    _vote(stage, _offer(stage), ("Lead", "yes"))
    assert _read(stage).outcome is Outcome.REJECTED


def test_leading_reads_nothing_of_what_another_needs() -> None:
    stage = _stage()
    _vote(stage, _offer(stage), ("Lead", "yes"), ("Buyer A", "yes"))
    with stage.as_("Buyer A") as buyer:
        actions.say_need(buyer, stage.network, category=stage.category, year=2026, amount=5, currency="EUR")  # type: ignore[arg-type]
    with stage.as_("Lead", datetime(2026, 4, 1, tzinfo=UTC)) as lead:
        assert not Need.objects.exists()
        assert read_needs.needs(lead, stage.network) == ()


AGAINST: dict[str, tuple[dict[str, object], str]] = {
    "a term that ends before it begins": ({"last_on": date(2026, 2, 28)}, "first_on"),
    "a term of more than four years": ({"last_on": date(2030, 12, 31)}, "first_on"),
    "a term before the votes are counted": ({"first_on": date(2026, 2, 15)}, "first_on"),
    "no reason": ({"reason": " "}, "reason"),
    "a category that is not allowed": ({"category": "nothing"}, "category"),
}


@pytest.mark.parametrize("case", sorted(AGAINST))
def test_an_offer_that_does_not_do_is_refused_at_its_field(case: str) -> None:
    stage, (more, field) = _stage(), AGAINST[case]
    with pytest.raises(Refused) as found:
        _offer(stage, **more)
    assert set(found.value.errors) == {field}
    assert not Mandate.objects.exists()


def test_one_offer_is_voted_on_at_a_time_and_terms_do_not_meet() -> None:
    stage = _stage()
    mandate = _offer(stage)
    with pytest.raises(Refused, match="being voted on"):
        _offer(stage, "Buyer A")
    _vote(stage, mandate, ("Lead", "yes"), ("Buyer A", "yes"))
    with pytest.raises(Refused, match="leads this category"):
        _offer(stage, "Buyer A", COUNTED, first_on=date(2026, 12, 1), last_on=date(2027, 6, 30))


def test_where_it_was_agreed_the_next_term_is_another_firms() -> None:
    stage = _stage()
    _vote(stage, _offer(stage), ("Lead", "yes"), ("Buyer A", "yes"))
    next_term = {"first_on": date(2027, 1, 1), "last_on": date(2027, 1, 31)}
    with pytest.raises(Refused, match="another one follows"):
        _offer(stage, "Lead", COUNTED, **next_term)
    assert _offer(stage, "Buyer A", COUNTED, **next_term)


def test_who_may_not_vote_is_told_why_and_nothing_changes() -> None:
    stage = _stage()
    mandate = _offer(stage)
    stage.join("Late")
    for name, error in (("Late", Denied), ("Vendor", Denied), ("Stranger", NotKnown)):
        with pytest.raises(error):
            _vote(stage, mandate, (name, "yes"))
    with stage.as_("Buyer A") as buyer:
        reader = Viewer(buyer.organization_id, role=Role.READER)
        with pytest.raises(Denied):
            actions.vote_on_lead(reader, stage.network, mandate=mandate, say="yes")
        with pytest.raises(Refused):
            actions.vote_on_lead(buyer, stage.network, mandate=mandate, say="perhaps")
        with pytest.raises(NotKnown):
            actions.vote_on_lead(buyer, stage.network, mandate="nothing", say="yes")
        with pytest.raises(Denied):
            actions.withdraw_offer(buyer, stage.network, mandate=mandate)
    assert _read(stage).cast == 0
    with stage.as_("Buyer A", COUNTED) as buyer, pytest.raises(Refused, match="counted"):
        actions.vote_on_lead(buyer, stage.network, mandate=mandate, say="yes")


def test_an_offer_is_taken_back_before_it_is_counted() -> None:
    stage = _stage()
    mandate = _offer(stage)
    _vote(stage, mandate, ("Lead", "yes"), ("Buyer A", "yes"))
    with stage.as_("Lead") as lead:
        actions.withdraw_offer(lead, stage.network, mandate=mandate)
    assert _read(stage).outcome is Outcome.WITHDRAWN
    assert _read(stage).yes is None
    assert _offer(stage, "Buyer A")
    with unsealed("a test counts the lines"):
        assert Entry.objects.filter(act="withdraw_offer").count() == 1
