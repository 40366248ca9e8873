"""Saying answers, once for all: of the firm, a site, an item; wider; again."""

from dataclasses import dataclass, replace

from django.db import transaction
from django.utils.translation import gettext as _

from amont.kernel import clock
from amont.kernel.errors import NotKnown, Refused
from amont.kernel.viewer import Viewer
from amont.ledger import actions as ledger
from amont.parties.models import Organization
from amont.requests import may, words
from amont.requests.facts_answers import AnswerSaid
from amont.requests.models import Answer
from amont.requests.models.answers import Origin, Said
from amont.requests.read.form import Desk
from amont.requests.rules_answers import FORMULA, LONGEST_NOTE, LONGEST_VALIDITY, About, Wrong, is_stale, meant

KEPT = ("state", "value", "origin", "note", "valid_until", "version")


@dataclass(frozen=True, slots=True)
class Saying:
    """One answer to be kept: about what (kind and public id of a page of the form), to which question."""

    kind: str
    ref: str
    question: str
    said: AnswerSaid


@transaction.atomic
def say(viewer: Viewer, *, kind: str, ref: str, question: str, said: AnswerSaid) -> None:
    """Keep one answer about the firm ("company", "own"), a site or an item (public id), for the own eyes alone.

    What was let out before stays as its readers have it, until the owner consents anew. A value that is empty takes
    the own answer back, and what is inherited holds again. Twice changes nothing. Raises `Denied`, `NotKnown` for
    what is not asked, `Refused` at "value", "note" or "valid_until".
    """
    may.write(viewer)
    Organization.objects.select_for_update(of=("self",)).get(pk=viewer.organization_id)
    desk = Desk(viewer)
    about = desk.about(kind, ref)
    if question not in desk.wanted[about]:
        raise NotKnown
    if keep(viewer, desk, about, question, checked(desk, about, question, said)):
        ledger.append(viewer, "say", about=question)


def checked(desk: Desk, about: About, question: str, said: AnswerSaid) -> AnswerSaid:
    """Return an answer as it is kept. Raises `Refused` at the field."""
    asked = desk.wanted[about][question]
    wrong: dict[str, list[object]] = {}
    value: tuple[str, ...] = ()
    if said.state not in Said.values or said.origin not in Origin.values:
        wrong["value"] = [words.MISTAKES["choose"]]
    try:
        if said.state == Said.VALUE:
            choices = desk.choices(asked)
            value = meant(asked, said.value, choices=choices, countries=choices, today=clock.today())
    except Wrong as trouble:
        wrong["value"] = [words.wrong(trouble, asked)]
    if len(said.note) > LONGEST_NOTE or FORMULA.match(said.note.strip()):
        wrong["note"] = [words.MISTAKES["long"] if len(said.note) > LONGEST_NOTE else words.WRONG["formula"]]
    until = said.valid_until
    if until and not clock.today() <= until <= clock.today() + LONGEST_VALIDITY:
        wrong["valid_until"] = [_("Enter a day from today on, within ten years.")]
    if wrong:
        raise Refused(wrong)
    return replace(said, value=value, note=said.note.strip())


def keep(
    viewer: Viewer, desk: Desk, about: About, question: str, said: AnswerSaid, *, brought: int | None = None
) -> bool:
    """Write one answer that does, and return whether that changed anything. What was let out becomes history.

    What came by a workbook (`brought`) never writes over a row, so that it can be taken back.
    """
    row = Answer.objects.filter(
        owner_id=viewer.organization_id, question=question, site=about.site, item=about.item, replaced_at=None
    ).first()
    empty = said.state == Said.VALUE and not said.value
    values = {"value": list(said.value), "version": desk.wanted[about][question].version}
    values |= {name: getattr(said, name) for name in ("state", "origin", "note", "valid_until")}
    if (row is None and empty) or (row is not None and not empty and _same(row, values)):
        return False
    if row is None and brought is None and _inherits(desk, about, question, values):
        return False
    if row is not None and row.sent_at is None and row.brought_id is None and brought is None:
        row.delete()
    elif row is not None:
        row.replaced_at = clock.now()
        row.save(update_fields=["replaced_at"])
    if not empty:
        _write(viewer, about, question, values, brought=brought)
    return True


def _write(
    viewer: Viewer, about: About, question: str, values: dict[str, object], *, brought: int | None = None
) -> None:
    Answer.objects.create(
        owner_id=viewer.organization_id,
        question=question,
        site_id=about.site,
        item_id=about.item,
        said_on=clock.today(),
        said_by_id=viewer.person_id,
        brought_id=brought,
        **values,
    )


def _same(row: Answer, values: dict[str, object]) -> bool:
    fresh = not is_stale(row.said_on, row.valid_until, clock.today())
    return fresh and all(getattr(row, name) == values[name] for name in KEPT)


def _inherits(desk: Desk, about: About, question: str, values: dict[str, object]) -> bool:
    """Tell whether a wider answer says the same: nothing is written then, so that the wider one goes on to hold."""
    row, whence = desk.book.find(question, about)
    return bool(whence) and isinstance(row, Answer) and _same(row, values)


@transaction.atomic
def widen(viewer: Viewer, *, kind: str, ref: str, question: str) -> None:
    """Let the answer about a site or an item hold for the whole firm, where nothing else is said.

    Exceptions stay. Raises `Denied`, `NotKnown`.
    """
    may.write(viewer)
    Organization.objects.select_for_update(of=("self",)).get(pk=viewer.organization_id)
    desk = Desk(viewer)
    about = desk.about(kind, ref)
    own = Answer.objects.filter(owner_id=viewer.organization_id, question=question, replaced_at=None)
    row = own.filter(site=about.site, item=about.item).first()
    if row is None or about == About():
        raise NotKnown
    before = own.filter(site=None, item=None).first()
    for each in (before, row):
        if each is not None:
            each.replaced_at = clock.now()
            each.save(update_fields=["replaced_at"])
    _write(viewer, About(), question, {name: getattr(row, name) for name in KEPT})
    ledger.append(viewer, "widen_answer", about=question)


@transaction.atomic
def still_true(viewer: Viewer) -> int:
    """Say of all answers that are a year old, or whose validity has ended, that they hold; return how many.

    Each gets the day of today and no end; what was said before stays as history. Nothing is let out by it: customers
    read the new day once the owner sends. Raises `Denied`.
    """
    may.write(viewer)
    Organization.objects.select_for_update(of=("self",)).get(pk=viewer.organization_id)
    rows = Answer.objects.filter(owner_id=viewer.organization_id, replaced_at=None)
    stale = [row for row in rows if is_stale(row.said_on, row.valid_until, clock.today())]
    for row in stale:
        row.replaced_at = clock.now()
        row.save(update_fields=["replaced_at"])
        values = {name: getattr(row, name) for name in KEPT} | {"valid_until": None}
        _write(viewer, About(row.site_id, row.item_id), row.question, values)
    if stale:
        ledger.append(viewer, "confirm_answers", detail={"answers": len(stale)})
    return len(stale)
