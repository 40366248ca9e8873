"""A firm accepts the help of its consortium's coordinator, or ends it."""

from django.db import transaction

from amont.consortia import may
from amont.kernel import clock
from amont.kernel.viewer import Viewer
from amont.ledger import actions as ledger


@transaction.atomic
def accept_help(viewer: Viewer, public_id: str) -> None:
    """Let the coordinator see the firm's name and how many tasks it has open in this consortium, and nothing else.

    Twice changes nothing. Raises `NotKnown` for a consortium of others, `Denied` but to an administrator.
    """
    part = may.take_part(viewer, public_id)
    may.administer(viewer)
    if part.helped_from is None:
        part.helped_from = clock.now()
        part.save(update_fields=["helped_from"])
        ledger.append(viewer, "accept_help", about=public_id)


@transaction.atomic
def end_help(viewer: Viewer, public_id: str) -> None:
    """Let the coordinator see nothing of the firm any more, at once. Twice changes nothing. Raises as `accept_help`."""
    part = may.take_part(viewer, public_id)
    may.administer(viewer)
    if part.helped_from is not None:
        part.helped_from = None
        part.save(update_fields=["helped_from"])
        ledger.append(viewer, "end_help", about=public_id)
