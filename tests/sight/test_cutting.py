"""What each cut gives at its edges: see-as at most, what is kept in memory, statements without a firm, explanations."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from amont.chain.models import Input
from amont.chain.world import read as world_rows
from amont.consortia.models import Floor
from amont.disclosure import actions
from amont.disclosure.guard import looking_as
from amont.disclosure.levels import Audience, Covers, Level
from amont.disclosure.unsealed import unsealed
from amont.exchange.world.load import load
from amont.kernel import clock
from amont.kernel.errors import NotKnown
from amont.kernel.viewer import Viewer
from amont.ledger import actions as ledger
from amont.sight import operator, read
from amont.sight.actions import ask_for_more
from amont.sight.cut import whole
from amont.sight.cut.own import own_of
from amont.sight.cut.pseudonyms import firm_pseudonym, item_pseudonym
from amont.sight.cut.seen_as import seen_as
from amont.sight.facts import Mark, SeenAs
from small_world import LONG_SINCE, SmallWorld

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nothing_kept() -> None:
    whole._Shelf.kept.clear()


def ask_who_t2_is(chain: SmallWorld) -> None:
    viewer = chain.viewer("M")
    with looking_as(viewer):
        place = next(each for each in read.view(viewer).places if each.country == "MY")
        ask_for_more(viewer, place.ref, purpose="To visit")


def as_the_asker(chain: SmallWorld) -> SeenAs:
    viewer = chain.viewer("T2")
    with looking_as(viewer):
        return seen_as(viewer, chain.firm("M").public_id)


class TestSeenAsOneThatAsked:
    def test_without_a_decision_it_gets_a_nameless_place_and_no_pseudonym_is_told(self, chain: SmallWorld) -> None:
        ask_who_t2_is(chain)
        found = as_the_asker(chain)
        (place,) = found.places
        assert (found.exact, found.firm, found.name) == (False, chain.firm("M").public_id, "M")
        assert (place.mark, place.ref, place.firm, place.name) == (Mark.NAMELESS, "asked-1", "", "")
        assert (place.country, place.step, place.family, place.requested) == ("MY", "refining", "palm", True)

    @pytest.mark.parametrize(
        ("level", "mark", "country"),
        [
            (Level.FULL, Mark.NAMED, "MY"),
            (Level.NAMED, Mark.NAMED, "MY"),
            (Level.NAMELESS, Mark.NAMELESS, "MY"),
            (Level.ORIGIN, Mark.ORIGIN, "MY"),
            (Level.SEALED, Mark.SEALED, ""),
        ],
    )
    def test_a_grant_to_it_gives_that_much(self, chain: SmallWorld, level: Level, mark: Mark, country: str) -> None:
        ask_who_t2_is(chain)
        chain.grant("T2", "identity", "organization", level, audience_organization=chain.firm("M"))
        (place,) = as_the_asker(chain).places
        assert (place.mark, place.country, place.full) == (mark, country, level is Level.FULL)
        assert place.ref == (chain.items["t2"].public_id if mark is Mark.NAMED else "asked-1")
        assert place.name == ("t2" if mark is Mark.NAMED else "")
        assert place.step == ("" if mark is Mark.SEALED else "refining")
        assert place.family == ("" if mark is Mark.SEALED else "palm")

    def test_a_floor_is_counted_as_far_as_it_can_serve_it(self, chain: SmallWorld) -> None:
        ask_who_t2_is(chain)
        Floor.objects.create(charter=chain.charter, family="palm", level=3, holds_from=LONG_SINCE)
        ledger.append(None, "test", network=True)
        (place,) = as_the_asker(chain).places
        assert (place.mark, place.name) == (Mark.NAMED, "t2")

    def test_only_the_item_at_the_link_it_asked_about_is_shown(self, chain: SmallWorld) -> None:
        chain.item("other", "T2")
        chain.link("t1", "other")
        ask_who_t2_is(chain)
        assert len(as_the_asker(chain).places) == 1

    def test_a_firm_that_never_asked_is_not_known(self, chain: SmallWorld) -> None:
        viewer = chain.viewer("T2")
        for public_id in (chain.firm("M").public_id, chain.firm("T3").public_id, "never-was"):
            with looking_as(viewer), pytest.raises(NotKnown):
                seen_as(viewer, public_id)


class TestSeenAsACustomer:
    def test_it_gets_the_item_it_buys_and_what_stands_above_within_the_firm(self, chain: SmallWorld) -> None:
        chain.item("t2b", "T2", country="MY")
        chain.link("t2", "t2b")
        viewer = chain.viewer("T2")
        with looking_as(viewer):
            found = seen_as(viewer, chain.firm("T1").public_id)
        assert (found.exact, found.firm, found.name) == (True, chain.firm("T1").public_id, "T1")
        assert {place.name for place in found.places if place.mark is Mark.NAMED} == {"t2", "t2b"}
        assert {(step.buyer, step.supplier) for step in found.steps} == {
            (chain.items["t2"].public_id, chain.items["t2b"].public_id)
        }

    def test_nothing_of_others_enters(self, chain: SmallWorld) -> None:
        chain.grant("T2", "sourcing", "chain", 4)
        chain.grant("T3", "identity", "chain", 4)
        viewer = chain.viewer("T2")
        with looking_as(viewer):
            found = seen_as(viewer, chain.firm("T1").public_id)
        assert {place.name for place in found.places} == {"t2"}

    def test_a_purchase_that_begins_later_shows_nothing_yet(self, chain: SmallWorld) -> None:
        chain.item("n", "N")
        chain.link("n", "t2", accepted_at=clock.now() + timedelta(days=1))
        viewer = chain.viewer("T2")
        with looking_as(viewer):
            assert seen_as(viewer, chain.firm("N").public_id).places == ()

    def test_a_purchase_shows_from_the_very_moment_it_begins(self, chain: SmallWorld) -> None:
        chain.item("n", "N")
        begins = clock.now() + timedelta(days=1)
        chain.link("n", "t2", accepted_at=begins)
        viewer = chain.viewer("T2")
        with looking_as(viewer), clock.held_at(begins):
            assert [place.name for place in seen_as(viewer, chain.firm("N").public_id).places] == ["t2"]
            assert chain.firm("N").pk in {link.other for link in own_of(viewer, "", begins).sold}


class TestWhatIsKept:
    def test_the_same_view_is_given_again_and_another_moment_is_not_kept(self, chain: SmallWorld) -> None:
        viewer = chain.viewer("M")
        with looking_as(viewer):
            first = whole.whole(viewer)
            assert whole.whole(viewer) is first
            assert whole.whole(viewer, at=clock.now()) is not first

    def test_within_one_moment_it_is_given_again(self, chain: SmallWorld) -> None:
        viewer = chain.viewer("M")
        with looking_as(viewer), clock.held_at(clock.now()):
            assert whole.whole(viewer) is whole.whole(viewer)

    def test_it_bears_the_viewers_own_pseudonyms(self, chain: SmallWorld) -> None:
        viewer = chain.viewer("M")
        with looking_as(viewer):
            (place,) = (each for each in whole.whole(viewer).view.places if each.country == "MY")
        t1, t2 = chain.items["t1"].pk, chain.items["t2"].pk
        assert place.ref == item_pseudonym(viewer.organization_id, item=t2, head=t1)
        assert place.firm == firm_pseudonym(viewer.organization_id, organization=chain.firm("T2").pk, head=t1)

    def test_a_firm_without_items_sees_nothing(self, chain: SmallWorld) -> None:
        viewer = chain.viewer("Newcomer")
        with looking_as(viewer):
            found = whole.whole(viewer)
        assert (found.view.own, found.view.places, found.view.steps) == ((), (), ())

    def test_each_viewer_gets_its_own(self, chain: SmallWorld) -> None:
        for firm in ("M", "T1"):
            with looking_as(chain.viewer(firm)):
                names = {place.name for place in whole.whole(chain.viewer(firm)).view.own}
            assert names == {"m1" if firm == "M" else "t1"}

    def test_the_oldest_makes_room(self, chain: SmallWorld, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(whole, "_MOST_KEPT", 2)
        for firm in ("M", "T1", "M", "T2"):
            with looking_as(chain.viewer(firm)):
                whole.whole(chain.viewer(firm))
        assert list(whole._Shelf.kept) == [chain.firm("T1").pk, chain.firm("T2").pk]

    def test_what_changed_while_it_was_computed_is_computed_again(
        self, chain: SmallWorld, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        right, times = whole._computed, []

        def computed(*arguments: Any) -> Any:
            found = right(*arguments)
            times.append(found)
            if len(times) == 1:
                ledger.append(None, "test", network=True)
            return found

        monkeypatch.setattr(whole, "_computed", computed)
        viewer = chain.viewer("M")
        with looking_as(viewer):
            assert whole.whole(viewer) is times[1]
        assert len(times) == 2

    @pytest.mark.parametrize("boundary", ["a grant starts", "a grant ends", "a link begins", "a quarter begins"])
    def test_it_ends_at_the_next_moment_at_which_something_changes_by_itself(
        self, chain: SmallWorld, boundary: str
    ) -> None:
        now, then = datetime(2026, 5, 10, tzinfo=UTC), datetime(2026, 5, 20, tzinfo=UTC)
        if boundary == "a grant starts":
            chain.grant("T3", "identity", "chain", 0, starts_at=then)
        elif boundary == "a grant ends":
            chain.grant("T3", "identity", "chain", 0, until_at=then)
        elif boundary == "a link begins":
            chain.item("n", "N")
            chain.link("m1", "n", accepted_at=then)
        else:
            then = datetime(2026, 7, 1, tzinfo=UTC)
        viewer = chain.viewer("M")
        with looking_as(viewer):
            with clock.held_at(now):
                first = whole.whole(viewer)
            with clock.held_at(then - timedelta(microseconds=1)):
                assert whole.whole(viewer) is first
            with clock.held_at(then):
                again = whole.whole(viewer)
            assert again is not first
            with clock.held_at(now):  # nor is what came later given for what was before
                assert whole.whole(viewer) is not again


class TestStatements:
    def test_a_link_not_yet_accepted_without_a_firm_in_the_book_is_stated_without_a_name(
        self, world: SmallWorld
    ) -> None:
        world.item("m1", "M")
        world.item("t1", "T1", country="MY")
        world.link("m1", "t1", status="declared", accepted_at=None)
        viewer = world.viewer("M")
        with looking_as(viewer):
            (place,) = read.view(viewer).places
        assert (place.mark, place.organization, place.contact, place.country, place.asked) == (
            *(Mark.STATED, "", "", "", True),
        )

    def test_what_is_stated_after_the_moment_does_not_show(self, world: SmallWorld) -> None:
        world.item("m1", "M")
        world.state("m1", "Somebody")
        viewer = world.viewer("M")
        with looking_as(viewer):
            assert len(read.view(viewer).places) == 1
            assert read.view(viewer, at=LONG_SINCE).places == ()

    def test_what_a_link_stood_for_before_it_ended_is_not_stated_any_more(self, world: SmallWorld) -> None:
        world.item("m1", "M")
        world.item("t1", "T1")
        world.link("m1", "t1", status="ended")
        viewer = world.viewer("M")
        with looking_as(viewer):
            assert read.view(viewer).places == ()

    def test_what_an_owner_gives_its_customers_is_shown_to_a_customer(self, chain: SmallWorld) -> None:
        chain.state("t1", "Somebody", country="BR")
        chain.grant("T1", "sourcing", "customers", 2)
        chain.grant("T1", "sourcing", "requesters", 0)
        chain.grant("T1", "sourcing", "chain", 0)
        viewer = chain.viewer("M")
        with looking_as(viewer):
            stated = [place.country for place in read.view(viewer).places if place.mark is Mark.STATED]
        assert stated == ["BR"]

    def test_a_step_between_names_bears_the_input_it_serves_and_no_other_does(self, chain: SmallWorld) -> None:
        with unsealed("a test's stage"):
            for row in Input.objects.all():
                row.name = f"what {row.item_id} needs"
                row.save()
        ledger.append(None, "test", network=True)
        viewer, m1, t1 = chain.viewer("M"), chain.items["m1"], chain.items["t1"]
        with looking_as(viewer):
            steps = read.view(viewer).steps
        assert {step.input for step in steps if step.supplier == t1.public_id} == {f"what {m1.pk} needs"}
        assert {step.input for step in steps if step.supplier != t1.public_id} == {""}


class TestAskingForMore:
    def test_only_a_nameless_place_may_be_asked_about(self, chain: SmallWorld) -> None:
        viewer = chain.viewer("M")
        with looking_as(viewer):
            refs = [place.ref for place in (*read.view(viewer).own, *read.view(viewer).places)]
            nameless = [place.ref for place in read.view(viewer).places if place.mark is Mark.NAMELESS]
            for ref in [*(ref for ref in refs if ref not in nameless), "never-was"]:
                with pytest.raises(NotKnown):
                    ask_for_more(viewer, ref, purpose="To visit")
        assert len(nameless) == 2

    def test_the_owners_that_keep_it_nameless_are_asked(self, chain: SmallWorld) -> None:
        viewer = chain.viewer("M")
        with looking_as(viewer):
            place = next(each for each in read.view(viewer).places if each.country == "MY")
            key, keepers = whole.keepers_of(viewer, place.ref)
        assert key == (chain.items["t2"].pk, chain.items["t1"].pk)
        assert {(side, owner) for _link, side, owner in keepers} == {
            (Covers.SOURCING, chain.firm("T1").pk),
            (Covers.IDENTITY, chain.firm("T2").pk),
        }


class TestForAnOperator:
    def test_an_explained_view_tells_ways_heads_and_deciding_grants(self) -> None:
        chain = (("m1", "M"), ("t1", "T1"), ("t2", "T2"))
        content = {
            "consortium": {"name": "Small"},
            "organizations": [{"key": firm, "name": firm, "country": "FR"} for _, firm in chain],
            "items": [{"key": key, "organization": firm, "name": key} for key, firm in chain],
            "links": [
                {"key": "a", "buyer_item": "m1", "supplier_item": "t1"},
                {"key": "b", "buyer_item": "t1", "supplier_item": "t2"},
            ],
            "requests": [{"link": "a", "status": "answered"}, {"link": "b", "status": "answered", "passed": True}],
            "grants": [{"grantor": "T2", "covers": "identity", "audience": "requesters", "level": 2}],
        }
        load(json.dumps(content))
        at = datetime(2027, 1, 1, tzinfo=UTC)
        _key, view, told = operator.view_of("M", at=at, explain=True)
        assert told is not None
        nameless = next(place for place in view.places if place.mark is Mark.NAMELESS)
        (way,) = told.of(nameless.ref)["ways"]  # type: ignore[misc,attr-defined]
        assert (way["from"], way["link"], way["level"]) == ("t1", "b", 2)
        assert len(way["grants"]) == 1
        assert told.of(nameless.ref)["head"] == "t1"
        assert told.of(next(place for place in view.places if place.mark is Mark.NAMED).ref)["ways"]
        assert [key for key, _view, told in operator.views(at=at) if told is None] == ["M", "T1", "T2"]
        viewer = world_rows.viewer_of("M")
        assert isinstance(viewer, Viewer)


def test_a_decision_shows_in_the_next_view(chain: SmallWorld) -> None:
    viewer, owner = chain.viewer("M"), chain.viewer("T2")
    with looking_as(viewer):
        before = read.view(viewer)
    with looking_as(owner):
        actions.grant(owner, covers=Covers.IDENTITY, audience=Audience.REQUESTERS, level=Level.SEALED)
    with looking_as(viewer):
        after = read.view(viewer)
    assert [place.mark for place in before.places].count(Mark.NAMELESS) == 2
    assert [place.mark for place in after.places].count(Mark.NAMELESS) == 0
    assert {place.mark for place in after.places} == {Mark.NAMED, Mark.ORIGIN}
