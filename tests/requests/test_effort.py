"""The simulation of effort: the same every time, bounded as its assumptions say, and what docs/effort.md prints."""

from itertools import combinations
from pathlib import Path

import pytest

from amont.commands.simulate import report
from amont.consortia import read as consortia
from amont.requests.rules_effort import SHARED, Assumed, World, made, simulate

DOCS = Path(__file__).parents[2] / "docs" / "effort.md"


@pytest.fixture(scope="module")
def world() -> World:
    return made(consortia.bank("cosmetics"), Assumed())


def test_sets_share_sixty_to_ninety_percent_and_lines_are_all_spread(world: World) -> None:
    assert len(world.sets) == 18
    for one, other in combinations(world.sets, 2):
        both = len({each.code for each in one} & {each.code for each in other})
        assert all(SHARED[0] <= both / len(each) <= SHARED[1] for each in (one, other))
    assert len(world.firms) == 50
    assert sum(len(items) for firm in world.firms for items in firm.bought.values()) == 1500
    assert all(each.level <= 4 for chosen in world.sets for each in chosen)


def test_ten_times_fewer_fields_at_eighteen_customers_and_flat_from_nine_on() -> None:
    _world, rows = simulate(consortia.bank("cosmetics"), Assumed(), (1, 9, 18))
    one, nine, eighteen = rows
    assert eighteen.fewer >= 10
    assert eighteen.amont.fields <= nine.amont.fields * 1.05
    assert eighteen.workbook.fields > nine.workbook.fields * 1.9
    assert one.fewer < 2, "one customer alone spares little, and the table says so"


def test_many_products_that_nothing_is_alike_of_spare_less() -> None:
    bank = consortia.bank("cosmetics")
    _world, (few,) = simulate(bank, Assumed(), (18,))
    _world, (many,) = simulate(bank, Assumed(products=10, alike=0.0), (18,))
    assert 1 < many.fewer < few.fewer


def test_the_page_prints_what_the_command_prints() -> None:
    page = DOCS.read_text(encoding="utf-8").splitlines()
    assert [line for line in report(Assumed()) if line not in page] == []
