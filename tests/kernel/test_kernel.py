"""Ids are opaque, moments and ids may be held still, lists are cut into pages."""

from datetime import UTC, datetime

from amont.kernel import clock, ids
from amont.kernel.paging import page_of


def test_ids_do_not_repeat_and_do_not_order_in_time() -> None:
    drawn = [ids.new_public_id() for _ in range(1000)]
    assert len(set(drawn)) == 1000
    assert drawn != sorted(drawn)
    assert {len(each) for each in drawn} == {20}


def test_a_seed_draws_the_same_ids_and_ends_with_its_block() -> None:
    with ids.seeded(7):
        first = [ids.new_public_id(), ids.new_token()]
    with ids.seeded(7):
        again = [ids.new_public_id(), ids.new_token()]
    assert first == again
    assert ids.new_public_id() not in first


def test_the_clock_may_be_held() -> None:
    moment = datetime(2026, 1, 2, tzinfo=UTC)
    with clock.held_at(moment):
        assert clock.now() == moment
        assert clock.today() == moment.date()
    assert clock.now() > moment


def test_a_page_out_of_range_is_the_nearest_one() -> None:
    rows = list(range(250))
    assert page_of(rows, 1).rows == tuple(range(100))
    assert page_of(rows, 9).rows == tuple(range(200, 250))
    assert page_of(rows, -3).number == 1
    assert page_of([], 1).pages == 1
