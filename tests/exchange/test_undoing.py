"""Taking an import back: what it added goes, what it changed is set back, what others lean on stays and is told."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from amont.catalogue.actions.lines import edit_line
from amont.catalogue.facts import LineDraft
from amont.catalogue.facts_sites import SiteDraft
from amont.catalogue.models import FormerFacts, Import, Item, Site
from amont.chain.actions.single_sites import close_site, edit_site
from amont.chain.actions.undoing import undo_import
from amont.chain.facts_undo import UndoFact
from amont.chain.models import ClaimedPath, ClaimedPlace, ClaimedStep, Contact, Input, Source
from amont.chain.read.undoing import undo_planned, undone
from amont.disclosure.guard import looking_as
from amont.exchange import importing
from amont.kernel import clock
from amont.kernel.errors import Denied, NotKnown
from amont.kernel.viewer import Role, Viewer
from amont.ledger import read as ledger
from amont.ledger.models import Entry
from amont.parties.models import Organization
from made_files import as_csv, line_rows, path_rows

pytestmark = [pytest.mark.django_db, pytest.mark.both]
TABLES = (Item, Contact, Input, Source, ClaimedPath, ClaimedPlace, ClaimedStep, Site)
SITES = ["Site", "Société", "Ville", "Pays", "Latitude", "Longitude", "GLN"]
THEIRS = [
    ["Huilerie", "Oleana", "Douala", "CM", "4.05", "9.70", ""],
    ["Moulin", "Oleana", "Edéa", "CM", "", "", "4012345000016"],
]


@pytest.fixture
def viewer() -> Iterator[Viewer]:
    found = Viewer(Organization.objects.create(name="Maison Claire", country="FR").pk)
    with looking_as(found):
        yield found


def _brought(viewer: Viewer, rows: list[list[str]], **how: str) -> str:
    fact = importing.bring_file(viewer, as_csv(rows, **how), file_name="x.csv")
    importing.run(viewer, fact.public_id)
    return fact.public_id


def _rows() -> list[list[str]]:
    return [sorted(map(str, table.objects.values_list())) for table in TABLES]


@pytest.mark.parametrize(
    ("rows", "how"),
    [
        (line_rows(60), {}),
        ([["Raison sociale", "Pays"], ["Oleana", "FR"], ["Tirta", ""]], {}),
        (path_rows(40), {"delimiter": ","}),
        ([SITES, ["Atelier", "Maison Claire", "Lyon", "FR", "45.76", "4.83", "4012345000009"], *THEIRS], {}),
    ],
    ids=["lines", "contacts", "paths", "sites"],
)
def test_all_that_an_import_added_goes_and_twice_is_harmless(
    viewer: Viewer, rows: list[list[str]], how: dict[str, str]
) -> None:
    before = _rows()
    public_id = _brought(viewer, rows, **how)
    planned = undo_planned(viewer, public_id)
    assert planned is not None
    assert planned.kept == ()
    fact = undo_import(viewer, public_id)
    assert _rows() == before
    assert undone(fact.report) == planned
    lines = Entry.objects.count()
    assert undo_import(viewer, public_id).undone_at == fact.undone_at
    assert Entry.objects.count() == lines
    assert Entry.objects.order_by("sequence").last().act == "undo_import"  # type: ignore[union-attr]
    assert ledger.first_broken_line() is None
    assert undo_planned(viewer, public_id) is None


def test_a_file_comes_in_again_after_its_import_was_taken_back(viewer: Viewer) -> None:
    undo_import(viewer, _brought(viewer, line_rows(20)))
    _brought(viewer, line_rows(20))
    assert Item.objects.count() == 20


def test_what_an_import_changed_stands_again_as_before(viewer: Viewer) -> None:
    _brought(viewer, [["Réf", "Nom", "Famille", "Fournisseur", "Pays"], ["A", "Verre", "glass", "Oleana", ""]])
    before = _rows()
    rows = [["Réf", "Nom", "Famille", "Fournisseur", "Pays", "Réf. fournisseur"]]
    public_id = _brought(viewer, [*rows, ["A", "Flacon", "palm", "Oleana", "FR", "F-1"]])
    assert _rows() != before
    fact = undo_import(viewer, public_id)
    assert _rows() == before
    assert undone(fact.report).restored == 3  # type: ignore[union-attr]
    assert FormerFacts.objects.get().family == "glass"


def test_a_line_changed_since_stays_and_is_told_before_and_after(viewer: Viewer) -> None:
    public_id = _brought(viewer, [["Réf", "Nom"], ["A", "Verre"], ["B", "Carton"]])
    line = Item.objects.get(reference="A").public_id
    edit_line(viewer, line, LineDraft(row=0, reference="A", name="Verre teinté"))
    planned = undo_planned(viewer, public_id)
    assert planned is not None
    assert [(each.row, each.label, each.reason) for each in planned.kept] == [(2, "Verre teinté", "changed")]
    assert undone(undo_import(viewer, public_id).report) == planned
    assert [row.reference for row in Item.objects.all()] == ["A"]


def test_a_supplier_that_was_asked_keeps_its_line_and_its_firm(viewer: Viewer) -> None:
    public_id = _brought(viewer, line_rows(3))
    asked = Source.objects.first()
    assert asked is not None
    Source.objects.filter(pk=asked.pk).update(asked_at=clock.now())
    fact = undone(undo_import(viewer, public_id).report)
    assert fact is not None
    assert [each.reason for each in fact.kept] == ["asked"]
    assert (Item.objects.count(), Contact.objects.count(), Source.objects.count()) == (1, 1, 1)


def test_a_later_import_is_taken_back_first(viewer: Viewer) -> None:
    first = _brought(viewer, [["Réf", "Nom"], ["A", "Verre"]])
    second = _brought(viewer, [["Réf", "Nom"], ["A", "Flacon"]])
    assert len(undo_planned(viewer, first).kept) == 1  # type: ignore[union-attr]
    undo_import(viewer, second)
    assert undo_planned(viewer, first).kept == ()  # type: ignore[union-attr]
    undo_import(viewer, first)
    assert not Item.objects.exists()


def test_after_seven_days_nothing_is_taken_back(viewer: Viewer) -> None:
    public_id = _brought(viewer, line_rows(3))
    with clock.held_at(clock.now() + timedelta(days=7, minutes=1)):
        assert undo_planned(viewer, public_id) is None
        assert undo_import(viewer, public_id).undone_at is None
    assert Item.objects.count() == 3


def test_an_import_of_another_firm_is_not_known_and_a_reader_is_denied(viewer: Viewer) -> None:
    public_id = _brought(viewer, line_rows(3))
    rival = Viewer(Organization.objects.create(name="Rivale", country="FR").pk)
    with looking_as(rival), pytest.raises(NotKnown):
        undo_import(rival, public_id)
    with pytest.raises(Denied):
        undo_import(Viewer(viewer.organization_id, None, Role.READER), public_id)
    assert Item.objects.count() == 3
    assert Import.objects.get().undone_at is None


def test_what_a_file_of_sites_changed_stands_again_and_what_was_changed_since_stays(viewer: Viewer) -> None:
    _brought(viewer, [SITES, ["Atelier", "Maison Claire", "Lyon", "FR", "45.76", "4.83", ""], *THEIRS])
    before = _rows()
    more = ["Atelier", "Maison Claire", "Lyon", "FR", "45.77", "4.84", "4012345000009"]
    public_id = _brought(viewer, [[*SITES, "Adresse"], [*more, "1 rue Neuve"], [*THEIRS[0], "Port"]])
    assert _rows() != before
    fact = undo_import(viewer, public_id)
    assert undone(fact.report) == UndoFact({}, 2, ())
    assert _rows() == before


def test_a_site_brought_and_then_corrected_or_closed_stays_and_is_told_by_its_name(viewer: Viewer) -> None:
    public_id = _brought(viewer, [SITES, ["Atelier", "Maison Claire", "Lyon", "FR", "", "", ""], *THEIRS])
    own, theirs = Site.objects.get(), ClaimedPlace.objects.get(name="Huilerie")
    close_site(viewer, own.public_id)
    edit_site(viewer, theirs.public_id, SiteDraft(row=0, name="Huilerie du port", country="CM"))
    planned = undo_planned(viewer, public_id)
    assert planned is not None
    told = [(each.row, each.what, each.label, each.reason) for each in planned.kept]
    assert told == [(2, "site", "Atelier", "changed"), (3, "place", "Huilerie du port", "changed")]
    undo_import(viewer, public_id)
    assert [row.name for row in Site.objects.all()] == ["Atelier"]
    assert [row.name for row in ClaimedPlace.objects.all()] == ["Huilerie du port"]


def test_a_site_where_something_is_made_stays(viewer: Viewer) -> None:
    public_id = _brought(viewer, [SITES, ["Atelier", "Maison Claire", "Lyon", "FR", "", "", ""]])
    Item.objects.create(owner_id=viewer.organization_id, name="Savon", site=Site.objects.get())
    assert undone(undo_import(viewer, public_id).report).kept[0].reason == "in_use"  # type: ignore[union-attr]
    assert Site.objects.count() == 1
