"""What a viewer reads above its items: places, stated sources, claims, and what was not asked."""

from datetime import timedelta

import pytest

from amont.chain.models import Input, Link, Source
from amont.disclosure.guard import looking_as
from amont.kernel import clock
from amont.kernel.errors import NotKnown
from amont.sight import read, rules
from amont.sight.facts import Chain, Gap, Mark, Place
from small_world import SmallWorld


def _chain(world: SmallWorld, firm: str, item: str) -> Chain:
    viewer = world.viewer(firm)
    with looking_as(viewer):
        return read.chain_above(viewer, world.items[item].public_id)


def _marked(chain: Chain, mark: Mark) -> list[Place]:
    return [place for place in chain.places if place.mark is mark]


def test_the_member_that_asked_sees_names_then_nameless_places(chain: SmallWorld) -> None:
    seen = _chain(chain, "M", "m1")
    assert [place.name for place in _marked(seen, Mark.NAMED)] == ["t1"]
    assert {place.country for place in _marked(seen, Mark.NAMELESS)} == {"MY", "ID"}
    assert all(not place.organization and not place.name for place in _marked(seen, Mark.NAMELESS))


def test_an_item_of_somebody_else_is_not_known(chain: SmallWorld) -> None:
    viewer = chain.viewer("M")
    with looking_as(viewer), pytest.raises(NotKnown):
        read.chain_above(viewer, chain.items["t1"].public_id)


def test_a_chain_holds_what_stands_above_that_item_alone(chain: SmallWorld) -> None:
    chain.item("m2", "M")
    chain.item("u", "U", country="DE")
    chain.link("m2", "u")
    assert {place.country for place in _chain(chain, "M", "m2").places} == {"", "DE"}


def test_a_stated_source_shows_to_who_asked_without_the_firms_name(chain: SmallWorld) -> None:
    chain.state("t1", "Secret Mill", country="ID", step="milling", family="palm", asked=True, input="palm kernel oil")
    stated = _marked(_chain(chain, "M", "m1"), Mark.STATED)
    assert [(place.country, place.step, place.asked) for place in stated] == [("ID", "milling", True)]
    assert "Secret Mill" not in repr(_chain(chain, "M", "m1"))


def test_a_stated_source_shows_to_its_owner_by_name(chain: SmallWorld) -> None:
    chain.state("t1", "Secret Mill", country="ID")
    stated = _marked(_chain(chain, "T1", "t1"), Mark.STATED)
    assert [place.organization for place in stated] == ["Secret Mill"]


def test_a_confirmed_statement_stays_a_stated_source_without_a_name(chain: SmallWorld) -> None:
    chain.state("t1", "Secret Mill", country="ID", asked=True)
    with looking_as(chain.viewer("T1")):
        Source.objects.filter(contact__isnull=False).update(confirmed_at=clock.now())
    stated = _marked(_chain(chain, "M", "m1"), Mark.STATED)
    assert [(place.organization, place.confirmed) for place in stated] == [("", True)]


def test_a_stated_source_does_not_show_to_who_has_not_asked(chain: SmallWorld) -> None:
    chain.item("n1", "N")
    chain.link("n1", "t1")
    chain.state("t1", "Secret Mill", country="ID")
    assert not _marked(_chain(chain, "N", "n1"), Mark.STATED)


def test_a_customer_is_shown_stated_sources_by_a_grant(chain: SmallWorld) -> None:
    chain.item("n1", "N")
    chain.link("n1", "t1")
    chain.state("t1", "Secret Mill", country="ID")
    chain.grant("T1", "sourcing", "customers", 2, item=chain.items["t1"])
    assert len(_marked(_chain(chain, "N", "n1"), Mark.STATED)) == 1


def test_sealed_sourcing_hides_stated_sources(chain: SmallWorld) -> None:
    chain.state("t1", "Secret Mill", country="ID")
    chain.grant("T1", "sourcing", "requesters", 1)
    assert not _marked(_chain(chain, "M", "m1"), Mark.STATED)


def test_acceptance_replaces_a_stated_source(chain: SmallWorld) -> None:
    source = chain.state("t1", "Secret Mill", country="ID")
    chain.item("mill", "Mill", country="ID")
    chain.link("t1", "mill")
    with chain._changing():
        source.link = Link.objects.get(supplier_item=chain.items["mill"])
        source.save()
    assert not _marked(_chain(chain, "M", "m1"), Mark.STATED)


def test_a_refusal_is_told_to_its_declarer_alone(chain: SmallWorld) -> None:
    chain.state("t1", "Secret Mill", country="ID", asked=True, refused_at=clock.now())
    assert Gap.REFUSED in {gap for _, gap in _chain(chain, "T1", "t1").gaps}
    seen = _chain(chain, "M", "m1")
    assert Gap.REFUSED not in {gap for _, gap in seen.gaps}
    assert not any(place.refused for place in seen.places)


def test_input_names_show_from_a_named_item_and_stock_only_in_full(chain: SmallWorld) -> None:
    chain.state("t1", "Secret Mill", input="palm kernel oil")
    with chain._changing():
        Input.objects.filter(name="palm kernel oil").update(stock_weeks=6, switch_months=4)
    (named,) = _marked(_chain(chain, "M", "m1"), Mark.NAMED)
    assert [(each.name, each.stock_weeks) for each in named.inputs] == [("palm kernel oil", None)]
    chain.grant("T1", "identity", "customers", 4)
    (full,) = _marked(_chain(chain, "M", "m1"), Mark.NAMED)
    assert [(each.name, each.stock_weeks, each.switch_months) for each in full.inputs] == [("palm kernel oil", 6, 4)]


def test_claims_stand_beside_the_view_as_a_tree(chain: SmallWorld) -> None:
    chain.claim("m1", "Other", "Mill A", "Field")
    chain.claim("m1", "Other", "Mill B", "Field")
    claimed = _marked(_chain(chain, "M", "m1"), Mark.CLAIMED)
    assert sorted(place.organization for place in claimed) == ["Field", "Field", "Mill A", "Mill B", "Other"]


def test_a_claim_gives_way_to_a_link_that_shows_the_firm_by_name(chain: SmallWorld) -> None:
    chain.claim("m1", "T1", "T2", "T3")
    seen = _chain(chain, "M", "m1")
    claimed = {place.organization: place.ref for place in _marked(seen, Mark.CLAIMED)}
    assert sorted(claimed) == ["T2", "T3"]
    assert any(step.buyer == chain.items["t1"].public_id and step.supplier == claimed["T2"] for step in seen.steps)


def test_a_claim_gives_way_to_the_viewers_own_link_whatever_the_names(chain: SmallWorld) -> None:
    book = chain.contact("M", "Our old friend")
    chain.item("m2", "M")
    chain.item("u", "Upstream Ltd")
    chain.link("m2", "u", contact=book)
    chain.claim("m2", "Our old friend", "Farm")
    seen = _chain(chain, "M", "m2")
    assert [place.organization for place in _marked(seen, Mark.CLAIMED)] == ["Farm"]


def test_nothing_that_others_do_namelessly_changes_a_claim(chain: SmallWorld) -> None:
    chain.claim("m1", "T1", "T2", "T3")
    before = _marked(_chain(chain, "M", "m1"), Mark.CLAIMED)
    chain.item("t4", "T4")
    chain.ask(chain.link("t3", "t4"))
    chain.firm("Field")
    chain.state("t3", "T4")
    assert _marked(_chain(chain, "M", "m1"), Mark.CLAIMED) == before


def test_a_rival_never_sees_a_claim(chain: SmallWorld) -> None:
    chain.claim("m1", "Other", "Mill A")
    for firm, item in (("T1", "t1"), ("T2", "t2")):
        assert not _marked(_chain(chain, firm, item), Mark.CLAIMED)


def test_silence_is_told_apart_from_a_stated_end(chain: SmallWorld) -> None:
    chain.item("lonely", "M")
    assert _chain(chain, "M", "lonely").gaps == ((chain.items["lonely"].public_id, Gap.NO_SUPPLIER),)
    assert _chain(chain, "M", "m1").gaps == ()
    chain.item("ends", "T2", country="MY")
    chain.link("t1", "ends")
    assert [gap for _, gap in _chain(chain, "M", "m1").gaps] == [Gap.NOT_ASKED]


def test_a_line_tells_how_far_it_is_seen(chain: SmallWorld) -> None:
    chain.claim("m1", "Other", "Mill A", "Farm", "Field")
    viewer = chain.viewer("M")
    with looking_as(viewer):
        (line,) = read.lines(viewer)
    assert (line.tier, line.stated_tier, line.claimed_tier) == (3, 0, 4)
    assert line.ends == {"origin_reached"}
    assert line.closed
    assert line.suppliers == {"T1", "Other"}


def test_what_changed_shows_at_once_and_what_did_not_is_kept(chain: SmallWorld) -> None:
    viewer = chain.viewer("M")
    with looking_as(viewer):
        first = read.view(viewer)
        assert read.view(viewer) is first
        chain.grant("T2", "identity", "requesters", 0)
        chain.grant("T2", "identity", "chain", 0)
        assert read.view(viewer) is not first
        assert {place.mark for place in read.view(viewer).places} == {Mark.NAMED, Mark.SEALED}


def test_what_is_kept_ends_with_the_grant_it_rests_on(chain: SmallWorld) -> None:
    now = clock.now()
    chain.grant("T2", "identity", "requesters", 3, starts_at=now, until_at=now + timedelta(hours=1))
    chain.grant("T1", "sourcing", "requesters", 3)
    viewer = chain.viewer("M")
    with looking_as(viewer):
        with clock.held_at(now):
            names = {place.name for place in read.view(viewer).places}
        with clock.held_at(now + timedelta(hours=1)):
            later = {place.name for place in read.view(viewer).places}
    assert "t2" in names
    assert "t2" not in later


def test_a_cycle_is_cut_and_a_repeat_is_marked(world: SmallWorld) -> None:
    world.item("m", "M")
    for name, firm in (("a", "A"), ("b", "B")):
        world.item(name, firm)
    world.link("m", "a")
    world.link("a", "b")
    world.link("b", "a")
    world.grant("A", "sourcing", "chain", 3)
    for firm in ("A", "B"):
        world.grant(firm, "identity", "chain", 3)
    world.grant("B", "sourcing", "chain", 3)
    rows = rules.unfolded(_chain(world, "M", "m"))
    assert [(row.place.name, row.depth, row.repeated, row.above) for row in rows] == [
        ("m", 0, False, 3),
        ("a", 1, False, 2),
        ("b", 2, False, 1),
        ("a", 3, True, 0),
    ]
    assert [row.closes for row in rows] == [0, 0, 0, 3]
