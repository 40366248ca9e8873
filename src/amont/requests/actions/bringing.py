"""Answers by workbook: the rows that do are said, the others told; taken back within seven days."""

from collections.abc import Callable, Mapping, Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from amont.catalogue.models import Import
from amont.catalogue.read.imports import ANSWERS, UNDO_WITHIN
from amont.kernel import clock
from amont.kernel.errors import NotKnown, Refused
from amont.kernel.viewer import Viewer
from amont.ledger import actions as ledger
from amont.parties.models import Organization
from amont.requests import may
from amont.requests.actions.saying import Saying, checked, keep
from amont.requests.models import Answer
from amont.requests.read.form import Desk, said_of
from amont.requests.rules_answers import About

Errors = Mapping[str, Sequence[object]]
MOST_TOLD = 200


@transaction.atomic
def bring_answers(
    viewer: Viewer,
    *,
    rows: Mapping[int, Saying],
    wrong: Mapping[int, Errors],
    file_name: str,
    mark: Callable[[Mapping[int, Errors]], tuple[bytes, list[list[str]]]],
) -> str:
    """Say what the rows of a workbook say (by row number), and return the public id of its report.

    What the form has already is left as it is: twice changes nothing, and returns "" where nothing was wrong either.
    `wrong` are the rows refused before; `mark` makes of all that were refused the marked copy, and what to tell of each
    cell. Nothing is let out. Raises `Denied`.
    """
    may.write(viewer)
    Organization.objects.select_for_update(of=("self",)).get(pk=viewer.organization_id)
    desk = Desk(viewer)
    brought = Import.objects.create(
        owner_id=viewer.organization_id,
        file_name=file_name[-200:],
        shape=ANSWERS,
        state=Import.State.DONE,
        rows=len(rows) + len(wrong),
        created_at=clock.now(),
        done_at=clock.now(),
    )
    changed, refused = _say_all(viewer, desk, rows, brought.pk)
    refused |= wrong
    if not changed and not refused:
        brought.delete()
        return ""
    marked, told = mark(refused) if refused else (None, [])
    brought.marked = marked
    brought.report = {"changed": changed, "refused": len(refused), "told": told[:MOST_TOLD]}
    brought.save(update_fields=["marked", "report"])
    ledger.append(viewer, "bring_answers", about=brought.public_id, detail={"answers": changed})
    return brought.public_id


def _say_all(viewer: Viewer, desk: Desk, rows: Mapping[int, Saying], brought: int) -> tuple[int, dict[int, Errors]]:
    abouts = {desk.named(each)[:2]: each for each in desk.wanted}
    changed, refused = 0, dict[int, Errors]()
    for number, each in rows.items():
        about = abouts.get((each.kind, each.ref))
        if about is None or each.question not in desk.wanted[about]:
            refused[number] = {"key": [_("This is not asked of you, or not any more. Take a new workbook.")]}
            continue
        try:
            changed += _say_one(viewer, desk, about, each, brought)
        except Refused as refusal:
            refused[number] = refusal.errors
    return changed, refused


def _say_one(viewer: Viewer, desk: Desk, about: About, each: Saying, brought: int) -> bool:
    said = checked(desk, about, each.question, each.said)
    row, _whence = desk.book.find(each.question, about)
    if isinstance(row, Answer) and said_of(row) == said:
        return False
    return keep(viewer, desk, about, each.question, said, brought=brought)


@transaction.atomic
def undo_answers(viewer: Viewer, *, file: str) -> int:
    """Take back what a workbook (public id of its report) said and nothing has changed since; return how many answers.

    What stood before stands again. Raises `Denied`, `NotKnown` for another's, after seven days, and the second time.
    """
    may.write(viewer)
    found = Import.objects.select_for_update(of=("self",)).filter(owner_id=viewer.organization_id, shape=ANSWERS)
    brought = found.filter(public_id=file, undone_at=None, done_at__gt=clock.now() - UNDO_WITHIN).first()
    if brought is None:
        raise NotKnown
    rows = list(Answer.objects.filter(owner_id=viewer.organization_id, brought_id=brought.pk, replaced_at=None))
    for row in rows:
        before = Answer.objects.filter(
            owner_id=viewer.organization_id,
            question=row.question,
            site=row.site_id,
            item=row.item_id,
            pk__lt=row.pk,
            replaced_at__gte=brought.created_at,
        ).last()
        row.replaced_at = clock.now()
        row.save(update_fields=["replaced_at"])
        if before is not None:
            before.pk, before.replaced_at = None, None
            before.save(force_insert=True)
    brought.undone_at = clock.now()
    brought.save(update_fields=["undone_at"])
    ledger.append(viewer, "undo_answers", about=file, detail={"answers": len(rows)})
    return len(rows)
