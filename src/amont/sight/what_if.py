"""What would follow from a decision, by doing it, looking, and undoing it: the very code that will show it."""

from collections.abc import Callable

from django.db import transaction

from amont.kernel.viewer import Viewer
from amont.sight.facts import Who
from amont.sight.who import who_sees


def what_follows(viewer: Viewer, decide: Callable[[], object], *, item: str = "") -> tuple[Who, Who]:
    """Return who sees what of the viewer at most, now and if `decide` were done; nothing of it is kept.

    Raises what `decide` raises, and `NotKnown` for an item that is not the viewer's.
    """
    before = who_sees(viewer, item=item)
    with transaction.atomic():
        decide()
        after = who_sees(viewer, item=item)
        transaction.set_rollback(True)
    return before, after
