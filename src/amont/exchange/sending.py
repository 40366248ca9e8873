"""Importing at once what is short, and handing to the worker what is long."""

from django.utils.translation import get_language

from amont.catalogue import may
from amont.catalogue.actions import queue
from amont.catalogue.facts import ImportFact
from amont.catalogue.read import imports as kept
from amont.catalogue.read.queue import work_on
from amont.chain.actions import pairing
from amont.chain.actions.undoing import undo_import
from amont.exchange import importing, tasks
from amont.exchange.plan import Settings
from amont.kernel.errors import Refused
from amont.kernel.viewer import Viewer


def start(viewer: Viewer, public_id: str) -> ImportFact:
    """Import a file that waits: at once, or in the worker where it is long. Twice is harmless.

    Raises `NotKnown`, `Denied`, and `Refused` for choices that do not do.
    """
    if kept.import_of(viewer, public_id).rows <= importing.MOST_AT_ONCE:
        done = importing.run(viewer, public_id)
        tasks.follow(viewer, public_id)
        return done
    refused = importing.preview(viewer, public_id).errors
    if refused:
        raise Refused(refused)
    fact = queue.queue(viewer, public_id, language=get_language() or "fr")
    _send(public_id)
    return kept.import_of(viewer, fact.public_id)


def bring(viewer: Viewer, content: bytes, *, file_name: str, shape: str = "") -> ImportFact:
    """Keep a file to look at; what a long one would do the worker finds out. Raises `Refused` at "file", `Denied`."""
    fact = importing.bring_file(viewer, content, file_name=file_name, shape=shape)
    _look(viewer, fact)
    return fact


def choose(viewer: Viewer, public_id: str, *, shape: str, settings: Settings) -> ImportFact:
    """Remember the user's choices; what a long file would do with them the worker finds out.

    Raises `NotKnown`, `Denied`.
    """
    fact = importing.choose(viewer, public_id, shape=shape, settings=settings)
    _look(viewer, fact)
    return fact


def forget(viewer: Viewer, public_id: str) -> ImportFact:
    """Forget what was chosen before for the headings of a file that waits. Raises `NotKnown`, `Denied`."""
    fact = importing.forget(viewer, public_id)
    _look(viewer, fact)
    return fact


def undo(viewer: Viewer, public_id: str) -> None:
    """Take an import back: at once, or in the worker where it is long. Twice is harmless.

    Raises `NotKnown`, `Denied`, and `Refused` where somebody began to lean on a row in this very moment.
    """
    if kept.import_of(viewer, public_id).rows <= importing.MOST_AT_ONCE:
        undo_import(viewer, public_id)
        return
    queue.queue_undo(viewer, public_id, language=get_language() or "fr")
    _send(public_id)


def compare(viewer: Viewer) -> int | None:
    """Look through the whole own book for pairs: at once, returning how many are new, or in the worker (None).

    Raises `Denied`.
    """
    if not pairing.is_long(viewer):
        return pairing.look_for_alike(viewer)
    may.write(viewer)
    if not tasks.is_comparing(viewer):
        tasks.compare_book.enqueue(viewer.organization_id, viewer.person_id, get_language() or "fr")
    return None


def _look(viewer: Viewer, fact: ImportFact) -> None:
    if fact.rows > importing.MOST_AT_ONCE and not fact.look and fact.state == "waiting":
        queue.queue_look(viewer, fact.public_id, language=get_language() or "fr")
        _send(fact.public_id)


def _send(public_id: str) -> None:
    tasks.send(work_on(public_id))
