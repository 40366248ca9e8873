"""What tests of sight share: the worked example of the disclosure rule."""

import pytest

from small_world import SmallWorld


@pytest.fixture
def world(db: None) -> SmallWorld:  # noqa: ARG001 - rows need the database
    """Give an empty world."""
    return SmallWorld()


@pytest.fixture
def chain(world: SmallWorld) -> SmallWorld:
    """Give M's m1 above which stand t1, t2, t3: M asked T1, which passed it on to T2; both answered."""
    world.member("M")
    world.item("m1", "M")
    world.item("t1", "T1", country="FR", step="blending", family="palm")
    world.item("t2", "T2", country="MY", step="refining", family="palm")
    world.item("t3", "T3", country="ID", step="milling", family="palm", chain_end="origin_reached")
    world.ask(world.link("m1", "t1"))
    world.ask(world.link("t1", "t2"), passed=True)
    world.link("t2", "t3")
    return world
