"""What must hold of money whatever the figures, each property by its name: dates, tax, accounts, what is told."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amont.accounting.facts import Entry, Posting
from amont.accounting.rules.entries import Unbalanced, balances, check_mirrors, checked, mirror, rebate_entry, statement
from amont.accounting.rules.parts import equal, joined
from amont.accounting.rules.splits import vat
from amont.disclosure.pooling import holds, may_renew, may_tell
from amont.purchasing.rules.counting import day_that_counts
from amont.purchasing.rules.prices import (
    PriceLine,
    Sold,
    Verdict,
    exchanged,
    line_amount,
    matched,
    overlaps,
)
from amont.purchasing.rules.schemes import (
    Band,
    Formula,
    Period,
    Scheme,
)
from amont.purchasing.rules.settling import Event, settle
from purchasing.cases import scheme
from purchasing.made import ALL, DAYS, ENDS, EVENTS, KEYS, START, UNITS, money, schemes


class TestDates:
    @money
    @given(schemes(), EVENTS, st.integers(0, 60), DAYS)
    def test_21_the_date_of_the_invoice_rules_whenever_it_was_received(
        self, held: Scheme, given_: list[Event], late: int, corrected: date
    ) -> None:
        end = [START + timedelta(days=600)]
        received = [replace(each, known=each.known + timedelta(days=late)) for each in given_]
        year = replace(held, period=Period(START, START + timedelta(days=200)))
        assert settle(year, ALL, received, end) == settle(year, ALL, given_, end)
        for each in given_:
            assert day_that_counts(each.on) == each.on
            assert day_that_counts(each.on, corrected=corrected) == corrected

    @money
    @given(DAYS, st.integers(0, 60))
    def test_22_days_of_a_period_are_inclusive_at_both_ends(self, first: date, length: int) -> None:
        held = Period(first, first + timedelta(days=length))
        assert first in held
        assert first + timedelta(days=length) in held
        assert first - timedelta(days=1) not in held
        assert first + timedelta(days=length + 1) not in held

    @money
    @given(schemes(Formula.RETROACTIVE), st.integers(1, 10**8))
    def test_23_two_periods_never_count_each_others_volume(self, held: Scheme, sold: int) -> None:
        leap = date(2028, 2, 29)
        first = replace(held, period=Period(date(2027, 3, 1), leap))
        second = replace(held, period=Period(leap + timedelta(days=2), None))
        given_ = [Event("k0", leap + timedelta(days=number), sold, leap) for number in range(3)]
        end = [date(2029, 1, 1)]
        assert settle(first, ALL, given_, end)[0].volume == sold
        assert settle(second, ALL, given_, end)[0].volume == sold

    @money
    @given(schemes(), EVENTS, DAYS)
    def test_24_who_leaves_keeps_its_volume_of_the_time_it_belonged(
        self, held: Scheme, given_: list[Event], left: date
    ) -> None:
        end = [START + timedelta(days=500)]
        (found,) = settle(held, {**ALL, "k0": Period(None, left)}, given_, end)
        own = next(share for share in found.shares if share.adherent == "k0")
        assert own.volume == sum(each.units for each in given_ if each.adherent == "k0" and each.on <= left)

    @money
    @given(DAYS, DAYS, DAYS, DAYS)
    def test_25_price_lines_that_share_a_day_and_a_break_overlap(self, a: date, b: date, c: date, d: date) -> None:
        one = PriceLine("R1", "EA", Decimal(1), valid=Period(min(a, b), max(a, b)))
        other = replace(one, price=Decimal(2), valid=Period(min(c, d), max(c, d)))
        shared = any(
            START + timedelta(days=n) in one.valid and START + timedelta(days=n) in other.valid for n in range(366)
        )
        assert list(overlaps([one, other])) == ([(0, 1)] if shared else [])
        assert list(overlaps([one, replace(other, from_quantity=Decimal(10))])) == []


class TestCurrencyAndTax:
    @money
    @given(st.integers(-(10**6), 10**6), st.decimals("0.0001", 1000, places=6))
    def test_26_a_foreign_amount_is_converted_once_and_mirrors_its_credit_note(self, units: int, rate: Decimal) -> None:
        there = exchanged(units, rate, currency="JPY", into="EUR")
        assert abs(there - Fraction(units) * Fraction(rate) * 100) <= Fraction(1, 2)
        assert exchanged(-units, rate, currency="JPY", into="EUR") == -there

    @money
    @given(schemes(), EVENTS, ENDS)
    def test_27_shares_are_paid_in_the_agreements_currency_and_leave_no_rounding_over(
        self, held: Scheme, given_: list[Event], days: list[date]
    ) -> None:
        for made in settle(held, ALL, given_, days):
            deltas = {share.adherent: share.delta for share in made.shares}
            entry = rebate_entry(key="1", on=made.on, currency=held.currency, deltas=deltas, supplier="supplier")
            if entry is None:
                assert made.delta == 0
                continue
            assert entry.currency == held.currency
            owed = sum(posting.units for posting in entry.postings if posting.account == "supplier")
            assert owed == -made.delta, "no account of rounding: the parts are the whole"

    @money
    @given(st.dictionaries(st.sampled_from([Fraction(1, 5), Fraction(11, 200), Fraction(0)]), UNITS))
    def test_28_vat_is_rounded_once_for_each_rate(self, net: dict[Fraction, int]) -> None:
        found = vat(net)
        assert all(abs(found[rate] - rate * units) <= Fraction(1, 2) for rate, units in net.items())
        assert found.get(Fraction(0), 0) == 0

    @money
    @given(st.integers(1, 400), st.decimals(0, 100, places=6), st.integers(-5, 5))
    def test_30_a_one_cent_error_against_the_list_is_caught(self, quantity: int, price: Decimal, off: int) -> None:
        line = PriceLine("R1", "EA", price)
        right = line_amount(Decimal(quantity), price, currency="EUR")
        found = matched([line], Sold("R1", "EA", Decimal(quantity), START, right + off), currency="EUR")
        bigger = abs(right + off) > abs(right)
        assert found.verdict is (Verdict.RIGHT if not off else Verdict.OVER if bigger else Verdict.UNDER)
        assert found.differs_by(right + off) == off


class TestAccounts:
    @money
    @given(st.lists(st.dictionaries(KEYS, UNITS), max_size=6))
    def test_31_accounts_sum_to_nothing_and_members_to_the_group(self, deltas: list[dict[str, int]]) -> None:
        made = [
            rebate_entry(key=str(number), on=START, currency="EUR", deltas=each, supplier="supplier")
            for number, each in enumerate(deltas)
        ]
        entries = [each for each in made if each is not None]
        held = balances(entries)
        assert sum(held.values()) == 0
        assert -held.get("supplier", 0) == sum(sum(each.values()) for each in deltas)
        for key in {key for each in deltas for key in each}:
            lines = statement(entries, key)
            assert (lines[-1].balance if lines else 0) == sum(each.get(key, 0) for each in deltas)

    @money
    @given(st.dictionaries(KEYS, UNITS, min_size=1).filter(lambda held: any(held.values())))
    def test_31_an_entry_is_taken_back_once_and_by_its_mirror_alone(self, deltas: dict[str, int]) -> None:
        entry = rebate_entry(key="1", on=START, currency="EUR", deltas=deltas, supplier="supplier")
        assert entry is not None
        back = mirror(entry, key="2", on=START)
        check_mirrors([entry, back])
        assert not any(balances([entry, back]).values())
        with pytest.raises(Unbalanced):
            check_mirrors([entry, back, replace(back, key="3")])
        with pytest.raises(Unbalanced):
            check_mirrors([entry, replace(entry, key="2", reverses="1")])
        with pytest.raises(Unbalanced):
            checked(Entry("4", START, "EUR", (Posting("a", 1),)))

    @money
    @given(schemes(), EVENTS, ENDS, st.randoms())
    def test_32_whoever_holds_the_events_recomputes_every_total(
        self, held: Scheme, given_: list[Event], days: list[date], by: Any
    ) -> None:
        again = list(given_)
        by.shuffle(again)
        adherents = {key: ALL[key] for key in sorted(ALL, reverse=True)}
        assert settle(held, adherents, again, days) == settle(held, ALL, given_, days)

    @money
    @given(st.dictionaries(KEYS, st.integers(0, 100)), st.dictionaries(KEYS, st.integers(0, 100)), KEYS)
    def test_33_two_publications_never_differ_by_fewer_than_five(
        self, now: dict[str, int], before: dict[str, int], reader: str
    ) -> None:
        moved = {key: now.get(key, 0) - before.get(key, 0) for key in {*now, *before} - {reader}}
        changed = any(now.get(key, 0) != before.get(key, 0) for key in {*now, *before})
        if may_renew(now, before, reader) and changed:
            assert sum(bool(part) for part in moved.values()) >= 5

    @money
    @given(st.dictionaries(KEYS, st.integers(0, 100)), KEYS)
    def test_34_without_the_reader_five_are_left_and_none_above_a_quarter(
        self, parts: dict[str, int], reader: str
    ) -> None:
        if may_tell(parts, reader):
            rest = [part for key, part in parts.items() if key != reader and part]
            assert len(rest) >= 5
            assert 4 * max(rest) <= sum(rest)

    @money
    @given(st.dictionaries(KEYS, st.integers(0, 100)), KEYS)
    def test_35_the_owner_of_an_agreement_reads_by_the_same_rule(self, parts: dict[str, int], owner: str) -> None:
        assert may_tell(parts, owner) == (holds(parts) and holds(parts, without={owner}))

    @pytest.mark.parametrize("units", [0, 1, 99_999_999_999, -1, -99_999_999_999])
    @pytest.mark.parametrize("formula", Formula)
    def test_36_dust_signs_and_large_amounts_settle(self, units: int, formula: Formula) -> None:
        (found,) = settle(scheme(formula), ALL, [Event("k0", START, units, START)], [START])
        assert found.volume == units
        assert found.entitlement == sum(share.cumulative for share in found.shares) >= 0

    def test_36_ten_thousand_adherents_settle_to_the_cent(self) -> None:
        many = {f"a{number:05}": Period() for number in range(10_000)}
        given_ = [Event(key, START, 1 + number % 7, START) for number, key in enumerate(many)]
        (found,) = settle(replace(scheme(), bands=(Band(Fraction(0), Fraction(1, 3)),)), many, given_, [START])
        assert sum(share.cumulative for share in found.shares) == found.entitlement


class TestParts:
    @money
    @given(st.integers(0, 10**7), st.lists(st.integers(1, 12), max_size=6))
    def test_parts_of_a_cost_always_sum_to_it_whoever_joins_late(self, cost: int, months: list[int]) -> None:
        paid = joined({}, "first", cost=cost)
        for number, left in enumerate(months):
            paid = joined(paid, f"later {number}", cost=cost, left=Fraction(left, 12))
            assert sum(paid.values()) == cost

    def test_a_late_joiner_pays_by_the_time_left_and_the_earlier_ones_are_refunded(self) -> None:
        three = equal(4_500_00, ("a", "b", "c"))
        assert joined(three, "d", cost=4_500_00) == dict.fromkeys("abcd", 1_125_00)
        half = joined(three, "d", cost=4_500_00, left=Fraction(1, 2))
        assert half == {"a": 1_312_50, "b": 1_312_50, "c": 1_312_50, "d": 562_50}
        assert joined(half, "d", cost=4_500_00) == half
