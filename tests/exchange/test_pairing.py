"""Pairs among what a long file has brought: found by the worker once the file is in, told in its report."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from amont.catalogue.read.imports import import_of
from amont.catalogue.read.queue import unfinished
from amont.chain.actions import pairing
from amont.chain.models import Alike
from amont.chain.read import alike
from amont.disclosure.guard import looking_as
from amont.exchange import importing, sending, tasks
from amont.kernel.errors import Denied
from amont.kernel.viewer import Role, Viewer
from amont.ledger.models import Entry
from amont.parties.models import Organization
from made_files import as_csv

pytestmark = [pytest.mark.django_db, pytest.mark.both]
ROWS = [["Société", "Pays"], *([f"Firme numero {n * 7919} {n}", "FR"] for n in range(20)), ["Epices Karima", "MA"]]


@pytest.fixture
def viewer(monkeypatch: pytest.MonkeyPatch) -> Iterator[Viewer]:
    monkeypatch.setattr(pairing, "MOST_AT_ONCE", 10)
    found = Viewer(Organization.objects.create(name="Maison Claire", country="FR").pk)
    with looking_as(found):
        yield found


def _waiting(viewer: Viewer) -> str:
    return importing.bring_file(viewer, as_csv([*ROWS, ["Epices Karyma", "MA"]]), file_name="x.csv").public_id


def test_pairs_of_a_file_with_many_new_firms_are_found_once_it_is_in(viewer: Viewer) -> None:
    public_id = _waiting(viewer)
    sending.start(viewer, public_id)
    (pair,) = alike.alike(viewer).rows
    assert {pair.one.name, pair.other.name} == {"Epices Karima", "Epices Karyma"}
    report = import_of(viewer, public_id).report
    assert (report["alike"], "alike_later" in report) == (1, False)
    assert list(Entry.objects.order_by("sequence").values_list("act", flat=True))[-1] == "look_for_alike"
    assert not unfinished()


def test_a_worker_that_dies_while_it_compares_is_followed_and_twice_adds_nothing(
    viewer: Viewer, monkeypatch: pytest.MonkeyPatch
) -> None:
    public_id = _waiting(viewer)
    with monkeypatch.context() as dead:
        dead.setattr(tasks, "send", lambda _work: None)
        sending.start(viewer, public_id)
    assert (Alike.objects.count(), import_of(viewer, public_id).report["alike_later"]) == (0, True)
    (work,) = unfinished()
    tasks.send(work)
    acts = Entry.objects.count()
    pairing.propose_of_import(viewer, public_id)
    assert (Alike.objects.count(), Entry.objects.count()) == (1, acts)


def test_an_import_taken_back_before_it_was_compared_leaves_no_pair(
    viewer: Viewer, monkeypatch: pytest.MonkeyPatch
) -> None:
    public_id = _waiting(viewer)
    monkeypatch.setattr(tasks, "send", lambda _work: None)
    sending.start(viewer, public_id)
    sending.undo(viewer, public_id)
    assert not unfinished()
    pairing.propose_of_import(viewer, public_id)
    assert not Alike.objects.exists()


def test_a_large_book_is_compared_by_the_worker_once_however_often_one_asks(viewer: Viewer, settings: Any) -> None:
    sending.start(viewer, _waiting(viewer))
    Alike.objects.all().delete()
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    assert sending.compare(viewer) is None
    assert sending.compare(viewer) is None
    (waiting,) = DBTaskResult.objects.filter(task_path=tasks.compare_book.module_path)
    assert tasks.is_comparing(viewer)
    assert not tasks.is_comparing(Viewer(viewer.organization_id + 1))
    tasks.compare_book.call(*waiting.args_kwargs["args"])
    assert Alike.objects.count() == 1
    DBTaskResult.objects.update(status=TaskResultStatus.SUCCESSFUL)
    assert not tasks.is_comparing(viewer)


def test_a_reader_has_no_book_compared(viewer: Viewer) -> None:
    sending.start(viewer, _waiting(viewer))
    reader = replace(viewer, role=Role.READER)
    with pytest.raises(Denied):
        sending.compare(reader)
    assert Entry.objects.filter(act="look_for_alike").count() == 1
