"""Telling programs that their organization's view changed: a function of that view alone, at fixed times."""

from datetime import UTC, datetime
from hashlib import sha256

from amont.disclosure.guard import looking_as
from amont.kernel import clock
from amont.kernel.viewer import Role, Viewer
from amont.parties import read as parties
from amont.post import actions as post
from amont.post import read as called
from amont.post.rules import SLOT
from amont.sight.cut.whole import whole


def tell_changed_views() -> int:
    """Compare what each organization with a hook sees with what it saw before, and return how many were looked at.

    Once in each quarter of an hour, whatever happened within: neither that a call comes nor when tells anything that
    the view itself does not.
    """
    begun = datetime.fromtimestamp(clock.now().timestamp() // SLOT.total_seconds() * SLOT.total_seconds(), UTC)
    due = called.looked_at_before(begun)
    for organization in sorted(due):
        viewer = Viewer(organization, None, Role.READER)
        with looking_as(viewer):
            seen = whole(viewer).view
        digest = sha256(repr(seen).encode()).hexdigest()
        post.note_view(organization, digest=digest, about=parties.public_id_of(viewer))
    return len(due)
