"""Rows of one's own book that may be one: proposed with reasons, merged, undone, remembered; nobody else is touched."""

from collections.abc import Iterator

import pytest

from amont.catalogue.facts import LineDraft
from amont.catalogue.facts_sites import SiteDraft, SiteFact
from amont.catalogue.models import Item, Site
from amont.catalogue.rules import Outcome
from amont.chain.actions import alike as actions
from amont.chain.actions import pairing
from amont.chain.actions.claims import bring_paths
from amont.chain.actions.contacts import add_contact, bring_contacts
from amont.chain.actions.lines import bring_lines
from amont.chain.actions.single_sites import edit_site
from amont.chain.actions.sites import bring_sites
from amont.chain.facts_book import ContactDraft, PathDraft, PlaceDraft, SupplierDraft
from amont.chain.models import Alike, ClaimedPath, ClaimedPlace, ClaimedStep, Contact, Input, Merge, Source
from amont.chain.read import alike, book, sites
from amont.disclosure.guard import looking_as
from amont.kernel.errors import Denied, NotKnown, Refused
from amont.kernel.viewer import Role, Viewer
from amont.ledger.models import Entry
from amont.parties.models import Organization

pytestmark = pytest.mark.django_db


@pytest.fixture
def me() -> Iterator[Viewer]:
    viewer = Viewer(Organization.objects.create(name="Maison Essai", country="FR").pk)
    with looking_as(viewer):
        yield viewer


def rows_of_all() -> dict[str, list[dict[str, object]]]:
    """Return all rows of the own book, claims, lines and sources, but for the times at which a step was laid anew."""
    tables = (Contact, ClaimedPlace, ClaimedPath, Source, Input, Item, Site)
    found = {table.__name__: list(table.objects.order_by("pk").values()) for table in tables}
    steps = ClaimedStep.objects.order_by("path_id", "position").values("path_id", "position", "place_id")
    return {**found, "ClaimedStep": list(steps)}


def names(viewer: Viewer) -> list[str]:
    return [each.name for each in book.all_contacts(viewer)]


def firm(viewer: Viewer, name: str) -> str:
    return next(each.contact for each in book.all_contacts(viewer) if each.name == name)


def place(viewer: Viewer, name: str) -> str:
    return next(each.site for each in sites.standing(viewer) if each.name == name)


def paths(viewer: Viewer, *rows: tuple[tuple[str, str], ...]) -> None:
    drafts = [
        PathDraft(at, tuple(PlaceDraft(firm=firm, facility=site) for firm, site in row))
        for at, row in enumerate(rows, 2)
    ]
    line = Item.objects.filter(name="Palm").values_list("public_id", flat=True).first()
    new = None if line else LineDraft(row=0, name="Palm")
    bring_paths(viewer, drafts, line=line or "", new_line=new)


def a_book(viewer: Viewer) -> None:
    """Two writings of one firm, both in the book with lines, facilities and paths."""
    for at, name in enumerate(("Huiles Verdane", "Huiles Verdanne"), 2):
        supplier = {at: SupplierDraft(ContactDraft(row=at, name=name, email=f"{at}@firm.example"), f"ref {at}")}
        bring_lines(viewer, [LineDraft(row=at, reference=f"L{at}", name="Palm oil")], supplier, kind="ingredient")
    both = SupplierDraft(ContactDraft(row=2, name="Huiles Verdanne"))
    bring_lines(viewer, [LineDraft(row=2, reference="L2", name="Palm oil")], {2: both}, kind="ingredient")
    paths(
        viewer,
        (("Huiles Verdane", "Lyon"), ("Rimba", "Kelana")),
        (("Huiles Verdanne", "Lyon"), ("Rimba", "Kelana")),
        (("Huiles Verdanne", "Nantes"), ("Huiles Verdane", "Nantes"), ("Rimba", "Kelanna")),
    )


def test_a_merge_moves_all_that_refers_to_the_one_that_goes_and_its_undo_brings_all_back(me: Viewer) -> None:
    a_book(me)
    before = rows_of_all()
    merge = actions.merge(me, kind="firm", keep=firm(me, "Huiles Verdane"), gone=firm(me, "Huiles Verdanne"))
    assert names(me) == ["Huiles Verdane", "Rimba"]
    kept = Contact.objects.get(name="Huiles Verdane")
    assert set(Source.objects.values_list("contact_id", flat=True)) == {kept.pk}
    assert Source.objects.count() == 2
    assert sorted(ClaimedPlace.objects.filter(contact=kept).values_list("name", flat=True)) == ["Lyon", "Nantes"]
    assert ClaimedPath.objects.count() == 2  # two that are one now
    actions.undo_merge(me, merge)
    assert rows_of_all() == before
    assert [row.act for row in Entry.objects.order_by("-pk")[:2]] == ["undo_merge", "merge"]


def test_merging_and_undoing_twice_change_nothing_more(me: Viewer) -> None:
    a_book(me)
    before = rows_of_all()
    keep, gone = firm(me, "Huiles Verdane"), firm(me, "Huiles Verdanne")
    merge = actions.merge(me, kind="firm", keep=keep, gone=gone)
    lines = Entry.objects.count()
    assert actions.merge(me, kind="firm", keep=keep, gone=gone) == merge
    assert (Merge.objects.count(), Entry.objects.count()) == (1, lines)
    actions.undo_merge(me, merge)
    actions.undo_merge(me, merge)
    assert rows_of_all() == before


def test_what_was_merged_is_known_again_when_it_is_brought_again(me: Viewer) -> None:
    a_book(me)
    actions.merge(me, kind="firm", keep=firm(me, "Huiles Verdane"), gone=firm(me, "Huiles Verdanne"))
    actions.merge(me, kind="place", keep=place(me, "Kelana"), gone=place(me, "Kelanna"))
    stands = rows_of_all()
    a_book(me)
    assert bring_contacts(me, [ContactDraft(row=2, name="HUILES VERDANNE")])[0].outcome is Outcome.UNCHANGED
    after = rows_of_all()
    assert {table: len(rows) for table, rows in after.items()} == {table: len(rows) for table, rows in stands.items()}
    assert after["ClaimedStep"] == stands["ClaimedStep"]


def test_merges_that_stand_on_one_another_are_undone_from_the_last(me: Viewer) -> None:
    for name in ("Kelana", "Kelanna", "Kellana"):
        add_contact(me, ContactDraft(row=0, name=name))
    first = actions.merge(me, kind="firm", keep=firm(me, "Kelana"), gone=firm(me, "Kelanna"))
    last = actions.merge(me, kind="firm", keep=firm(me, "Kellana"), gone=firm(me, "Kelana"))
    with pytest.raises(Refused):
        actions.undo_merge(me, first)
    assert bring_contacts(me, [ContactDraft(row=2, name="Kelanna")])[0].outcome is Outcome.UNCHANGED
    actions.undo_merge(me, last)
    actions.undo_merge(me, first)
    assert names(me) == ["Kelana", "Kelanna", "Kellana"]


def test_an_undo_that_is_not_possible_any_more_is_refused_and_changes_nothing(me: Viewer) -> None:
    a_book(me)
    merge = actions.merge(me, kind="firm", keep=firm(me, "Huiles Verdane"), gone=firm(me, "Huiles Verdanne"))
    Contact.objects.create(owner_id=me.organization_id, name="Huiles Verdanne", folded="huiles verdanne")
    before = rows_of_all()
    with pytest.raises(Refused):
        actions.undo_merge(me, merge)
    assert rows_of_all() == before


def test_two_firms_that_were_both_asked_about_one_line_are_not_merged(me: Viewer) -> None:
    a_book(me)
    Source.objects.update(asked_at="2026-11-01T00:00:00Z")
    before = rows_of_all()
    with pytest.raises(Refused):
        actions.merge(me, kind="firm", keep=firm(me, "Huiles Verdane"), gone=firm(me, "Huiles Verdanne"))
    assert rows_of_all() == before


def test_of_two_sources_of_one_line_the_one_that_was_asked_stays(me: Viewer) -> None:
    a_book(me)
    gone = Contact.objects.get(name="Huiles Verdanne")
    asked = Source.objects.filter(contact=gone).order_by("pk").last()
    assert asked is not None
    Source.objects.filter(pk=asked.pk).update(asked_at="2026-11-01T00:00:00Z")
    before = rows_of_all()
    merge = actions.merge(me, kind="firm", keep=firm(me, "Huiles Verdane"), gone=gone.public_id)
    assert Source.objects.filter(pk=asked.pk, asked_at__isnull=False).exists()
    actions.undo_merge(me, merge)
    assert rows_of_all() == before


def test_own_sites_merge_with_their_lines_and_come_apart_again(me: Viewer) -> None:
    drafts = [
        SiteDraft(row=2, name="Atelier Nord", country="FR"),
        SiteDraft(row=3, name="Atelier du Nord 2", town="Lille"),
    ]
    bring_sites(me, drafts, own=True)
    keep, gone = Site.objects.order_by("pk")
    item = Item.objects.create(owner_id=me.organization_id, name="Cap", site=gone)
    before = rows_of_all()
    merge = actions.merge(me, kind="site", keep=keep.public_id, gone=gone.public_id)
    item.refresh_from_db()
    assert (item.site_id, Site.objects.get().town) == (keep.pk, "Lille")
    actions.undo_merge(me, merge)
    assert rows_of_all() == before


def test_pairs_are_proposed_once_and_what_was_said_to_be_two_stays_two(me: Viewer) -> None:
    for name in ("Epices Karima", "Epices Karyma", "Verrerie du Lac"):
        add_contact(me, ContactDraft(row=0, name=name, country="MA"))
    assert pairing.look_for_alike(me) == 1
    pair = alike.alike(me).rows[0]
    assert {pair.one.name, pair.other.name} == {"Epices Karima", "Epices Karyma"}
    assert any(reason.is_for for reason in pair.reasons)
    actions.say_different(me, pair.alike)
    actions.say_different(me, pair.alike)
    assert pairing.look_for_alike(me) == 0
    assert (alike.alike(me).total, alike.alike_waiting(me)) == (0, 0)


def test_nobody_merges_or_sees_pairs_of_somebody_elses_book(me: Viewer) -> None:
    for name in ("Epices Karima", "Epices Karyma"):
        add_contact(me, ContactDraft(row=0, name=name, country="MA"))
    pairing.look_for_alike(me)
    pair = alike.alike(me).rows[0]
    one, other = firm(me, "Epices Karima"), firm(me, "Epices Karyma")
    merge = actions.merge(me, kind="firm", keep=one, gone=other)
    rival = Viewer(Organization.objects.create(name="Maison Rivale", country="FR").pk)
    with looking_as(rival):
        add_contact(rival, ContactDraft(row=0, name="Epices Karima", country="MA"))
        assert pairing.look_for_alike(rival) == 0
        assert alike.alike(rival).total == 0
        for act in (
            lambda: actions.say_different(rival, pair.alike),
            lambda: actions.undo_merge(rival, merge),
            lambda: actions.merge(rival, kind="firm", keep=firm(rival, "Epices Karima"), gone=one),
            lambda: sites.site(rival, one),
        ):
            with pytest.raises(NotKnown):
                act()
    assert Alike.objects.count() == 1


def test_a_reader_changes_nothing(me: Viewer) -> None:
    add_contact(me, ContactDraft(row=0, name="Epices Karima"))
    reader = Viewer(me.organization_id, role=Role.READER)
    for act in (
        lambda: pairing.look_for_alike(reader),
        lambda: actions.merge(reader, kind="firm", keep="a", gone="b"),
        lambda: actions.undo_merge(reader, "a"),
        lambda: actions.say_different(reader, "a"),
        lambda: bring_sites(reader, []),
    ):
        with pytest.raises(Denied):
            act()


def test_sites_brought_twice_change_nothing_and_other_writings_find_the_same_site(me: Viewer) -> None:
    drafts = [
        SiteDraft(row=2, name="Kelana POM", group="Rimba", country="MY", latitude=3.1, longitude=101.6),
        SiteDraft(row=3, name="Kelana 2", group="Rimba", country="MY", latitude=3.2, longitude=101.7),
        SiteDraft(row=4, name="Usine Azur", address="2 rue du Port", town="Nice", country="FR"),
        SiteDraft(row=5, name="Usine Azur", address="9 quai Sud", town="Sète", country="FR"),
    ]
    first = bring_sites(me, drafts)
    assert (len(first.outcomes), set(first.outcomes.values()), first.firms_added) == (4, {Outcome.ADDED}, 2)
    before = rows_of_all()
    assert set(bring_sites(me, drafts).outcomes.values()) == {Outcome.UNCHANGED}
    again = SiteDraft(row=2, name="KELANA PALM OIL MILL", group="RIMBA", country="MY", latitude=3.1, longitude=101.6)
    assert bring_sites(me, [again]).outcomes == {2: Outcome.UNCHANGED}
    assert rows_of_all() == before


def test_a_site_of_the_viewers_own_name_is_its_own_and_no_supplier_of_itself(me: Viewer) -> None:
    outcome = bring_sites(me, [SiteDraft(row=2, name="Atelier", firm="MAISON ESSAI", country="FR")])
    assert (outcome.own, Contact.objects.count(), Site.objects.count()) == (1, 0, 1)


def test_rows_that_contradict_each_other_about_one_identifier_are_told(me: Viewer) -> None:
    drafts = [
        SiteDraft(row=2, name="Kelana", external_id="PO1000000001", town="Kota"),
        SiteDraft(row=3, name="Kelana", external_id="PO1000000001", town="Lama"),
    ]
    outcome = bring_sites(me, drafts)
    assert (outcome.outcomes[3], outcome.clashes) == (Outcome.REFUSED, {3: 2})


def test_a_site_is_edited_by_hand_and_may_be_emptied(me: Viewer) -> None:
    bring_sites(me, [SiteDraft(row=2, name="Kelana", firm="Rimba", town="Kota", country="MY")])
    site = place(me, "Kelana")
    edited = edit_site(me, site, SiteDraft(row=0, name="Kelana Lama", country="MY", latitude=3.1, longitude=101.6))
    assert isinstance(edited, SiteFact)
    assert (edited.name, edited.town, edited.latitude) == ("Kelana Lama", "", 3.1)
    with pytest.raises(Refused):
        edit_site(me, site, SiteDraft(row=0, name=" - "))
