"""What counsel reads in docs/counsel.md, held: no talks with who stands apart, disputes between two, tests by name."""

import re
from pathlib import Path

import pytest

from amont.kernel.errors import Denied, NotKnown, Refused
from amont.ledger.models import Entry
from amont.parties.models import Organization
from amont.purchasing import actions, read, read_law
from amont.purchasing.models import Agreement, Dispute
from purchasing.stage import PRICES, founded, invoice

TESTS = Path(__file__).parents[1]
PAGE = TESTS.parent / "docs" / "counsel.md"


@pytest.mark.django_db
class TestStandingApart:
    def test_with_an_excluded_vendor_nothing_is_drafted_and_nothing_drafted_is_opened(self) -> None:
        stage = founded()
        vendor = Organization.objects.get(name="Vendor").public_id
        with stage.as_("Owner") as owner:
            stage.agreement = actions.draft(owner, stage.network, stage.draft())
            days = {"first_on": stage.draft().first_on, "last_on": stage.draft().last_on}
            actions.bring_prices(owner, stage.agreement, lines=PRICES, file_name="prices.csv", **days)
            with pytest.raises(Refused):
                actions.exclude(owner, stage.network, vendor=vendor, reason=" ")
            for _time in range(2):
                actions.exclude(owner, stage.network, vendor=vendor, reason="In the trade body")
            with pytest.raises(Refused):
                actions.consent(owner, stage.agreement)
            with pytest.raises(Refused):
                actions.draft(owner, stage.network, stage.draft(name="Another"))
            assert read.vendors(owner, stage.network) == ()
            assert Agreement.objects.count() == 1
            actions.readmit(owner, stage.network, vendor=vendor)
            actions.consent(owner, stage.agreement)
        assert Entry.objects.filter(act="exclude_vendor").count() == 1

    def test_a_vendor_that_asks_for_talks_of_its_own_is_left_alone_and_what_is_open_stays(self) -> None:
        stage = founded(["A"])
        with stage.as_("Vendor") as vendor:
            actions.ask_to_stand_apart(vendor, stage.network, reason="We sell to members ourselves")
        with stage.as_("A") as buyer:
            assert read_law.guard(buyer, stage.network).apart == ()
            assert read.own(buyer, stage.agreement).agreement.state == "open"
            with pytest.raises(NotKnown):
                actions.ask_to_stand_apart(buyer, stage.network, reason="x")
            with pytest.raises(Denied):
                actions.exclude(buyer, stage.network, vendor="x", reason="x")


@pytest.mark.django_db
def test_a_dispute_is_between_its_buyer_and_the_supplier_alone() -> None:
    stage = founded(["A", "B"])
    stage.bring("Vendor", invoice("F1", "A", ("PAPER", "4", "12.00")))
    with stage.as_("B") as other, pytest.raises(NotKnown):
        actions.dispute(other, stage.agreement, document="F1", line="1", said="Mine?")
    with stage.as_("A") as buyer:
        made = actions.dispute(buyer, stage.agreement, document="F1", line="1", said="10.00 was agreed")
        assert actions.dispute(buyer, stage.agreement, document="F1", line="1", said="Again") == made
    for name in ("Owner", "B"):
        with stage.as_(name):
            assert not Dispute.objects.exists()
    with stage.as_("Vendor") as vendor:
        actions.answer_dispute(vendor, stage.agreement, dispute=made, credit=True, answer="")
        actions.answer_dispute(vendor, stage.agreement, dispute=made, credit=False, answer="No")
        assert Dispute.objects.get().state == "credited"
    assert Entry.objects.filter(act__in=("dispute_line", "answer_dispute")).count() == 2


def test_every_test_that_counsel_is_told_of_is_there() -> None:
    named = set(re.findall(r"`(test_\w+)`", PAGE.read_text(encoding="utf-8")))
    there = {
        name
        for path in TESTS.rglob("test_*.py")
        for name in re.findall(r"def (test_\w+)\(", path.read_text(encoding="utf-8"))
    }
    assert len(named) >= 20
    assert named <= there, named - there
