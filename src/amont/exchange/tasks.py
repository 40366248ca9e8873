"""What the worker does with long files: it looks at them, imports them, and takes up what a dead worker left."""

import logging
from collections.abc import Callable
from datetime import timedelta

from django.utils.translation import get_language, override
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from amont.catalogue.actions import imports as keeping
from amont.catalogue.actions import queue
from amont.catalogue.facts import Work
from amont.catalogue.read import imports as kept
from amont.catalogue.read.queue import unfinished, work_on
from amont.chain.actions.pairing import look_for_alike, propose_of_import
from amont.chain.actions.undoing import undo_import
from amont.disclosure.guard import looking_as
from amont.exchange import importing, looks
from amont.exchange.importing import Told
from amont.kernel import clock
from amont.kernel.errors import Denied, NotKnown, Refused
from amont.kernel.viewer import Viewer
from amont.parties.read import viewer_again

log = logging.getLogger(__name__)
GIVEN_UP_AFTER = timedelta(minutes=15)


@task()
def import_file(public_id: str) -> None:
    """Import a queued file on behalf of who queued it. Begun twice, it is in once."""
    _on_behalf(public_id, _import)


@task()
def look_at_file(public_id: str) -> None:
    """Find out what a long file that waits would do, and keep it for its owner's page."""
    _on_behalf(public_id, _look)


@task()
def undo_file(public_id: str) -> None:
    """Take a long import back on behalf of who asked for it. Begun twice, it is taken back once."""
    _on_behalf(public_id, undo_import)


@task()
def pair_up(public_id: str) -> None:
    """Look for pairs among the firms and sites that an import has added. Begun twice, they are kept once."""
    _on_behalf(public_id, propose_of_import)


@task()
def compare_book(organization_id: int, person_id: int | None, language: str) -> None:
    """Look through a whole book for pairs on behalf of who asked for it. Begun twice, they are kept once."""
    viewer = viewer_again(organization_id, person_id)
    with looking_as(viewer), override(language):
        look_for_alike(viewer)


def is_comparing(viewer: Viewer) -> bool:
    """Tell whether the viewer's whole book waits to be compared, or is; one begun long ago is given up."""
    begun = DBTaskResult.objects.filter(
        task_path=compare_book.module_path, enqueued_at__gt=clock.now() - GIVEN_UP_AFTER
    ).exclude(status__in=(TaskResultStatus.SUCCESSFUL, TaskResultStatus.FAILED))
    return any(_file_of(each) == viewer.organization_id for each in begun)


def _on_behalf(public_id: str, do: Callable[[Viewer, str], object]) -> None:
    try:
        work = work_on(public_id)
    except NotKnown:
        return  # dropped meanwhile
    viewer = viewer_again(work.organization_id, work.person_id)
    with looking_as(viewer), override(work.language or "fr"):
        do(viewer, public_id)


def _import(viewer: Viewer, public_id: str) -> None:
    if not queue.claim(viewer, public_id):
        return
    try:
        importing.run(viewer, public_id, told=_told(viewer, public_id))
        follow(viewer, public_id)
    except queue.Cancelled:
        queue.end(viewer, public_id, "cancelled")
    except (Refused, Denied) as trouble:
        queue.end(viewer, public_id, "failed", reason="denied" if isinstance(trouble, Denied) else "refused")
    except Exception:
        queue.end(viewer, public_id, "failed", reason="broken")
        log.exception("import %s failed", public_id)
        raise


def _told(viewer: Viewer, public_id: str) -> Told:
    def told(phase: str, rows: int) -> None:
        if phase == "written":
            queue.check_wanted(viewer, public_id)
        else:
            queue.beat(viewer, public_id, phase, rows_done=rows)

    return told


def _look(viewer: Viewer, public_id: str) -> None:
    fact = kept.import_of(viewer, public_id)
    if fact.state != "waiting" or fact.look:
        return
    try:
        look = looks.look_at(viewer, public_id, told=_told(viewer, public_id))
    except (NotKnown, queue.Cancelled):
        return
    keeping.keep_look(viewer, public_id, look, settings=fact.settings)


def send(work: Work) -> None:
    """Put a file that was handed to the worker among its tasks."""
    after = pair_up if work.phase == "pairing" else undo_file
    {"waiting": look_at_file, "done": after}.get(work.state, import_file).enqueue(work.public_id)


def follow(viewer: Viewer, public_id: str) -> None:
    """Hand to the worker what an import left for afterwards, if anything."""
    if kept.import_of(viewer, public_id).report.get("alike_later"):
        queue.queue_pairing(viewer, public_id, language=get_language() or "fr")
        send(work_on(public_id))


def take_up_again() -> int:
    """Put among the tasks anew what a worker that is gone had begun, or never got; return how many files.

    A file may end up there twice: the second time there is nothing left to do.
    """
    lost = [work for work in unfinished() if work.is_stale]
    if lost:
        mine = DBTaskResult.objects.filter(
            task_path__in=[each.module_path for each in (import_file, look_at_file, undo_file, pair_up)]
        )
        begun = {each.pk: _file_of(each) for each in mine.filter(status=TaskResultStatus.RUNNING)}
        ended = [pk for pk, file in begun.items() if file in {work.public_id for work in lost}]
        mine.filter(pk__in=ended).update(status=TaskResultStatus.FAILED, finished_at=clock.now())
        waiting = {_file_of(each) for each in mine.filter(status=TaskResultStatus.READY)}
        lost = [work for work in lost if work.public_id not in waiting]
    for work in lost:
        send(work)
    return len(lost)


def _file_of(row: "DBTaskResult[..., None]") -> object:
    return row.args_kwargs["args"][0]
