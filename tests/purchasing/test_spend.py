"""Invoices counted once whatever the channel, settled to the cent, told to each by the rule on pooled figures."""

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import permutations

import pytest

from amont.exchange.rebate.parse import read_rebate
from amont.exchange.rebate.write import written
from amont.kernel.errors import Denied, NotKnown, Refused
from amont.ledger.models import Entry
from amont.parties.models import Organization
from amont.purchasing import actions, read, read_settlements
from amont.purchasing.facts import Brought, Case, DocumentDraft
from amont.purchasing.models import Invoice, InvoiceLine, Settlement, Share, Statement, Turnover
from amont.purchasing.rules.settling import Settlement as Settled
from amont.purchasing.rules.settling import settle
from purchasing.stage import Stage, founded, invoice

pytestmark = pytest.mark.django_db
SIX = ("A", "B", "C", "D", "E", "F")
PAPER = ("PAPER", "400", "1000.00")


def settle_file(case: Case) -> tuple[Settled, ...]:
    return settle(case.scheme, case.adherents, case.events, case.settlements)


def refused(act: Callable[[], object]) -> dict[str, list[object]]:
    with pytest.raises(Refused) as found:
        act()
    return found.value.errors


def test_each_line_is_held_against_the_list() -> None:
    stage = founded(["A"])
    brought = stage.bring(
        "Vendor",
        invoice(
            "F1", "A", ("PAPER", "4", "10.00"), ("PAPER", "4", "10.01"), ("PAPER", "4", "9.99"), ("GLUE", "1", "3")
        ),
    )
    assert brought == Brought(1, 0, right=1, over=1, under=1, off_list=1)
    with stage.as_("A") as buyer:
        own = read.own(buyer, stage.agreement)
        assert own.spent == Decimal("30.00"), "a line off the list does not count"
        assert [str(line.expected) for line in own.lines] == ["10.00", "10.00", "10.00", "None"]


@pytest.mark.both
@pytest.mark.parametrize("order", list(permutations(["csv", "ubl", "facturx"])))
def test_a_document_counts_once_by_every_channel_in_every_order_and_twice(order: tuple[str, ...]) -> None:
    stage = founded(["A"])
    document = invoice("F1", "A", PAPER)
    found = [stage.bring(who, document, channel=channel) for channel in order for who in ("Vendor", "A")]
    assert [(each.new, each.there) for each in found] == [(1, 0)] + [(0, 1)] * 5
    with stage.as_("Vendor"):
        assert (Invoice.objects.count(), InvoiceLine.objects.count()) == (1, 1)
        assert Turnover.objects.get().units == 1_000_00
    assert Entry.objects.filter(act="bring_documents").count() == 1


WRONG: dict[str, DocumentDraft] = {
    "another currency": invoice("F2", "A", PAPER, currency="USD"),
    "a buyer that is none": invoice("F2", "Nobody", PAPER),
    "a day to come": invoice("F2", "A", PAPER, on="2026-02-21"),
    "a credit note without its invoice": invoice("F2", "A", PAPER, kind="credit", corrects="F9"),
    "a negative total": invoice("F2", "A", ("PAPER", "-4", "-10.00")),
    "the same number with another amount": invoice("F1", "A", ("PAPER", "4", "10.01")),
    "the same number on another day": invoice("F1", "A", PAPER, on="2026-02-11"),
    "no number": invoice("", "A", PAPER),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_does_not_do_is_told_at_its_row_and_nothing_of_the_file_is_kept(name: str) -> None:
    stage = founded(["A"])
    stage.bring("Vendor", invoice("F1", "A", PAPER))
    before = Entry.objects.count()
    wrong = refused(lambda: stage.bring("Vendor", invoice("F3", "A", PAPER), WRONG[name]))
    assert set(wrong) == {WRONG[name].place}
    with stage.as_("Vendor"):
        assert Invoice.objects.count() == 1
        assert Turnover.objects.get().units == 1_000_00
    assert Entry.objects.count() == before


def test_a_buyer_learns_nothing_of_anothers_number_by_bringing_it() -> None:
    stage = founded(["A", "B"])
    stage.bring("Vendor", invoice("F1", "A", PAPER))
    assert stage.bring("B", invoice("F1", "B", ("PAPER", "4", "10.00"))).new == 1
    wrong = refused(lambda: stage.settle("2026-02-28", "2026-03-01"))
    assert "F1" in str(wrong)
    with stage.as_("Vendor") as vendor:
        theirs = Invoice.objects.exclude(channel="").get(owner=stage.firm("B").organization_id)
        actions.drop(vendor, stage.agreement, document=theirs.public_id)
        actions.drop(vendor, stage.agreement, document=theirs.public_id)
    stage.settle("2026-02-28", "2026-03-01")
    assert Entry.objects.filter(act="drop_document").count() == 1


@pytest.mark.parametrize("nature", ["reduction", "service"])
def test_29_the_nature_of_a_rebate_decides_its_document_and_the_two_are_never_mixed(nature: str) -> None:
    stage = founded()
    stage.opened(vat_nature=nature)
    stage.buyer("A")
    stage.bring("Vendor", invoice("F1", "A", PAPER))
    if nature == "service":
        assert "service" in str(refused(lambda: stage.settle("2026-02-28", "2026-03-01")))
    else:
        stage.settle("2026-02-28", "2026-03-01")
    with stage.as_("Vendor") as vendor:
        made = read_settlements.settlements(vendor, stage.agreement)
        notes = [read_settlements.settlement(vendor, stage.agreement, each.settlement).notes for each in made]
    assert [[note.net for note in each] for each in notes] == ([] if nature == "service" else [[Decimal("20.00")]])


def test_a_document_of_another_seller_never_counts() -> None:
    stage = founded(["A"])
    Organization.objects.filter(name="Vendor").update(registry_id="552 100 554")
    resold = replace(invoice("F1", "A", PAPER), seller="73282932000074")
    assert "another seller" in str(refused(lambda: stage.bring("A", resold)))
    assert stage.bring("A", replace(resold, seller="55210055400013")).new == 1


def test_nothing_counts_before_an_adhesion_starts() -> None:
    stage = founded(["A"])
    stage.bring("Vendor", invoice("F1", "A", PAPER, on="2026-01-31"))
    with stage.as_("Vendor"):
        assert not Turnover.objects.exists()


def test_a_stranger_and_a_buyer_that_was_not_accepted_bring_nothing() -> None:
    stage = founded(["A"])
    stage.join("Late")
    with pytest.raises(Denied):
        stage.bring("Late", invoice("F1", "A", PAPER))
    with pytest.raises(NotKnown):
        stage.bring("Stranger", invoice("F1", "A", PAPER))


@pytest.mark.both
def test_a_month_is_settled_once_and_each_adherent_has_its_statement() -> None:
    stage = founded(SIX)
    for name in SIX:
        stage.bring("Vendor", invoice(f"F-{name}", name, PAPER))
    first = stage.settle("2026-02-28", "2026-03-01")
    assert stage.settle("2026-02-28", "2026-03-02") == first
    assert Entry.objects.filter(act="settle").count() == 1
    with stage.as_("Vendor") as vendor:
        (listed,) = read_settlements.settlements(vendor, stage.agreement)
        made = read_settlements.settlement(vendor, stage.agreement, listed.settlement)
        assert listed == replace(made, notes=())
        assert (made.volume, made.entitlement, made.paid) == (Decimal(6000), Decimal(120), Decimal(120))
        assert [(note.net, note.vat, note.total) for note in made.notes] == [
            (Decimal("20.00"), ((Decimal("20.00"), Decimal("20.00"), Decimal("4.00")),), Decimal("24.00"))
        ] * 6
    with stage.as_("A") as buyer:
        (told,) = read.own(buyer, stage.agreement).statements
        assert (told.delta, told.percent, told.pool) == (Decimal("20.00"), Decimal(2), Decimal(6000))
        assert (told.distance, told.gain) == (Decimal(4000), Decimal(280))
        assert not Settlement.objects.exists()
        assert not Share.objects.exists()
        assert Statement.objects.count() == 1


@pytest.mark.parametrize("on", ["2026-02-27", "2026-03-31", "2025-12-31"])
def test_only_the_last_day_of_a_month_that_is_over_is_settled(on: str) -> None:
    stage = founded(["A"])
    assert "on" in refused(lambda: stage.settle(on, "2026-03-20"))
    with stage.as_("Vendor"):
        assert not Settlement.objects.exists()


def test_neither_owner_nor_buyer_settles_or_reads_settlements() -> None:
    stage = founded(["A"])
    for name, kind in (("Owner", Denied), ("A", NotKnown)):
        with stage.as_(name) as viewer:
            for act in (
                lambda: actions.settle(viewer, stage.agreement, on=date(2026, 1, 31)),
                lambda: read_settlements.settlements(viewer, stage.agreement),
                lambda: read_settlements.case(viewer, stage.agreement),
                lambda: read.adhesions(viewer, stage.agreement),
            ):
                with pytest.raises(kind):
                    act()


def test_with_five_adherents_the_pool_is_told_to_none_of_them() -> None:
    stage = founded(SIX[:5])
    for name in SIX[:5]:
        stage.bring("Vendor", invoice(f"F-{name}", name, PAPER))
    stage.settle("2026-02-28", "2026-03-01")
    with stage.as_("A") as buyer:
        (told,) = read.own(buyer, stage.agreement).statements
        assert (told.pool, told.distance, told.gain, told.pooled_on) == (None, None, None, None)
        assert told.delta == Decimal("20.00")


def test_a_figure_that_would_differ_by_one_adherent_is_not_told_anew() -> None:
    stage = founded(SIX)
    for name in SIX:
        stage.bring("Vendor", invoice(f"F-{name}", name, PAPER))
    stage.settle("2026-02-28", "2026-03-01")
    stage.bring("Vendor", invoice("F-late", "B", PAPER, on="2026-03-10"), on="2026-03-11")
    stage.settle("2026-03-31", "2026-04-01")
    with stage.as_("A") as buyer:
        latest = read.own(buyer, stage.agreement).statements[0]
        assert (latest.pool, latest.pooled_on) == (Decimal(6000), date(2026, 2, 28)), "the old figure stands"
        assert latest.delta == 0


def test_an_incremental_share_accrues_while_it_would_tell_the_pool_and_is_paid_once_it_may() -> None:
    stage = founded()
    stage.opened(formula="incremental")
    for name in SIX[:5]:
        stage.buyer(name)
        stage.bring("Vendor", invoice(f"F-{name}", name, PAPER))
    stage.settle("2026-02-28", "2026-03-01")
    with stage.as_("A") as buyer:
        (told,) = read.own(buyer, stage.agreement).statements
        assert (told.accrues, told.paid, told.percent) == (True, Decimal(0), None)
    for number, name in enumerate((*SIX, "G", "H")):
        if number > 4:
            stage.buyer(name)
        stage.bring("Vendor", invoice(f"F2-{name}", name, PAPER, on="2026-03-10"), on="2026-03-11")
    stage.settle("2026-03-31", "2026-04-01")
    with stage.as_("A") as buyer:
        latest = read.own(buyer, stage.agreement).statements[0]
        assert not latest.accrues
        assert latest.paid == latest.delta
        assert latest.paid in {Decimal("46.15"), Decimal("46.16")}
    with stage.as_("Vendor") as vendor:
        made = read_settlements.settlements(vendor, stage.agreement)
        assert sum(each.paid for each in made) == made[0].entitlement


def test_what_is_settled_month_by_month_is_what_anybody_recomputes_from_the_suppliers_file() -> None:
    source = random.Random(7)  # noqa: S311 - the same every time, on purpose
    stage = founded(SIX)
    numbers: list[tuple[str, str]] = []
    for month in range(2, 7):
        for day in (5, 20):
            name, number = source.choice(SIX), f"F{month}-{day}"
            boxes = source.randint(1, 900)
            given = [
                invoice(
                    number, name, ("PAPER", str(boxes), f"{boxes * Decimal('2.5')}"), on=f"2026-{month:02}-{day:02}"
                )
            ]
            if numbers and source.random() < 0.5:
                back, whose = source.choice(numbers)
                given.append(
                    invoice(
                        f"A{number}",
                        whose,
                        ("PAPER", "3", "7.50"),
                        on=f"2026-{month:02}-{day:02}",
                        kind="credit",
                        corrects=back,
                    )
                )
            stage.bring("Vendor", *given, on=f"2026-{month:02}-{day + 3:02}")
            numbers.append((number, name))
        if source.random() < 0.7:
            last = {2: 28, 3: 31, 4: 30, 5: 31, 6: 30}[month]
            stage.settle(f"2026-{month:02}-{last}", f"2026-{month + 1:02}-01")
    with stage.as_("Vendor") as vendor:
        case = read_settlements.case(vendor, stage.agreement)
        again = settle(case.scheme, case.adherents, case.events, case.settlements)
        kept = list(Settlement.objects.order_by("on"))
        assert len(kept) >= 3
        file = written(case, read_settlements.counted(vendor, stage.agreement))
        assert settle_file(read_rebate(file)) == again
        assert [(each.volume, each.entitlement, each.delta) for each in again] == [
            (each.volume, each.entitlement, each.delta) for each in kept
        ]
        for made, found in zip(kept, again, strict=True):
            shares = Share.objects.filter(settlement=made).values_list("volume", "cumulative", "delta")
            assert sorted(shares) == sorted((each.volume, each.cumulative, each.delta) for each in found.shares)


def test_who_leaves_keeps_what_counted_and_nothing_counts_after() -> None:
    stage = founded(["A"])
    stage.bring("Vendor", invoice("F1", "A", PAPER))
    with stage.as_("A") as buyer:
        assert "last_on" in refused(lambda: actions.leave(buyer, stage.agreement, last_on=date(2026, 1, 31)))
        actions.leave(buyer, stage.agreement, last_on=date(2026, 2, 15))
    stage.bring("Vendor", invoice("F2", "A", PAPER, on="2026-02-16"))
    with stage.as_("Vendor"):
        assert Turnover.objects.get().units == 1_000_00


def histories(seed: int) -> Stage:
    """Play a random history of adhesions, invoices and settlements."""
    source = random.Random(seed)  # noqa: S311 - the same every time, on purpose
    stage = founded()
    stage.opened(formula=source.choice(["retroactive", "incremental"]))
    names = [f"B{number}" for number in range(9)]
    joined: list[str] = []
    for month in range(2, 6):
        left = [each for each in names if each not in joined]
        for name in source.sample(left, min(len(left), source.randint(0, 4) if joined else 6)):
            stage.buyer(name)
            joined.append(name)
        for name in joined:
            if source.random() < 0.8:
                boxes = source.choice((200, 400, 600))
                net = str(Decimal(boxes) * Decimal("2.5"))
                stage.bring(
                    "Vendor",
                    invoice(f"F{month}{name}", name, ("PAPER", str(boxes), net), on=f"2026-{month:02}-10"),
                    on=f"2026-{month:02}-11",
                )
        last = {2: 28, 3: 31, 4: 30, 5: 31}[month]
        stage.settle(f"2026-{month:02}-{last}", f"2026-{month + 1:02}-01")
    return stage


@pytest.mark.parametrize("seed", range(3))
def test_over_random_histories_a_pool_is_told_only_where_five_others_moved_none_above_a_quarter(seed: int) -> None:
    stage = histories(seed)
    with stage.as_("Vendor"):
        volumes: dict[date, dict[int, int]] = {}
        for made in Settlement.objects.order_by("on"):
            volumes[made.on] = dict(Share.objects.filter(settlement=made).values_list("adhesion_id", "volume"))
        told = list(Statement.objects.order_by("on").values_list("adhesion_id", "on", "pooled_on", "accrues"))
    before: dict[int, date] = {}
    for adhesion, on, pooled_on, accrues in told:
        last = volumes.get(before.get(adhesion, date.min), {})
        if pooled_on == on:
            moved = {key: units - last.get(key, 0) for key, units in volumes[on].items() if key != adhesion}
            parts = [abs(units) for units in moved.values() if units]
            assert not parts or (len(parts) >= 5 and 4 * max(parts) <= sum(parts))
            before[adhesion] = on
        elif accrues:
            assert pooled_on != on
