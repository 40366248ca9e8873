"""What must hold of money whatever the figures, each property by its name: numbers, tiers, what counts."""

import json
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from amont.accounting.rules.splits import NothingToSplitBy, paid_out, split
from amont.exchange.rebate.parse import read_rebate
from amont.kernel.errors import Refused
from amont.kernel.money import amount, digits, minor
from amont.purchasing.rules.counting import DocumentLine, contradictions, counted_once, is_of
from amont.purchasing.rules.foresight import what_if
from amont.purchasing.rules.prices import (
    NoSuchUnit,
    converted,
    line_amount,
)
from amont.purchasing.rules.savings import Savings, fee, price_saving
from amont.purchasing.rules.schemes import (
    Band,
    BandTrouble,
    Formula,
    Period,
    Scheme,
    amended,
    band_at,
    band_troubles,
    entitlement,
    worth,
)
from amont.purchasing.rules.settling import Event, settle
from purchasing.cases import quarters
from purchasing.made import ALL, DAYS, ENDS, EVENTS, KEYS, POSITIVE, START, UNITS, money, schemes


class TestNumbers:
    def test_1_amounts_on_the_wire_are_texts(self) -> None:
        file = quarters()
        file["events"][0]["amount"] = 12.5
        with pytest.raises(Refused):
            read_rebate(json.dumps(file))

    @money
    @given(st.decimals(-1000, 1000, places=6), st.sampled_from(["JPY", "EUR", "TND"]))
    def test_2_an_amount_is_within_half_a_minor_unit_and_mirrors_its_credit_note(
        self, each: Decimal, currency: str
    ) -> None:
        units = minor(each, currency)
        assert minor(-each, currency) == -units
        assert abs(units - Fraction(each) * 10 ** digits(currency)) <= Fraction(1, 2)
        assert minor(amount(units, currency), currency) == units

    @money
    @given(st.lists(st.tuples(st.decimals(0, 1000, places=3), st.decimals(0, 100, places=6)), max_size=10))
    def test_2_a_total_is_the_sum_of_rounded_lines(self, lines: list[tuple[Decimal, Decimal]]) -> None:
        rounded = [line_amount(quantity, price, currency="EUR") for quantity, price in lines]
        exact = sum((Fraction(quantity) * Fraction(price) * 100 for quantity, price in lines), Fraction(0))
        assert abs(sum(rounded) - exact) <= Fraction(len(lines), 2)

    @money
    @given(st.decimals(0, 1000, places=2), st.integers(1, 1000), st.decimals(0, 100, places=6))
    def test_3_a_price_per_hundred_is_a_hundredth_each(self, quantity: Decimal, base: int, price: Decimal) -> None:
        assert line_amount(quantity * base, price, base=Decimal(base), currency="EUR") == line_amount(
            quantity, price, currency="EUR"
        )

    @money
    @given(st.decimals(0, 1000, places=2), st.integers(1, 500))
    def test_3_units_are_converted_exactly_or_refused(self, quantity: Decimal, pack: int) -> None:
        factors = {("BX", "EA"): Fraction(pack)}
        there = converted(quantity, unit="BX", into="EA", factors=factors)
        assert there == Fraction(quantity) * pack
        assert converted(quantity, unit="EA", into="BX", factors=factors) * pack == Fraction(quantity)
        with pytest.raises(NoSuchUnit):
            converted(quantity, unit="KGM", into="EA", factors=factors)

    @money
    @given(st.integers(0, 10**9), POSITIVE, st.randoms())
    def test_4_shares_sum_to_the_pot_whatever_the_order(self, pot: int, weights: dict[str, int], by: Any) -> None:
        parts = split(pot, weights)
        assert sum(parts.values()) == pot
        assert min(parts.values()) >= 0
        again = list(weights.items())
        by.shuffle(again)
        assert split(pot, dict(again)) == parts

    @money
    @given(st.integers(0, 10**6), POSITIVE)
    def test_4_equal_volumes_differ_by_a_cent_at_most_and_each_share_is_next_to_exact(
        self, pot: int, weights: dict[str, int]
    ) -> None:
        parts, whole = split(pot, weights), sum(weights.values())
        for key, weight in weights.items():
            assert abs(parts[key] - Fraction(pot * weight, whole)) < 1
            assert all(abs(parts[key] - parts[other]) <= 1 for other in weights if weights[other] == weight)

    @money
    @given(st.integers(1, 10**9), st.dictionaries(KEYS, UNITS, min_size=1))
    def test_5_who_has_no_positive_volume_gets_nothing_and_leaves_the_denominator(
        self, pot: int, weights: dict[str, int]
    ) -> None:
        positive = {key: weight for key, weight in weights.items() if weight > 0}
        if not positive:
            with pytest.raises(NothingToSplitBy):
                split(pot, weights)
            return
        parts = split(pot, weights)
        assert {key: part for key, part in parts.items() if key in positive} == split(pot, positive)
        assert not any(part for key, part in parts.items() if key not in positive)

    @money
    @given(st.lists(st.dictionaries(KEYS, UNITS), max_size=6), st.integers(0, 10**6))
    def test_6_what_is_below_the_least_payout_is_carried_never_dropped(
        self, dues: list[dict[str, int]], least: int
    ) -> None:
        carried: dict[str, int] = {}
        paid_in_all = 0
        for due in dues:
            paid, carried = paid_out(due, carried=carried, least=least)
            paid_in_all += sum(paid.values())
            assert all(not units or abs(units) >= least for units in paid.values())
        assert paid_in_all + sum(carried.values()) == sum(sum(due.values()) for due in dues)


class TestTiers:
    @money
    @given(schemes(), st.integers(0, 10**9))
    def test_7_a_volume_lies_in_the_band_whose_lower_bound_it_reaches(self, held: Scheme, volume: int) -> None:
        band = band_at(held, volume)
        assert band.starts_at <= volume
        assert all(other.starts_at > volume for other in held.bands[held.bands.index(band) + 1 :])
        assert list(band_troubles(held.bands)) == []

    def test_7_bands_that_do_not_ascend_from_zero_are_told(self) -> None:
        bands = [Band(Fraction(1), Fraction(1, 50)), Band(Fraction(1), Fraction(1, 100))]
        found = {trouble for _number, trouble in band_troubles(bands)}
        assert found == {BandTrouble.NOT_FROM_ZERO, BandTrouble.NOT_ASCENDING, BandTrouble.RATE_FALLS}
        assert BandTrouble.RATE_FALLS not in {trouble for _number, trouble in band_troubles(bands, falling=True)}

    @money
    @given(schemes(Formula.RETROACTIVE), EVENTS, st.randoms())
    def test_8_order_and_splitting_of_events_change_no_entitlement(
        self, held: Scheme, given_: list[Event], by: Any
    ) -> None:
        end = [START + timedelta(days=500)]
        halves = [
            replace(each, units=part) for each in given_ for part in (each.units // 2, each.units - each.units // 2)
        ]
        by.shuffle(halves)
        assert settle(held, ALL, halves, end) == settle(held, ALL, given_, end)

    @money
    @given(schemes(Formula.RETROACTIVE), st.integers(0, 10**9), st.integers(0, 10**8))
    def test_9_incremental_is_at_most_retroactive_and_both_are_monotone(
        self, held: Scheme, volume: int, more: int
    ) -> None:
        other = replace(held, formula=Formula.INCREMENTAL)
        assert worth(other, volume) <= worth(held, volume)
        for each in (held, other):
            assert entitlement(each, volume) <= entitlement(each, volume + more)

    @money
    @given(schemes(), EVENTS, ENDS)
    def test_10_deltas_sum_to_the_last_entitlement_and_a_rerun_adds_nothing(
        self, held: Scheme, given_: list[Event], days: list[date]
    ) -> None:
        found = settle(held, ALL, given_, [*days, days[-1]])
        assert sum(each.delta for each in found) == found[-1].entitlement
        assert found[-1].delta == 0
        assert not any(share.delta for share in found[-1].shares)
        for each in found:
            assert sum(share.cumulative for share in each.shares) == each.entitlement
            assert sum(share.delta for share in each.shares) == each.delta

    @money
    @given(schemes(), EVENTS, ENDS)
    def test_11_what_is_to_come_is_shown_and_never_settled(
        self, held: Scheme, given_: list[Event], days: list[date]
    ) -> None:
        later = [
            Event("k0", days[-1] + timedelta(days=1), 10**9, days[-1]),
            Event("k0", days[0], 10**9, days[-1] + timedelta(days=1)),
        ]
        assert settle(held, ALL, [*given_, *later], days) == settle(held, ALL, given_, days)
        assert what_if(held, 0, 10**9) == entitlement(held, 10**9)

    @money
    @given(schemes(), schemes(), DAYS)
    def test_12_changed_bands_hold_from_the_start_or_begin_a_period_of_their_own(
        self, held: Scheme, anew: Scheme, on: date
    ) -> None:
        year = replace(held, period=Period(START, START + timedelta(days=365)))
        assert [each.period for each in amended(year, anew.bands, on=on, from_start=True)] == [year.period]
        parts = amended(year, anew.bands, on=on, from_start=False)
        for day in (START + timedelta(days=number) for number in range(366)):
            assert sum(day in part.period for part in parts) == 1

    @money
    @given(schemes(Formula.RETROACTIVE), st.integers(1, 10**9), st.integers(1, 10**9))
    def test_13_volume_that_falls_after_a_settlement_gives_a_correction_as_a_new_entry(
        self, held: Scheme, sold: int, back: int
    ) -> None:
        assume(back <= sold)
        given_ = [Event("k0", START, sold, START), Event("k0", START, -back, START + timedelta(days=40))]
        first, after = settle(held, ALL, given_, [START + timedelta(days=31), START + timedelta(days=62)])
        assert first.entitlement == entitlement(held, sold)
        assert after.delta == entitlement(held, sold - back) - first.entitlement <= 0


class TestCounting:
    @money
    @given(st.lists(st.tuples(st.integers(0, 5), UNITS, DAYS), max_size=15), st.data())
    def test_14_a_document_line_counts_once_by_whatever_channel_and_order(
        self, rows: list[tuple[int, int, date]], data: Any
    ) -> None:
        first = {number: (units, on) for number, units, on in rows}
        lines = [
            DocumentLine("F1", str(number), amount(units, "EUR"), Event("k0", on, 0, on))
            for number, (units, on) in first.items()
        ]
        late = [replace(line, event=replace(line.event, known=line.event.on + timedelta(days=9))) for line in lines]
        mixed = data.draw(st.permutations([*lines, *lines, *late]))
        assert list(contradictions(mixed)) == []
        by_line = {(each.on, each.units, each.known) for each in counted_once(mixed, "EUR")}
        assert by_line == {(on, units, on) for units, on in first.values()}
        assert len(list(counted_once(mixed, "EUR"))) == len(first)

    @money
    @given(st.integers(1, 10**6))
    def test_14_the_same_line_with_another_amount_is_an_error(self, units: int) -> None:
        one = DocumentLine("F1", "1", amount(units, "EUR"), Event("k0", START, 0, START))
        assert list(contradictions([one, one, replace(one, amount=amount(units + 1, "EUR"))])) == [(2, 0)]

    def test_15_an_order_is_no_event(self) -> None:
        assert set(Event.__slots__) == {"adherent", "on", "units", "known"}

    @money
    @given(schemes(), st.integers(1, 10**9), st.integers(0, 10**9))
    def test_16_a_credit_note_takes_volume_away_from_its_day_on(self, held: Scheme, sold: int, back: int) -> None:
        given_ = [Event("k0", START, sold, START), Event("k0", START + timedelta(days=5), -back, START)]
        before, after = settle(held, ALL, given_, [START + timedelta(days=4), START + timedelta(days=5)])
        assert (before.volume, after.volume) == (sold, sold - back)
        assert after.entitlement == entitlement(held, sold - back) >= 0

    @money
    @given(schemes(), EVENTS, DAYS, DAYS)
    def test_17_nothing_counts_before_an_adhesion_starts_or_after_it_ends(
        self, held: Scheme, given_: list[Event], one: date, other: date
    ) -> None:
        span = Period(min(one, other), max(one, other))
        end = [START + timedelta(days=500)]
        inside = [each for each in given_ if each.on in span]
        (found,) = settle(held, dict.fromkeys(ALL, span), given_, end)
        assert found == settle(held, ALL, inside, end)[0]
        assert found == settle(replace(held, period=span), ALL, given_, end)[0]

    @money
    @given(schemes(), EVENTS)
    def test_18_two_sites_of_one_adherent_are_one(self, held: Scheme, given_: list[Event]) -> None:
        end = [START + timedelta(days=500)]
        (found,) = settle(held, ALL, given_, end)
        own = {key: sum(each.units for each in given_ if each.adherent == key) for key in ALL}
        assert {share.adherent: share.volume for share in found.shares} == own

    @money
    @given(st.lists(st.sampled_from(["552100554", "55210055400013", "732829320", "73282932000074", "", "DE 81"])))
    def test_19_what_adherents_resell_to_each_other_never_counts(self, sellers: list[str]) -> None:
        supplier = "552 100 554 00021"
        counted = [seller for seller in sellers if is_of(seller, supplier)]
        assert counted == [seller for seller in sellers if seller.startswith("552100554") or not seller]

    @money
    @given(st.integers(0, 10**6), st.integers(0, 10**6), st.integers(0, 10**6), st.integers(0, 10**6))
    def test_20_savings_count_price_rebate_and_fees_once_and_what_was_avoided_never(
        self, price: int, rebate: int, fees: int, avoided: int
    ) -> None:
        assert Savings(price, rebate, fees, avoided).net == price + rebate - fees

    @money
    @given(st.decimals(0, 1000, places=2), st.decimals(0, 100, places=2), st.integers(0, 10**6))
    def test_20_a_price_saving_is_against_the_baseline_to_the_cent(
        self, quantity: Decimal, before: Decimal, paid: int
    ) -> None:
        saved = price_saving(before=before, paid=paid, quantity=quantity, currency="EUR")
        assert saved + paid == line_amount(quantity, before, currency="EUR")

    @money
    @given(st.integers(-(10**6), 10**6), st.decimals(0, 200, places=2), st.integers(0, 10**6))
    def test_20_a_fee_never_exceeds_the_share_or_its_cap(self, share: int, percent: Decimal, most: int) -> None:
        assert 0 <= fee(share, percent, most=most) <= min(max(share, 0), most)
