"""Saving an answer as one types."""

from collections.abc import Mapping

from django.db import transaction

from amont.catalogue.models import Item
from amont.kernel import clock
from amont.kernel.errors import NotKnown, Refused
from amont.kernel.viewer import Viewer
from amont.ledger import actions as ledger
from amont.requests import may, words
from amont.requests.models import Draft, RequestLine

LARGEST = 200_000


@transaction.atomic
def save_draft(viewer: Viewer, *, line: str, content: Mapping[str, object], stage: str = "") -> bool:
    """Keep what is written so far about one line (public id), for the own organization's eyes alone.

    `stage` is the line's status when the writing began: what comes after the line has moved on (a save that was
    overtaken by the sending) is not kept. What was written before, and is not in `content` because it is not asked
    any more, stays. Return whether it was kept.
    Raises `NotKnown` for a line that the viewer was not asked about, `Refused` for one beyond all measure.
    """
    may.write(viewer)
    mine = RequestLine.objects.select_for_update(of=("self",)).filter(supplier_id=viewer.organization_id)
    row = mine.filter(public_id=line).first()
    if row is None:
        raise NotKnown
    if len(str(content)) > LARGEST:
        raise Refused(words.MISTAKES["long"])
    item = Item.objects.filter(owner_id=viewer.organization_id, public_id=str(content.get("item", ""))).first()
    if stage and stage != row.status:
        return False
    before = Draft.objects.filter(owner_id=viewer.organization_id, line=row).first()
    kept = before.content if before and before.item_id == (item.pk if item else None) else {}
    Draft.objects.update_or_create(
        owner_id=viewer.organization_id,
        line=row,
        defaults={"content": {**kept, **content}, "item": item, "saved_at": clock.now()},
    )
    ledger.append(viewer, "save_draft", about=row.public_id)
    return True


@transaction.atomic
def drop_draft(viewer: Viewer, *, line: str) -> None:
    """Begin a line anew: forget what was written. Twice changes nothing. Raises `NotKnown`."""
    may.write(viewer)
    row = RequestLine.objects.filter(supplier_id=viewer.organization_id, public_id=line).first()
    if row is None:
        raise NotKnown
    if Draft.objects.filter(owner_id=viewer.organization_id, line=row).delete()[0]:
        ledger.append(viewer, "drop_draft", about=row.public_id)
