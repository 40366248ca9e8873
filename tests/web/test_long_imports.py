"""Long files through the pages: in the worker, with progress and cancel; taken back; columns as last time."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from amont.catalogue.actions import queue
from amont.catalogue.actions.sweeping import sweep_files
from amont.catalogue.models import Import, ImportProgress, Item
from amont.chain.models import Contact, Source
from amont.disclosure.guard import looking_as
from amont.disclosure.unsealed import unsealed
from amont.exchange import importing, tasks
from amont.kernel import clock
from amont.kernel.viewer import Viewer
from amont.ledger import read as ledger
from amont.ledger.models import Entry
from made_files import as_csv, as_xlsx, line_rows
from web.conftest import Opened, SignedIn

pytestmark = pytest.mark.django_db
DUMMY = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}


@pytest.fixture(autouse=True)
def _long_from_ten_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importing, "MOST_AT_ONCE", 10)
    monkeypatch.setattr("amont.web.bring.undo.MOST_AT_ONCE", 10)


@pytest.fixture
def claire(opened: Opened) -> Viewer:
    return opened("claire")


@pytest.fixture
def page(claire: Viewer, signed_in: SignedIn) -> Client:
    return signed_in(claire)


@pytest.fixture
def _no_worker(settings: Any) -> None:
    settings.TASKS = DUMMY


def _said(page: bytes) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page.decode()).split())


def _send(client: Client, content: bytes, name: str = "lines.csv") -> str:
    answer = client.post("/bring/", {"file": SimpleUploadedFile(name, content), "shape": ""})
    assert answer.status_code == 302, _said(answer.content)
    return str(answer["Location"])


def _choices(client: Client, where: str) -> dict[str, str]:
    form = client.get(where).context["form"]
    return {name: str(form[name].value() or "") for name in form.fields}


def _start(client: Client, where: str, **chosen: str) -> str:
    client.post(where, {**_choices(client, where), **chosen, "act": "import"})
    return _said(client.get(where).content)


def _id(where: str) -> str:
    return where.strip("/").split("/")[-1]


def _items() -> int:
    with unsealed("a test counts lines"):
        return Item.objects.count()


def test_what_a_long_file_would_do_is_counted_by_the_worker(page: Client) -> None:
    where = _send(page, as_csv(line_rows(30)))
    assert "30 rows read 30 will be added" in _said(page.get(where).content)
    assert "30 rows read 30 added" in _start(page, where)
    again = _send(page, as_csv(line_rows(30)))
    assert "30 rows read 0 will be added 0 will be updated 30 change nothing" in _said(page.get(again).content)


@pytest.mark.usefixtures("_no_worker")
def test_until_the_worker_has_counted_the_page_says_so_and_asks_again(page: Client) -> None:
    where = _send(page, as_csv(line_rows(30)))
    found = page.get(where).content.decode()
    assert "is being counted" in found
    assert 'hx-trigger="every 1s"' in found
    with unsealed("a test plays the worker"):
        assert tasks.look_at_file.call(_id(where)) is None
    assert "30 will be added" in _said(page.get(where).content)


@pytest.mark.usefixtures("_no_worker")
def test_an_import_on_its_way_shows_and_may_be_cancelled(page: Client) -> None:
    where = _send(page, as_csv(line_rows(30)))
    assert "It waits for its turn." in _start(page, where)
    assert "lines.csv" in _said(page.get("/bring/").content)
    polled = page.get(f"{where}?at=work", headers={"hx-request": "true"})
    assert 'id="progress"' in polled.content.decode()
    assert "HX-Redirect" not in polled
    page.post(where, {"act": "cancel"})
    assert "was cancelled before anything was written" in _said(page.get(where).content)
    tasks.import_file.call(_id(where))
    assert _items() == 0
    polled = page.get(f"{where}?at=work", headers={"hx-request": "true"})
    assert polled["HX-Redirect"] == where
    page.post(where, {"act": "reopen"})
    assert "What the columns mean" in _said(page.get(where).content)


@pytest.mark.usefixtures("_no_worker")
def test_a_wish_to_cancel_while_rows_are_written_writes_nothing(
    page: Client, claire: Viewer, monkeypatch: pytest.MonkeyPatch
) -> None:
    where = _send(page, as_csv(line_rows(30)))
    _start(page, where)
    real = importing._done

    def cancelled_meanwhile(*arguments: object, **named: object) -> object:
        found = real(*arguments, **named)  # type: ignore[arg-type]
        ImportProgress.objects.update(cancel_asked_at=clock.now())
        return found

    monkeypatch.setattr(importing, "_done", cancelled_meanwhile)
    tasks.import_file.call(_id(where))
    assert _items() == 0
    with looking_as(claire):
        assert Import.objects.get().state == "cancelled"
    assert ledger.first_broken_line() is None


@pytest.mark.usefixtures("_no_worker")
def test_an_import_whose_worker_is_gone_is_taken_up_by_the_next(page: Client, claire: Viewer) -> None:
    where = _send(page, as_csv(line_rows(30)))
    _start(page, where)
    with looking_as(claire):
        assert queue.claim(claire, _id(where))
        assert not queue.claim(claire, _id(where)), "claimed twice"
        ImportProgress.objects.update(worker="elsewhere/1/1")
        assert not queue.claim(claire, _id(where)), "it still beats"
        ImportProgress.objects.update(beat_at=clock.now() - queue.LEASE * 2)
    assert tasks.take_up_again() == 1
    tasks.import_file.call(_id(where))
    assert _items() == 30
    assert tasks.take_up_again() == 0
    assert "30 rows read 30 added" in _said(page.get(where).content)


@pytest.mark.usefixtures("_no_worker")
def test_what_never_comes_to_its_end_is_given_up(page: Client, claire: Viewer) -> None:
    where = _send(page, as_csv(line_rows(30)))
    _start(page, where)
    with looking_as(claire):
        ImportProgress.objects.update(tries=queue.MOST_TRIES)
        assert not queue.claim(claire, _id(where))
    assert "begun several times" in _said(page.get(where).content)


def test_what_breaks_in_the_worker_is_told_and_nothing_is_written(
    page: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    where = _send(page, as_csv(line_rows(30)))
    monkeypatch.setattr(importing.results, "report_of", lambda *_: 1 / 0)
    assert "Something went wrong on our side" in _start(page, where)
    assert _items() == 0


def test_an_import_is_taken_back_in_one_click(page: Client) -> None:
    where = _send(page, as_csv(line_rows(5)))
    assert "It takes back: 5 lines, 5 firms" in _start(page, where)
    page.post(where, {"act": "undo"})
    assert "This import was taken back" in _said(page.get(where).content)
    assert _items() == 0
    lines = Entry.objects.count()
    page.post(where, {"act": "undo"})
    assert Entry.objects.count() == lines


def test_what_stays_is_told_row_by_row_before_and_after(page: Client) -> None:
    where = _send(page, as_csv(line_rows(5)))
    _start(page, where)
    with unsealed("a test asks a supplier"):
        third = Source.objects.order_by("pk").values_list("pk", flat=True)[2]
        Source.objects.filter(pk=third).update(asked_at=clock.now())
    assert "What would stay" in _said(page.get(where).content)
    page.post(where, {"act": "undo"})
    said = _said(page.get(where).content)
    assert "What stayed" in said
    assert "4 Line “Article 2” The supplier was asked about it." in said
    assert _items() == 1


def test_a_long_import_is_taken_back_by_the_worker(page: Client, settings: Any) -> None:
    where = _send(page, as_csv(line_rows(30)))
    assert "You may until" in _start(page, where)
    assert "It takes back: 30 lines" in _said(page.get(f"{where}?undo=1").content)
    settings.TASKS = DUMMY
    page.post(where, {"act": "undo"})
    assert "The import is being taken back" in _said(page.get(where).content)
    tasks.undo_file.call(_id(where))
    assert "This import was taken back" in _said(page.get(where).content)
    assert _items() == 0


def test_columns_mean_what_was_chosen_last_time_in_any_order_until_forgotten(page: Client) -> None:
    header, rows = ["Zxq", "Wvu", "Pays"], [["A1", "Verre", "France"]]
    where = _send(page, as_csv([header, *rows]))
    _start(page, where, **{"shape": "lines", "column-0": "", "column-1": ""})
    _start(page, where, **{"column-0": "reference", "column-1": "name", "column-2": "supplier_country"})
    turned = [["Pays", "WVU", "zxq", "New"], ["France", "Verre", "A1", "x"]]
    where = _send(page, as_csv([["Pays", "WVU", "zxq"], ["France", "Verre", "A1"]]))
    chosen = _choices(page, where)
    assert (chosen["shape"], chosen["column-1"], chosen["column-2"]) == ("lines", "name", "reference")
    assert "as last time" in _said(page.get(where).content)
    assert "1 change nothing" in _said(page.get(where).content)
    page.post(where, {"act": "forget"})
    chosen = _choices(page, where)
    assert (chosen["column-1"], chosen["column-2"]) == ("", "")
    assert "as last time" not in _said(page.get(where).content)
    assert "as last time" not in _said(page.get(_send(page, as_csv(turned))).content)


def test_another_firm_does_not_find_columns_chosen_by_one(page: Client, opened: Opened, signed_in: SignedIn) -> None:
    where = _send(page, as_csv([["Zxq", "Wvu"], ["A1", "Verre"]]))
    _start(page, where, shape="lines")
    _start(page, where, **{"column-0": "reference", "column-1": "name"})
    rival = signed_in(opened("rival"))
    assert "as last time" not in _said(rival.get(_send(rival, as_csv([["Zxq", "Wvu"], ["A1", "V"]]))).content)


def _with_ids(rows: list[list[str]], ids: list[str]) -> bytes:
    return as_xlsx(
        {"Lignes": [[*rows[0], "Amont id"], *([*row, public_id] for row, public_id in zip(rows[1:], ids, strict=True))]}
    )


def test_a_file_that_left_from_here_is_known_by_its_ids_renamed_sorted_and_cut(page: Client) -> None:
    rows = [["Réf", "Nom"], *([f"A{each}", f"Verre {each}"] for each in range(6))]
    _start(page, _send(page, as_csv(rows)))
    with unsealed("a test exports"):
        ids = list(Item.objects.order_by("reference").values_list("public_id", flat=True))
    book = [["Nom", "Réf"], ["Nouveau", "Z9"], ["Flacon 5", "B5"], ["Verre 2", "A2"], ["Verre 0", "A0"]]
    where = _send(page, _with_ids(book, ["", ids[5], ids[2], ids[0]]), "x.xlsx")
    assert "4 rows read 1 will be added 1 will be updated 2 change nothing" in _said(page.get(where).content)
    _start(page, where)
    with unsealed("a test looks"):
        renamed = Item.objects.get(public_id=ids[5])
        assert (renamed.reference, renamed.name, Item.objects.count()) == ("B5", "Flacon 5", 7)


def test_an_id_of_another_firm_is_refused_at_its_cell_as_an_unknown_one(
    page: Client, opened: Opened, signed_in: SignedIn
) -> None:
    rival = signed_in(opened("rival"))
    _start(rival, _send(rival, as_csv([["Réf", "Nom"], ["SECRET", "Verre secret"]])))
    with unsealed("a test steals an id"):
        stolen = Item.objects.get().public_id
    for wrong in (stolen, "23456789abcdefghjkmn"):
        where = _send(page, _with_ids([["Réf", "Nom"], ["A1", "Verre"]], [wrong]), "x.xlsx")
        report = _start(page, where)
        assert "1 rows read 0 added 0 updated 0 unchanged 1 refused" in report
        assert f"C2 Amont id {wrong} No line or firm of yours has this Amont id." in report
    with unsealed("a test looks"):
        assert Item.objects.get().name == "Verre secret"


def test_firms_are_known_by_their_ids_too(page: Client) -> None:
    _start(page, _send(page, as_csv([["Raison sociale", "Pays"], ["Oleana", "FR"], ["Tirta", "ID"]])))
    with unsealed("a test exports"):
        ids = list(Contact.objects.order_by("name").values_list("public_id", flat=True))
    book = [["Raison sociale", "Pays"], ["Tirta Oils", "ID"], ["Oleana", "FR"], ["Tirta Oils", "ID"]]
    where = _send(page, _with_ids(book, [ids[1], ids[0], "23456789abcdefghjkmn"]), "x.xlsx")
    assert "3 rows read 0 will be added 1 will be updated 1 change nothing 1 will be refused" in _said(
        page.get(where).content
    )
    _start(page, where)
    with unsealed("a test looks"):
        assert sorted(Contact.objects.values_list("name", "folded")) == [
            ("Oleana", "oleana"),
            ("Tirta Oils", "tirta oils"),
        ]


@pytest.mark.usefixtures("_no_worker")
def test_files_that_nobody_imported_are_dropped_for_all_owners(
    page: Client, opened: Opened, signed_in: SignedIn
) -> None:
    _send(page, as_csv(line_rows(3)))
    rival = signed_in(opened("rival"))
    long = _send(rival, as_csv(line_rows(30)))
    _start(rival, long)
    rival.post(long, {"act": "cancel"})
    assert sweep_files() == 0
    with clock.held_at(clock.now() + timedelta(days=1, minutes=1)):
        assert sweep_files() == 2
        assert sweep_files() == 0
    with unsealed("a test looks for files"):
        assert list(Import.objects.values_list("state", "content")) == [("cancelled", None)]
    assert Entry.objects.filter(act="sweep_files").count() == 1
    assert ledger.first_broken_line() is None
