"""Letting answers out, one consent a customer; taking them back; what a customer makes of them."""

from collections.abc import Collection

from django.db import transaction
from django.utils.translation import gettext as _

from amont.disclosure.unsealed import unsealed
from amont.kernel import clock
from amont.kernel.errors import NotKnown, Refused
from amont.kernel.viewer import Viewer
from amont.ledger import actions as ledger
from amont.parties.models import Organization
from amont.requests import may, notices, words
from amont.requests.models import Answer, Release, Request
from amont.requests.read.form import Desk, same
from amont.requests.rules_answers import LONGEST_NOTE, About

COPIED = ("question", "version", "state", "value", "origin", "note", "valid_until")


@transaction.atomic
def release(viewer: Viewer, *, customers: Collection[str]) -> int:
    """Let each of these customers (public ids) read the answers that it asked for, as they stand now.

    One consent a customer: none learns of another, nor when an answer was first said. Return how many answers are new
    or changed for their readers; sent twice, the second time none is. Raises `Denied`, `NotKnown`, `Refused`.
    """
    may.write(viewer)
    Organization.objects.select_for_update(of=("self",)).get(pk=viewer.organization_id)
    desk = Desk(viewer)
    firms = {row.public_id: row for row in Organization.objects.filter(pk__in=desk.by_customer)}
    if not customers:
        raise Refused({"customers": [_("Choose at least one customer.")]})
    if set(customers) - firms.keys():
        raise NotKnown
    total = 0
    for key in sorted(customers):
        changed = _to_one(viewer, desk, firms[key].pk)
        total += changed
        if changed:
            ledger.append(viewer, "release", about=key, detail={"answers": changed})
            _tell(viewer, firms[key].pk, changed)
    return total


def _to_one(viewer: Viewer, desk: Desk, customer: int) -> int:
    held = desk.released.get(customer, {})
    ended, made, sent = [], [], []
    for question, about, row in desk.to_release(customer):
        before = held.get((question.code, about))
        if before is not None and same(row, before) and before.said_on >= row.said_on:
            continue
        ended += [before.pk] if before is not None else []
        made.append(_copy(viewer, desk, customer, about, row))
        sent.append(row.pk)
    Release.objects.filter(pk__in=ended).update(ended_at=clock.now())
    Release.objects.bulk_create(made)
    Answer.objects.filter(pk__in=sent, sent_at=None).update(sent_at=clock.now())
    return len(made)


def _copy(viewer: Viewer, desk: Desk, customer: int, about: About, row: Answer) -> Release:
    """Return the answer as this customer will read it: the day is that of the consent."""
    return Release(
        owner_id=viewer.organization_id,
        reader_id=customer,
        site_id=about.site,
        item_id=about.item,
        label=desk.named(about)[2] if about.site is not None else "",
        said_on=clock.today(),
        released_at=clock.now(),
        **{name: getattr(row, name) for name in COPIED},
    )


def _tell(viewer: Viewer, customer: int, answers: int) -> None:
    firm = Organization.objects.get(pk=viewer.organization_id).name
    row = Request.objects.filter(asker_id=customer, supplier_id=viewer.organization_id).order_by("-created_at").first()
    if row is not None:
        notices.released(row, answers=answers, firm=firm)


@transaction.atomic
def take_back(viewer: Viewer, *, customer: str, reviewed: bool = False) -> int:
    """Take back what one customer (public id) may read: what it has not reviewed yet, or with `reviewed` all of it.

    It reads nothing of it from then on. Return how many answers. Raises `Denied`, `NotKnown`, and `Refused` where all
    was reviewed.
    """
    may.write(viewer)
    firm = Organization.objects.filter(public_id=customer).first()
    rows = Release.objects.filter(owner_id=viewer.organization_id, reader_id=firm.pk if firm else 0, ended_at=None)
    if not rows.exists():
        raise NotKnown
    found = rows if reviewed else rows.filter(review=Release.Review.NONE)
    count = found.update(ended_at=clock.now())
    if not count:
        raise Refused(_("Your customer has reviewed these answers: they can be withdrawn, not recalled."))
    ledger.append(viewer, "take_back", about=customer, detail={"answers": count})
    return count


@transaction.atomic
def review(viewer: Viewer, *, releases: Collection[str], say: str, note: str = "") -> None:
    """Accept answers that were let out to the viewer (public ids), or ask again ("again") with what is wanted.

    Raises `Denied`, `NotKnown`, `Refused` at "note".
    """
    may.write(viewer)
    rows = list(
        Release.objects.select_for_update(of=("self",)).filter(
            reader_id=viewer.organization_id, ended_at=None, public_id__in=list(releases)
        )
    )
    if not rows or len(rows) != len(set(releases)) or say not in {"accepted", "again"}:
        raise NotKnown
    if say == "again" and not note.strip():
        raise Refused({"note": [_("Say what you would like to know.")]})
    if len(note) > LONGEST_NOTE:
        raise Refused({"note": [words.MISTAKES["long"]]})
    changed = [row for row in rows if (row.review, row.review_note) != (say, note.strip())]
    for row in changed:
        row.review, row.review_note, row.reviewed_at = Release.Review(say), note.strip(), clock.now()
    Release.objects.bulk_update(changed, ["review", "review_note", "reviewed_at"])
    for row in changed:
        ledger.append(viewer, "review_answer", about=row.public_id, detail={"say": say})
    if changed and say == "again":
        _ask_again(viewer, changed)


def _ask_again(viewer: Viewer, rows: Collection[Release]) -> None:
    """Mail who answers: of each supplier the person whom the last line was asked of, one mail."""
    firm = Organization.objects.get(pk=viewer.organization_id).name
    for owner in {row.owner_id for row in rows}:
        asked = [row for row in rows if row.owner_id == owner]
        with unsealed("who said the answers is told that they are asked again"):
            people = list(Answer.objects.filter(owner_id=owner, replaced_at=None, question=asked[0].question))
        said_by = next((row.said_by_id for row in people if row.said_by_id), None)
        notices.asked_again(owner, said_by, firm=firm, answers=len(asked), cause=asked[0].public_id)
