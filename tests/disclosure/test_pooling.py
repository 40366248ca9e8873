"""A pooled figure is told only where nobody's part can be had from it, the reader's own part being known to it."""

from hypothesis import given, settings
from hypothesis import strategies as st

from amont.disclosure.pooling import Threshold, holds, may_publish, may_renew, may_tell

EVEN = {f"a{number}": 100 for number in range(6)}
PARTS = st.dictionaries(st.sampled_from("abcdefghij"), st.integers(-1000, 1000), max_size=10)


def test_six_even_parts_are_told_to_one_of_them() -> None:
    assert may_tell(EVEN, "a0")


def test_five_even_parts_are_told_to_a_stranger_and_not_to_one_of_the_five() -> None:
    five = {key: EVEN[key] for key in list(EVEN)[:5]}
    assert may_tell(five, "nobody")
    assert not may_tell(five, "a0")


def test_one_part_above_a_quarter_hides_the_sum() -> None:
    assert holds({**dict.fromkeys("abcdef", 10), "g": 20})
    assert not holds({**dict.fromkeys("abcdef", 10), "g": 21})


def test_a_part_that_is_a_quarter_only_without_the_reader_hides_the_sum() -> None:
    parts = {**dict.fromkeys("abcdef", 10), "g": 21, "reader": 30}
    assert holds(parts) is False
    wide = {**dict.fromkeys("abcdefgh", 10), "large": 28, "reader": 20}
    assert holds(wide)
    assert not may_tell(wide, "reader")


def test_a_published_part_is_left_out_for_everybody() -> None:
    parts = {**dict.fromkeys("abcdef", 10), "owner": 1000}
    assert not may_tell(parts, "a")
    assert may_tell(parts, "a", public={"owner"})


def test_a_charter_may_raise_the_numbers() -> None:
    assert not may_tell(EVEN, "a0", threshold=Threshold(least=8, most_percent=25))
    assert not may_tell(EVEN, "a0", threshold=Threshold(least=5, most_percent=15))


def test_a_part_of_nothing_does_not_contribute() -> None:
    assert not holds({**dict.fromkeys("abcd", 10), "e": 0})


def test_a_figure_that_differs_by_one_adherent_is_not_told_anew() -> None:
    assert not may_renew({**EVEN, "new": 100}, EVEN, "a0")


def test_a_figure_is_told_anew_once_enough_have_moved() -> None:
    assert may_renew(dict.fromkeys(EVEN, 250), EVEN, "a0")
    assert may_renew(EVEN, EVEN, "a0"), "nothing moved"
    assert may_renew(EVEN, {}, "a0"), "the first"


def test_what_the_reader_itself_moved_does_not_help() -> None:
    moved = {**EVEN, **{f"a{number}": 110 for number in range(5)}}
    assert not may_renew(moved, EVEN, "a0")
    assert may_renew({**EVEN, **{f"n{number}": 10 for number in range(5)}}, EVEN, "a0")


@given(PARTS, st.sampled_from("abcdefghijz"))
@settings(max_examples=200, deadline=None)
def test_what_is_told_to_a_contributor_would_be_told_of_the_others_alone(parts: dict[str, int], reader: str) -> None:
    others = {key: part for key, part in parts.items() if key != reader}
    if may_tell(parts, reader):
        assert holds(others)
        assert len([part for part in others.values() if part]) >= 5


@settings(max_examples=200)
@given(PARTS, PARTS)
def test_a_publication_to_all_alike_might_be_told_anew_to_each_of_them(
    now: dict[str, int], before: dict[str, int]
) -> None:
    readers = [*{*now, *before}, "nobody"]
    assert may_publish(now, before) == all(may_renew(now, before, reader) for reader in readers)


def test_of_one_publication_and_the_next_nobody_subtracts_what_another_bought() -> None:
    assert may_publish(EVEN, {})
    assert may_publish(EVEN, EVEN)
    assert not may_publish({**EVEN, "a1": 200}, EVEN)
    assert not may_publish({**EVEN, "newcomer": 100}, EVEN)
    assert may_publish({**EVEN, **{f"b{number}": 100 for number in range(6)}}, EVEN)
