"""Files that do not do: every wrong line is told at its place, at once, and nothing of the file is kept."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from amont.disclosure.unsealed import unsealed
from amont.exchange.buying.prices import bring_prices
from amont.kernel.errors import Refused
from amont.purchasing import actions
from amont.purchasing.actions.agreements import price_troubles
from amont.purchasing.facts import PriceDraft
from amont.purchasing.models import Invoice, PriceLine, PriceList, Turnover
from amont.web.buy.present import places
from purchasing.stage import Stage, founded, invoice

pytestmark = pytest.mark.django_db
YEAR = {"first_on": date(2026, 1, 1), "last_on": date(2026, 12, 31)}
KINDS = ("R{at},EA,", "R{at},EA,cheap", "R{at},EA,-1.00", "R{at},,1.00", ",EA,1.00", "R2,EA,1.00")
"""Six ways to be wrong: no price, a word, below zero, no unit, no reference, and a line that stands already."""


def _file(lines: int, wrong: int) -> tuple[bytes, set[str]]:
    """Return a price list of so many lines, so many of them wrong in six ways by turns, and the places of these."""
    rows, told, step = ["reference,unit,price"], set(), lines // wrong
    for at in range(2, lines + 2):
        number, rest = divmod(at, step)
        is_wrong = rest == 0 and len(told) < wrong
        rows.append((KINDS[number % len(KINDS)] if is_wrong else "R{at},EA,1.00").format(at=at))
        told |= {f"row {at}"} if is_wrong else set()
    return "\n".join(rows).encode(), told


def _brought(stage: Stage, content: bytes) -> Refused:
    with stage.as_("Owner") as owner:
        stage.agreement = stage.agreement or actions.draft(owner, stage.network, stage.draft())
        with pytest.raises(Refused) as found:
            bring_prices(owner, stage.agreement, content, "prices.csv", **YEAR)
    return found.value


def test_a_vendors_list_of_20000_lines_with_300_wrong_in_six_ways_is_told_whole_and_not_kept() -> None:
    stage = founded()
    content, wrong = _file(20_000, 300)
    refusal = _brought(stage, content)
    assert len(wrong) == 300
    assert set(refusal.errors) == wrong
    told = places(refusal)
    assert len(told) == 51
    assert told[-1] == "and 250 more"
    numbers = [int(each.split(":")[0].removeprefix("row ")) for each in told[:50]]
    assert numbers == sorted(numbers), "in the order of the file"
    with unsealed("a test looks that nothing was kept"):
        assert not PriceList.objects.exists()
        assert not PriceLine.objects.exists()


def test_a_list_of_one_reference_20000_times_is_told_line_by_line_in_linear_time() -> None:
    lines = [PriceDraft(f"row {at}", "A", "", "EA", Decimal(1)) for at in range(2, 20_002)]
    told = price_troubles(lines)
    assert len(told) == 19_999
    assert {len(each) for each in told.values()} == {1}


def test_of_a_list_with_cells_that_cannot_be_read_the_other_lines_are_told_as_well() -> None:
    refusal = _brought(founded(), b"reference,unit,price\nA,EA,1\nA,EA,2\nB,EA,dear\nC,EA,-1\n")
    assert set(refusal.errors) == {"row 3", "row 4", "row 5"}


def test_an_invoice_out_of_the_agreements_period_is_kept_told_and_counts_for_nothing() -> None:
    stage = founded(["A"])
    early = invoice("F0", "A", ("PAPER", "4", "10.00"), on="2025-12-31")
    found = stage.bring("Vendor", early)
    assert (found.new, found.outside) == (1, 1)
    again = stage.bring("Vendor", early)
    assert (again.new, again.there, again.outside) == (0, 1, 0)
    assert stage.bring("Vendor", invoice("F1", "A", ("PAPER", "4", "10.00"))).outside == 0
    with unsealed("a test looks what counts"):
        assert Invoice.objects.count() == 2
        assert [each.units for each in Turnover.objects.all()] == [10_00]


def test_an_agreement_that_has_ended_takes_no_buyer_and_no_price_list_past_its_days() -> None:
    stage = founded(["A"])
    stage.join("Late")
    with stage.as_("Late", datetime(2027, 1, 2, tzinfo=UTC)) as late, pytest.raises(Refused, match="not open"):
        actions.adhere(late, stage.agreement, sites=["Lyon"], starts_on=date(2027, 1, 2))
    with stage.as_("Owner") as owner, pytest.raises(Refused) as found:
        bring_prices(
            owner,
            stage.agreement,
            b"reference,unit,price\nA,EA,1\n",
            "prices.csv",
            first_on=date(2026, 12, 1),
            last_on=date(2027, 1, 31),
        )
    assert set(found.value.errors) == {"first_on"}
