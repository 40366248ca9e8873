"""What a report says of taking the import back: what would go, what stays and why, or what went."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from amont.catalogue.facts import ImportFact
from amont.catalogue.read.imports import progress_of
from amont.chain.facts_undo import KeptRow, UndoFact
from amont.chain.read.undoing import undo_planned, undone
from amont.exchange.importing import MOST_AT_ONCE
from amont.kernel.viewer import Viewer

_FIRST = 100
STAYS: Mapping[str, Promise] = {
    "changed": _("It was changed since."),
    "asked": _("The supplier was asked about it."),
    "linked": _("A link with the supplier stands on it."),
    "proven": _("A certificate stands on it."),
    "granted": _("A right to see it was given."),
    "in_use": _("Something else stands on it."),
    "taken": _("Another one has by now the name or reference that it had."),
}
WHAT: Mapping[str, Promise] = {
    "item": _("Line"),
    "contact": _("Firm"),
    "source": _("Supplier of a line"),
    "input": _("Supplier of a line"),
    "place": _("Site"),
    "path": _("Supply path"),
    "site": _("Site"),
}


@dataclass(frozen=True, slots=True)
class Stays:
    """A row of which something stays, in words."""

    row: int
    what: Promise
    label: str
    why: Promise


@dataclass(frozen=True, slots=True)
class Back:
    """What goes and is set back in words, and the first rows of which something stays; `more` are not shown."""

    parts: tuple[str, ...]
    stays: tuple[Stays, ...]
    more: int
    is_done: bool

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing goes and nothing stays: there is nothing to take back."""
        return not (self.parts or self.stays)


def told(viewer: Viewer, fact: ImportFact, *, in_full: bool) -> Back | None:
    """Return what a report says of an undo, None where there is none, or where it is long and nobody asked for it."""
    if fact.undone_at:
        return _back(undone(fact.report), is_done=True)
    if fact.undo_until is None or (fact.rows > MOST_AT_ONCE and not in_full):
        return None
    return _back(undo_planned(viewer, fact.public_id), is_done=False)


def is_being_taken_back(viewer: Viewer, fact: ImportFact) -> bool:
    """Tell whether the worker is taking this import back."""
    may_be = fact.rows > MOST_AT_ONCE and fact.undo_until is not None and fact.undone_at is None
    return may_be and progress_of(viewer, fact.public_id).phase == "undoing"


def all_that_stays(viewer: Viewer, fact: ImportFact) -> Iterator[Stays]:
    """Give every row of which something stays, or would."""
    found = undone(fact.report) if fact.undone_at else undo_planned(viewer, fact.public_id)
    return map(_stays, found.kept if found else ())


def _stays(row: KeptRow) -> Stays:
    return Stays(row.row, WHAT[row.what], row.label, STAYS[row.reason])


def _back(found: UndoFact | None, *, is_done: bool) -> Back | None:
    if found is None:
        return None
    stays = tuple(map(_stays, found.kept[:_FIRST]))
    return Back(
        parts=_parts(found),
        stays=stays,
        more=len(found.kept) - len(stays),
        is_done=is_done,
    )


def _parts(found: UndoFact) -> tuple[str, ...]:
    """Say how many of each go; what is none is not said."""
    gone = found.removed
    lines, firms = gone.get("item", 0), gone.get("contact", 0)
    sites = gone.get("site", 0) + gone.get("place", 0)
    sources, paths = gone.get("source", 0), gone.get("path", 0)
    said = (
        (lines, ngettext("%(n)s line", "%(n)s lines", lines)),
        (firms, ngettext("%(n)s firm", "%(n)s firms", firms)),
        (sites, ngettext("%(n)s site", "%(n)s sites", sites)),
        (sources, ngettext("%(n)s supplier of a line", "%(n)s suppliers of lines", sources)),
        (paths, ngettext("%(n)s supply path", "%(n)s supply paths", paths)),
        (found.restored, ngettext("%(n)s change set back", "%(n)s changes set back", found.restored)),
    )
    return tuple(words % {"n": number_format(n)} for n, words in said if n)
