"""Two rows of one's own book that may be one: merging them, or keeping in mind that they are two."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from amont.catalogue import may
from amont.catalogue.models import Site
from amont.chain.actions.merging import firms, places, rows
from amont.chain.models import Alike, ClaimedPlace, Contact, Merge
from amont.disclosure.guard import Owned
from amont.kernel import clock
from amont.kernel.errors import NotKnown, Refused
from amont.kernel.viewer import Viewer
from amont.ledger import actions as ledger

KINDS: Mapping[str, type[Owned]] = {"firm": Contact, "place": ClaimedPlace, "site": Site}
SITE_FILLED = tuple(name for name in places.FILLED if name not in {"step", "family"})


def say_different(viewer: Viewer, public_id: str) -> None:
    """Keep in mind that two rows of the own book are two: they are not proposed again. Raises `NotKnown`, `Denied`."""
    may.write(viewer)
    with transaction.atomic():
        row = (
            Alike.objects.select_for_update(of=("self",))
            .filter(owner_id=viewer.organization_id, public_id=public_id)
            .first()
        )
        if row is None:
            raise NotKnown
        if row.different_at is None:
            row.different_at = clock.now()
            row.save(update_fields=["different_at"])
            ledger.append(viewer, "say_different", about=public_id)


def ask_again(viewer: Viewer, public_id: str) -> None:
    """Take back that two rows are two: the pair waits again. Twice changes nothing. Raises `NotKnown`, `Denied`."""
    may.write(viewer)
    with transaction.atomic():
        mine = Alike.objects.select_for_update(of=("self",)).filter(owner_id=viewer.organization_id)
        row = mine.filter(public_id=public_id).first()
        if row is None:
            raise NotKnown
        if row.different_at is not None:
            row.different_at = None
            row.save(update_fields=["different_at"])
            ledger.append(viewer, "ask_again", about=public_id)


def merge(viewer: Viewer, *, kind: str, keep: str, gone: str) -> str:
    """Make two rows of the own book one: all that refers to the one that goes refers to the other from now on.

    The one that stays fills what it leaves empty from the other. Nobody else is told anything. One ledger line; return
    the merge's public id, to undo it. Merged already, nothing happens. Raises `NotKnown`, `Denied`, `Refused`.
    """
    may.write(viewer)
    if kind not in KINDS or keep == gone:
        raise NotKnown
    with transaction.atomic():
        done = Merge.objects.filter(
            owner_id=viewer.organization_id, kind=kind, kept=keep, gone=gone, undone_at=None
        ).first()
        if done is not None:
            return done.public_id
        stays, goes = _locked(viewer, kind, keep), _locked(viewer, kind, gone)
        names = [_name(stays), _name(goes)]
        before = _merged(stays, goes)
        row = Merge.objects.create(
            owner_id=viewer.organization_id, kind=kind, kept=keep, gone=gone, names=names, before=before
        )
        ledger.append(viewer, "merge", about=keep, detail={"kind": kind, "gone": gone}, network=True)
    return row.public_id


def _locked(viewer: Viewer, kind: str, public_id: str) -> Any:  # noqa: ANN401 - a row of the kind asked for
    mine: Any = KINDS[kind].objects.select_for_update(of=("self",)).filter(owner_id=viewer.organization_id)
    row = mine.filter(public_id=public_id).first()
    if row is None:
        raise NotKnown
    return row


def _name(row: Contact | ClaimedPlace | Site) -> str:
    return row.name or (row.region if isinstance(row, ClaimedPlace) else "")


def _merged(stays: Contact | ClaimedPlace | Site, goes: Contact | ClaimedPlace | Site) -> rows.Kept:
    if isinstance(stays, Contact) and isinstance(goes, Contact):
        return firms.merge(stays, goes)
    if isinstance(stays, ClaimedPlace) and isinstance(goes, ClaimedPlace):
        return places.merge(stays, goes)
    kept: rows.Kept = {"row": rows.kept(goes), "moved": rows.moved(Site, goes.pk, stays.pk)}
    key = goes.pk
    goes.delete()
    kept["filled"] = rows.filled(stays, goes, SITE_FILLED)
    kept["row"]["id"] = key
    return kept


def undo_merge(viewer: Viewer, public_id: str) -> None:
    """Take a merge back: both rows stand again, each with what was its own. One ledger line. Undone already: nothing.

    What was written since stays with the row that stood. Raises `NotKnown`, `Denied`, and `Refused` where it is not
    possible any more.
    """
    may.write(viewer)
    with transaction.atomic():
        row = (
            Merge.objects.select_for_update(of=("self",))
            .filter(owner_id=viewer.organization_id, public_id=public_id)
            .first()
        )
        if row is None:
            raise NotKnown
        if row.undone_at is not None:
            return
        _undone(viewer, row)
        row.undone_at = clock.now()
        row.save(update_fields=["undone_at"])
        ledger.append(viewer, "undo_merge", about=row.kept, detail={"kind": row.kind, "gone": row.gone}, network=True)


def _undone(viewer: Viewer, row: Merge) -> None:
    try:
        stays = _locked(viewer, row.kind, row.kept)
    except NotKnown as gone:
        raise Refused(_("The one that stayed is gone since: undo the merge that took it first.")) from gone
    if isinstance(stays, Contact):
        firms.undo(stays, row.before)
    elif isinstance(stays, ClaimedPlace):
        places.undo(stays, row.before)
    else:
        rows.emptied(stays, row.before["filled"])
        rows.again(Site, dict(row.before["row"]))
        rows.moved_back(Site, row.before["row"]["id"], stays.pk, row.before["moved"])
