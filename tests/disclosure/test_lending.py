"""The two ways past the guard say why they are open, and lend no more than the items they were given."""

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest

from amont.disclosure.guard import lent, opened
from amont.disclosure.unsealed import lending, unsealed


def test_lending_tells_the_second_wall_the_items_and_nothing_once_it_is_over() -> None:
    with lending("why", (4, 12, 7)):
        assert (opened.get(), lent.get()) == ("why", "4,12,7")
    assert (opened.get(), lent.get()) == ("", None)


def test_lending_no_item_lends_nothing_rather_than_everything() -> None:
    with lending("why", ()):
        assert lent.get() == ""


def test_within_lending_what_is_unsealed_lends_nothing_and_then_it_is_as_before() -> None:
    with lending("why", (4,)):
        with unsealed("another why"):
            assert (opened.get(), lent.get()) == ("another why", None)
        assert (opened.get(), lent.get()) == ("why", "4")


def test_it_closes_when_something_breaks_inside() -> None:
    with pytest.raises(ZeroDivisionError), lending("why", (4,)):
        _ = 1 / 0
    assert (opened.get(), lent.get()) == ("", None)


@pytest.mark.parametrize("way", [lambda: unsealed(""), lambda: lending("", (1,))])
def test_without_a_reason_neither_opens(way: Callable[[], AbstractContextManager[None]]) -> None:
    with pytest.raises(ValueError, match=r"^a reason is needed$"), way():
        pass
    assert (opened.get(), lent.get()) == ("", None)
