"""What a person keeps of its own looking: filters, and what is new since it last looked."""

from datetime import timedelta

import pytest
from django.db import transaction

from amont.disclosure.guard import looking_as
from amont.insight import actions, read, rules
from amont.insight.facts import Change, Move
from amont.insight.models import SavedFilter, Visit
from amont.kernel import clock
from amont.kernel.errors import Refused
from amont.ledger import actions as ledger
from amont.ledger.models import Entry
from amont.sight.facts import Mark
from insight.conftest import line
from stories import cast
from stories.races import at_once

pytestmark = [pytest.mark.django_db, pytest.mark.both]


def test_a_line_that_was_not_there_is_new() -> None:
    assert rules.change(None, line("a")) == Change(Move.NEW)


def test_what_shows_now_and_did_not_is_told() -> None:
    before = rules.mark_of(line("a", tier=1, counts={Mark.NAMED: 1}, countries=frozenset({"FR"})))
    now = line("a", tier=3, counts={Mark.NAMED: 2}, countries=frozenset({"FR", "GH"}), ends=frozenset({"pooled"}))
    assert rules.change(before, now) == Change(  # type: ignore[arg-type]
        Move.FURTHER, tier=3, places=1, countries=("GH",), ends=("pooled",)
    )


def test_what_shows_no_more_is_counted_and_never_said() -> None:
    before = rules.mark_of(line("a", tier=2, counts={Mark.NAMED: 2}, countries=frozenset({"GH"})))
    found = rules.change(before, line("a", tier=1, counts={Mark.NAMED: 1}))  # type: ignore[arg-type]
    assert found == Change(Move.LESS)
    assert rules.change(before, line("a", tier=2, counts={Mark.NAMED: 2})) is None  # type: ignore[arg-type]


def test_a_claim_is_not_more_that_is_seen() -> None:
    before = rules.mark_of(line("a"))
    assert rules.change(before, line("a", claimed_tier=4, counts={Mark.CLAIMED: 9})) is None  # type: ignore[arg-type]


def test_a_new_visit_tells_what_moved_since_the_last() -> None:
    brand = cast.member("Maison Claire")
    viewer = brand.viewer
    cast.line(brand, "Stearin", "Olea", "o@olea.example")
    with looking_as(viewer):
        assert read.changes(viewer) is None
        actions.note_visit(viewer)
        assert read.changes(viewer) is None, "within the first visit there is nothing to compare with"
    cast.line(brand, "Cap", "Olea", "o@olea.example")
    with transaction.atomic():
        ledger.append(None, "test", network=True)
    with looking_as(viewer), clock.held_at(clock.now() + timedelta(hours=5)):
        found = read.changes(viewer)
        assert found is not None
        assert {each.move for each in found.lines.values()} == {Move.NEW}
        actions.note_visit(viewer)
        again = read.changes(viewer)
        assert again is not None, "the visit goes on: what is new in it stays told"
        assert again.lines == found.lines
        actions.note_visit(viewer, all_seen=True)
        seen = read.changes(viewer)
        assert seen is not None
        assert not seen.lines


def test_looking_again_at_nothing_new_writes_nothing() -> None:
    viewer = cast.member("Maison Claire").viewer
    with looking_as(viewer):
        actions.note_visit(viewer)
        before = Entry.objects.count()
        actions.note_visit(viewer)
        assert Entry.objects.count() == before
        assert Visit.objects.count() == 1


def test_a_filter_is_kept_under_its_name_for_the_person_alone() -> None:
    brand = cast.member("Maison Claire")
    rival = cast.member("Rivale", cast.consortium())
    with looking_as(brand.viewer):
        actions.save_filter(brand.viewer, name=" Palm ", query="family=palm")
        actions.save_filter(brand.viewer, name="Palm", query="family=palm&tier=2")
        (kept,) = read.saved_filters(brand.viewer)
        assert (kept.name, kept.query) == ("Palm", "family=palm&tier=2")
        for name in ("", "x" * 81):
            with pytest.raises(Refused):
                actions.save_filter(brand.viewer, name=name, query="")
    with looking_as(rival.viewer):
        assert not read.saved_filters(rival.viewer)
        actions.drop_filter(rival.viewer, kept.filter)
    with looking_as(brand.viewer):
        assert SavedFilter.objects.count() == 1
        actions.drop_filter(brand.viewer, kept.filter)
        actions.drop_filter(brand.viewer, kept.filter)
        assert not read.saved_filters(brand.viewer)


@pytest.mark.django_db(transaction=True)
def test_two_first_looks_at_once_keep_one_visit() -> None:
    viewer = cast.member("Maison Claire").viewer

    def look() -> None:
        with looking_as(viewer):
            actions.note_visit(viewer)

    assert at_once(look, look, look) == []
    with looking_as(viewer):
        assert Visit.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_filter_kept_twice_at_once_is_one() -> None:
    viewer = cast.member("Maison Claire").viewer

    def keep() -> None:
        with looking_as(viewer):
            actions.save_filter(viewer, name="Palm", query="family=palm")

    assert at_once(keep, keep) == []
    with looking_as(viewer):
        assert SavedFilter.objects.count() == 1
