"""Appending to the ledger."""

from collections.abc import Mapping

from django.conf import settings
from django.db import transaction

from amont.kernel import clock, ids
from amont.kernel.viewer import Viewer
from amont.ledger import journal, rules
from amont.ledger.models import Entry, Head


def append(
    viewer: Viewer | None,
    act: str,
    *,
    about: str = "",
    detail: Mapping[str, object] | None = None,
    network: bool = False,
) -> None:
    """Append one line, inside the transaction of the act that it records.

    `act` is a verb of the glossary, `about` a public id, `detail` plain JSON values without names of others; where a
    program acts, its token's public id is added there.
    `network` says that items, links, request marks or grants changed, or a charter, its floors, who is a member, or
    whose identity was checked: it raises the version that the walk's snapshot is checked against. The head row is
    locked, so lines are written one after the other.
    Raises `TransactionManagementError` outside a transaction.
    """
    if not transaction.get_connection().in_atomic_block:
        message = f"ledger line {act} outside a transaction"
        raise transaction.TransactionManagementError(message)
    head = hold()
    by = {"token": viewer.token} if viewer and viewer.token else {}
    entry = _entry(viewer, act, about=about, detail={**(detail or {}), **by})
    head.sequence += 1
    head.hash = rules.chained(head.hash, head.sequence, entry.digest)
    if network:
        head.network_version += 1
        head.network_hash = head.hash
    head.save(update_fields=["sequence", "hash", "network_version", "network_hash"])
    entry.sequence, entry.hash = head.sequence, head.hash
    entry.save(force_insert=True)
    if act in journal.NARROWING:
        said = {"act": act, "about": about, "organization": entry.organization_id, "detail": entry.detail}
        journal.note(settings.JOURNAL, {**said, "at": entry.at.isoformat(), "digest": entry.digest})


def erase_lines(organization: int) -> int:
    """Erase what the lines of an organization say, and append one that names them; return how many were erased.

    Digest, hash and moment stay, so that the chain holds; without salt and record nothing can be told from a digest.
    Runs in the transaction of the erasure.
    """
    hold()
    lines = Entry.objects.filter(organization_id=organization).exclude(salt="")
    numbers = list(lines.values_list("sequence", flat=True))
    lines.update(salt="", organization=None, person=None, act="", about="", detail={})
    if numbers:
        append(None, rules.ERASE, detail={"lines": rules.ranges(numbers)})
    return len(numbers)


def hold() -> Head:
    """Return the head row, locked to the end of the transaction: no other act comes to its end before this one."""
    Head.objects.get_or_create(pk=1)
    return Head.objects.select_for_update().get(pk=1)


def _entry(viewer: Viewer | None, act: str, *, about: str, detail: dict[str, object]) -> Entry:
    """Return a line with its digest, not yet chained."""
    entry = Entry(
        at=clock.now(),
        organization_id=viewer.organization_id if viewer else None,
        person_id=viewer.person_id if viewer else None,
        act=act,
        about=about,
        detail=detail,
        salt=ids.new_salt(),
    )
    entry.digest = rules.digest(entry.salt, entry.record)
    return entry
