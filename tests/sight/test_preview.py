"""What the preview says each audience will get at most is what the walk then gives it."""

from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from amont.chain.snapshot import network
from amont.chain.walk import walk
from amont.disclosure.guard import looking_as
from amont.sight import read
from amont.sight.facts import Preview
from small_world import LONG_SINCE, SmallWorld

LEVELS = st.integers(0, 4)
GRANTS = st.lists(
    st.tuples(
        st.sampled_from(["identity", "sourcing"]),
        st.sampled_from(["customers", "requesters", "chain"]),
        LEVELS,
        st.sampled_from(["item", "organization"]),
        st.booleans(),
    ),
    max_size=5,
)
NOW = datetime(2026, 1, 15, tzinfo=UTC)


def _preview(world: SmallWorld, firm: str, item: str) -> Preview:
    viewer = world.viewer(firm)
    with looking_as(viewer):
        return read.preview(viewer, item=world.items[item].public_id, at=NOW)


def _levels(world: SmallWorld, firm: str, item: str) -> int:
    """Return the level at which a firm sees an item: of the place, or of what is counted."""
    walked = walk(network(), world.firm(firm).pk, NOW)
    key = world.items[item].pk
    places = [each.level for place, each in walked.named.items() if place == key]
    places += [each.level for (place, _), each in walked.nameless.items() if place == key]
    places += [1 for _, place in walked.origins if place == key]
    return max(places, default=0)


def _middle(world: SmallWorld, accepted: datetime) -> None:
    """Put S in the middle: D buys s from it and has asked, R asked through D, C came through another without asking.

    Everybody else lets everything be seen, so that what is left is what S gives.
    """
    when = {"accepted_at": accepted}
    for name, firm in (("d", "D"), ("s", "S"), ("up", "Up"), ("r", "R"), ("c", "C"), ("d2", "D2")):
        world.item(name, firm)
    first = world.link("d", "s", **when)
    world.ask(first)
    world.ask(world.link("r", "d", **when))
    world.link("c", "d2", **when)
    world.link("d2", "s", **when)
    world.ask(world.link("s", "up", **when), passed=True)
    for firm in ("D", "D2", "Up"):
        for covers in ("identity", "sourcing"):
            world.grant(firm, covers, "chain", 4)


class PreviewEqualsTheWalk(TestCase):
    """For random grants of the firm in the middle."""

    @settings(deadline=None, max_examples=60)
    @given(grants=GRANTS, defaults=st.tuples(LEVELS, LEVELS, LEVELS), old=st.booleans())
    def test_the_preview_is_what_such_a_viewer_then_gets(
        self, grants: list[tuple[str, str, int, str, bool]], defaults: tuple[int, int, int], *, old: bool
    ) -> None:
        """Over links accepted today exactly that; over old ones, where a name was perhaps given once, at most that."""
        world = SmallWorld()
        world.charter.customers, world.charter.requesters, world.charter.chain = defaults
        world.charter.save()
        _middle(world, LONG_SINCE if old else NOW)
        for number, (covers, audience, level, subject, over) in enumerate(grants):
            about = {"item": world.items["s"]} if subject == "item" else {}
            ends = {"revoked_at": NOW - timedelta(days=10)} if over else {}
            world.grant("S", covers, audience, level, starts_at=NOW - timedelta(days=300 - number), **about, **ends)
        said = _preview(world, "S", "s")
        identity = {each.audience: each.level for each in said.identity}
        sourcing = {each.audience: each.level for each in said.sourcing}
        customer, asker, passer = (_levels(world, firm, "s") for firm in ("D", "R", "C"))
        behind = "requesters" if asker >= 2 else "chain"  # from an origin on, nobody asks
        pairs = [
            (customer, identity["customers"]),
            (asker, identity["requesters"]),
            (passer, identity["chain"]),
            (_levels(world, "D", "up"), min(customer, sourcing["customers"])),
            (_levels(world, "R", "up"), min(asker, sourcing[behind])),
            (_levels(world, "C", "up"), min(passer, sourcing["chain"])),
        ]
        assert all(got <= told for got, told in pairs)
        assert old or all(got == told for got, told in pairs)


def test_by_default_customers_read_the_name_askers_no_name_and_the_chain_an_origin(chain: SmallWorld) -> None:
    said = _preview(chain, "T1", "t1")
    assert [(each.audience, each.level) for each in said.identity] == [
        ("customers", 3),
        ("requesters", 2),
        ("chain", 1),
    ]
    assert said.warn
    assert "organization" in said.identity[0].shown
    assert "organization" in said.identity[1].hidden


def test_a_firm_that_a_grant_names_is_told_apart(chain: SmallWorld) -> None:
    chain.grant("T1", "identity", "organization", 4, audience_organization=chain.firm("M"))
    named = [each for each in _preview(chain, "T1", "t1").identity if each.audience == "organization"]
    assert [(each.organization, each.level) for each in named] == [("M", 4)]


def test_a_firm_that_nobody_checked_is_named_to_its_customers_alone(chain: SmallWorld) -> None:
    chain.grant("T1", "identity", "chain", 4)
    firm = chain.firm("T1")
    firm.checked_by = "none"
    firm.save()
    chain.item("more", "T1")
    said = _preview(chain, "T1", "t1")
    assert [each.level for each in said.identity] == [4, 2, 2]
    assert not said.checked


def test_a_floor_raises_what_those_who_asked_get(chain: SmallWorld) -> None:
    chain.charter.floors.create(family="palm", level=3, holds_from=datetime(2024, 1, 1, tzinfo=UTC))
    assert [each.level for each in _preview(chain, "T1", "t1").identity] == [3, 3, 1]
