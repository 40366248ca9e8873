"""Imports, on both databases: counts close, twice changes nothing, one ledger line, the preview holds."""

import pytest

from amont.catalogue.models import Import, Item
from amont.catalogue.read import imports
from amont.catalogue.rules import Outcome
from amont.chain.models import ClaimedPath, ClaimedPlace, ClaimedStep, Contact, Input, Source
from amont.chain.read.claims import claims_above
from amont.disclosure.guard import looking_as
from amont.exchange import importing
from amont.kernel.errors import Denied, NotKnown
from amont.kernel.viewer import Role, Viewer
from amont.ledger import read as ledger
from amont.ledger.models import Entry
from amont.parties.models import Organization
from made_files import LINE_HEADER, PATH_HEADER, as_csv, as_xlsx, line_rows, path_row, path_rows

pytestmark = [pytest.mark.django_db, pytest.mark.both]
TABLES = (Item, Contact, Input, Source, ClaimedPlace, ClaimedPath, ClaimedStep)


@pytest.fixture
def viewer() -> Viewer:
    return Viewer(Organization.objects.create(name="Maison Claire", country="FR").pk)


def _brought(viewer: Viewer, content: bytes, name: str = "x.csv") -> dict[str, object]:
    with looking_as(viewer):
        fact = importing.bring_file(viewer, content, file_name=name)
        before = importing.preview(viewer, fact.public_id).result
        assert before is not None
        report = dict(importing.run(viewer, fact.public_id).report)
        for outcome in Outcome:
            assert report[outcome.value] == before.count(outcome), "the preview said otherwise"
        counts = [report[outcome.value] for outcome in Outcome]
        assert report["read"] == sum(each for each in counts if isinstance(each, int))
        return report


def _rows(viewer: Viewer) -> list[object]:
    with looking_as(viewer):
        return [sorted(map(str, table.objects.values_list())) for table in TABLES]


def _grown(viewer: Viewer) -> list[int]:
    with looking_as(viewer):
        return [table.objects.count() for table in TABLES]


@pytest.mark.parametrize(
    "content",
    [
        as_csv(line_rows(60)),
        as_csv([["Raison sociale", "Pays", "E-mail"], ["Oleana", "FR", "a@oleana.example"], ["Tirta", "", ""]]),
        as_csv(path_rows(80), delimiter=","),
    ],
    ids=["lines", "contacts", "paths"],
)
def test_brought_twice_the_second_time_changes_no_row(viewer: Viewer, content: bytes) -> None:
    first = _brought(viewer, content)
    rows, version = _rows(viewer), ledger.network_version()
    assert first["added"] == first["read"]
    again = _brought(viewer, content)
    assert (again["added"], again["updated"], again["unchanged"]) == (0, 0, first["read"])
    assert _rows(viewer) == rows
    assert ledger.network_version() == version
    assert ledger.first_broken_line() is None


def test_an_import_writes_one_ledger_line_without_names(viewer: Viewer) -> None:
    _brought(viewer, as_csv(line_rows(5)))
    lines = Entry.objects.order_by("sequence").values_list("act", "detail")
    assert list(lines) == [("keep_file", {}), ("bring_lines", {"rows": 5})]


def test_one_line_with_two_suppliers_takes_two_rows(viewer: Viewer) -> None:
    rows = [
        ["Réf", "Nom", "Fournisseur", "Pays"],
        ["A", "Verre", "Oleana", "FR"],
        ["A", "Verre", "Tirta", "ID"],
        ["A", "Autre", "Tirta", "ID"],
    ]
    report = _brought(viewer, as_csv(rows))
    assert (report["added"], report["updated"], report["refused"]) == (1, 1, 1)
    assert _grown(viewer)[:4] == [1, 2, 1, 2]


def test_changed_values_update_and_empty_ones_leave_what_stands(viewer: Viewer) -> None:
    _brought(viewer, as_csv([["Réf", "Nom", "Famille"], ["A", "Verre", "glass"], ["B", "Carton", "paper-board"]]))
    report = _brought(viewer, as_csv([["Réf", "Nom", "Famille"], ["A", "Flacon", ""], ["B", "Carton", ""]]))
    assert (report["updated"], report["unchanged"]) == (1, 1)
    with looking_as(viewer):
        assert list(Item.objects.order_by("reference").values_list("name", "family")) == [
            ("Flacon", "glass"),
            ("Carton", "paper-board"),
        ]


def test_a_country_completes_a_firm_and_an_unknown_one_means_the_only_firm(viewer: Viewer) -> None:
    _brought(viewer, as_csv([["Raison sociale", "Pays"], ["Oleana", ""]]))
    assert _brought(viewer, as_csv([["Raison sociale", "Pays"], ["OLÉANA", "FR"]]))["updated"] == 1
    assert _brought(viewer, as_csv([["Raison sociale", "Pays"], ["oleana", ""], ["Oleana", "ID"]]))["added"] == 1
    with looking_as(viewer):
        assert sorted(Contact.objects.values_list("name", "country")) == [("Oleana", "FR"), ("Oleana", "ID")]


def test_two_firms_bring_the_same_file_and_neither_meets_the_other(viewer: Viewer) -> None:
    rival = Viewer(Organization.objects.create(name="Rivale", country="FR").pk)
    content = as_csv(line_rows(10))
    assert _brought(viewer, content)["added"] == _brought(rival, content)["added"] == 10
    assert _grown(viewer) == _grown(rival)


def test_paths_become_a_tree_above_the_line_and_nobody_else_sees_it(viewer: Viewer) -> None:
    rows = [path_row(("Oleana", "India"), [("Garuda", "Dumai")], mill) for mill in (1, 2, 3)]
    _brought(viewer, as_csv([PATH_HEADER, *rows], delimiter=","))
    rival = Viewer(Organization.objects.create(name="Rivale", country="FR").pk)
    with looking_as(viewer):
        item = Item.objects.get()
        nodes = claims_above(viewer, [item.pk])[item.pk]
        assert (item.name, item.family) in {("Palm", "palm"), ("Palme", "palm")}
    assert [(node.depth, node.paths) for node in nodes] == [(1, 3), (2, 3), (3, 1), (3, 1), (3, 1)]
    assert {node.foot for node in nodes} == {nodes[0].contact}
    assert {(node.step, node.country) for node in nodes[2:]} == {("mill", "ID"), ("mill", "MY")}
    with looking_as(rival):
        assert claims_above(rival, [item.pk]) == {}


def test_a_mill_that_changed_its_status_is_updated_not_doubled(viewer: Viewer) -> None:
    row = path_row(("Oleana", "India"), [("Garuda", "Dumai")], 1)
    _brought(viewer, as_csv([PATH_HEADER, row], delimiter=","))
    before = _grown(viewer)
    row[PATH_HEADER.index("RSPO Status")] = "IP"
    assert _brought(viewer, as_csv([PATH_HEADER, row], delimiter=","))["updated"] == 1
    assert _grown(viewer) == before


def test_errors_name_sheet_cell_value_and_reason(viewer: Viewer) -> None:
    rows = line_rows(3)
    rows[2][7] = "Atlantide"
    report = _brought(viewer, as_xlsx({"Export": [["Titre"], *rows]}), "x.xlsx")
    assert (report["sheet"], report["added"], report["refused"]) == ("Export", 2, 1)
    (error,) = report["errors"]  # type: ignore[misc]
    assert {**error, "said": 0} == {
        "row": 4,
        "cell": "H4",
        "heading": LINE_HEADER[7],
        "value": "Atlantide",
        "code": "unknown_country",
        "said": 0,
    }


def test_a_broken_import_leaves_nothing_half_written(viewer: Viewer, monkeypatch: pytest.MonkeyPatch) -> None:
    with looking_as(viewer):
        fact = importing.bring_file(viewer, as_csv(line_rows(5)), file_name="x.csv")
        monkeypatch.setattr(importing.results, "report_of", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            importing.run(viewer, fact.public_id)
        assert imports.import_of(viewer, fact.public_id).done_at is None
    assert not any(_grown(viewer))


def test_a_file_of_another_firm_is_not_known_and_a_reader_is_denied(viewer: Viewer) -> None:
    rival = Viewer(Organization.objects.create(name="Rivale", country="FR").pk)
    with looking_as(viewer):
        fact = importing.bring_file(viewer, as_csv(line_rows(5)), file_name="x.csv")
    with looking_as(rival), pytest.raises(NotKnown):
        importing.run(rival, fact.public_id)
    reader = Viewer(viewer.organization_id, None, Role.READER)
    with looking_as(reader), pytest.raises(Denied):
        importing.run(reader, fact.public_id)
    assert not any(_grown(viewer))
    with looking_as(viewer):
        assert Import.objects.get().content is not None
