"""How coverage is counted."""

from dataclasses import fields

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from amont.insight.facts import Asking, Coverage, Share
from amont.insight.rules import ENDS, TONNES, asking_of, behind, condition_of, coverage
from amont.sight.facts import LineSight
from insight.conftest import line

LINES = (
    line("glycerin", family="palm", volume_band="10-100", tier=3, ends=frozenset({"origin_reached"}), closed=True),
    line("cap", family="pp", volume_band="1-10", tier=1, stated_tier=2, ends=frozenset({"recycled"})),
    line("mica", family="mica", tier=0, claimed_tier=4),
    line("box", volume_band="<1"),
)


def _count(*lines: LineSight, asked: dict[str, Asking] | None = None) -> Coverage:
    return coverage(lines, asked=asked or {}, partners=0)


def _shares(found: Coverage) -> list[Share]:
    plain = [found.closed, found.no_end, *(share for _, share in (*found.ends, *found.asked))]
    tiers = [getattr(tier, each.name) for tier in found.tiers for each in fields(tier) if each.name != "number"]
    bands = [share for band in found.bands for share in (band.lines, *band.reached)]
    return [*plain, *tiers, *bands, *(each.share for each in found.dependencies)]


def test_no_line_is_no_progress() -> None:
    found = _count()
    assert found.lines == 0
    assert {share.percent for share in _shares(found)} == {0}
    assert {share.volume_percent for share in _shares(found)} == {None}


def test_what_is_stated_or_claimed_stands_apart_from_what_is_confirmed() -> None:
    first, second, third, fourth = _count(*LINES).tiers
    assert [each.lines for each in (first.confirmed, first.stated, first.claimed, first.silent)] == [2, 0, 1, 1]
    assert [each.lines for each in (second.confirmed, second.stated, second.claimed, second.silent)] == [1, 1, 1, 1]
    assert [each.lines for each in (third.confirmed, third.stated, third.claimed, third.silent)] == [1, 0, 1, 2]
    assert [each.lines for each in (fourth.confirmed, fourth.stated, fourth.claimed, fourth.silent)] == [0, 0, 1, 3]


def test_three_tiers_show_even_where_none_is_reached() -> None:
    assert [each.number for each in _count(line("box")).tiers] == [1, 2, 3]


def test_ends_are_counted_by_kind_and_silence_apart() -> None:
    found = _count(*LINES)
    ends = {end: share.lines for end, share in found.ends}
    assert ends == {"origin_reached": 1, "recycled": 1, "synthetic": 0, "pooled": 0, "declined": 0}
    assert (found.closed.lines, found.no_end.lines) == (1, 2)


def test_volume_is_estimated_from_bands_and_only_from_lines_that_have_one() -> None:
    found = _count(*LINES)
    assert found.tiers[0].confirmed.percent == 50
    assert found.tiers[0].confirmed.volume_percent == 99  # 33 of 33.3 tonnes
    assert [band.band for band in found.bands] == ["<1", "1-10", "10-100", ""]


def test_percents_are_rounded_down_so_that_all_means_all() -> None:
    lines = [line(str(number), tier=1) for number in range(199)]
    assert _count(*lines, line("last")).tiers[0].confirmed.percent == 99
    assert _count(*lines).tiers[0].confirmed.percent == 100


def test_the_largest_dependencies_come_first_and_three_of_a_kind_at_most() -> None:
    lines = [line(str(n), countries=frozenset({"ID", f"A{n}"}), suppliers=frozenset({"Orel"})) for n in range(5)]
    found = _count(*lines).dependencies
    assert [(each.kind, each.code, each.share.lines) for each in found if each.kind == "firm"] == [("firm", "Orel", 5)]
    countries = [each for each in found if each.kind == "country"]
    assert len(countries) == 3
    assert (countries[0].code, countries[0].share.percent) == ("ID", 100)


def test_equal_lines_are_ordered_by_volume() -> None:
    small, large = line("a", family="aa", volume_band="<1"), line("b", family="zz", volume_band=">1000")
    assert [each.code for each in _count(small, large).dependencies] == ["zz", "aa"]


@pytest.mark.parametrize(
    ("statuses", "told", "expected"),
    [
        (set(), {}, Asking.NOT_ASKED),
        ({"open"}, {}, Asking.ASKED),
        ({"accepted"}, {"tier": 1}, Asking.ASKED),
        ({"declined"}, {}, Asking.DECLINED),
        ({"not_mine"}, {}, Asking.DECLINED),
        ({"declined", "open"}, {}, Asking.ASKED),
        ({"answered", "open"}, {"tier": 2}, Asking.ANSWERED),
        ({"answered"}, {"tier": 1, "ends": frozenset({"synthetic"})}, Asking.ANSWERED),
        ({"answered"}, {"tier": 1, "stated_tier": 2}, Asking.ANSWERED),
        ({"answered"}, {"tier": 1}, Asking.UNKNOWN),
    ],
)
def test_asking_counts_the_furthest(statuses: set[str], told: dict[str, object], expected: Asking) -> None:
    assert asking_of(statuses, line("x", **told)) is expected


def test_a_figure_that_is_none_has_no_lines() -> None:
    for name in (
        "",
        "x",
        "tier",
        "tier.",
        "tier.x.confirmed",
        "tier.1.",
        "tier.1.x",
        "reached.x.<1",
        "closed.x",
        "end",
    ):
        assert behind(LINES, asked={}, figure=name) is None, name


def test_a_firms_name_may_hold_dots() -> None:
    assert condition_of("firm.S.A. Orel", {}) is not None
    found = behind([line("x", suppliers=frozenset({"S.A. Orel"}))], asked={}, figure="firm.S.A. Orel")
    assert found
    assert found[0].item == "x"


sights = st.builds(
    lambda number, **told: line(str(number), **told),
    st.integers(),
    family=st.sampled_from(["", "palm", "mica"]),
    volume_band=st.sampled_from([*TONNES, ""]),
    tier=st.integers(0, 5),
    stated_tier=st.integers(0, 5),
    claimed_tier=st.integers(0, 5),
    ends=st.frozensets(st.sampled_from(ENDS)),
    closed=st.booleans(),
    countries=st.frozensets(st.sampled_from(["FR", "ID", "MY", "IN", "GH"])),
    suppliers=st.frozensets(st.sampled_from(["Orel", "Bask & Co", "S.A. Lin"])),
)


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow], deadline=None)  # a busy machine is no defect
@given(st.lists(sights, max_size=12))
def test_each_tier_counts_each_line_once_and_each_figure_opens_its_lines(lines: list[LineSight]) -> None:
    found = coverage(lines, asked={}, partners=0)
    for tier in found.tiers:
        assert sum(each.lines for each in (tier.confirmed, tier.stated, tier.claimed, tier.silent)) == len(lines)
    assert sum(share.lines for _, share in found.asked) == len(lines)
    assert sum(band.lines.lines for band in found.bands) == len(lines)
    for share in _shares(found):
        opened = behind(lines, asked={}, figure=share.figure)
        assert opened is not None
        assert len(opened) == share.lines
        assert 0 <= share.percent <= 100
        assert share.volume_percent is None or 0 <= share.volume_percent <= 100
