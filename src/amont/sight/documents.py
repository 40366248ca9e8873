"""Opening a document: one function checks who may, has it noted in its owner's access log, and lays it open."""

from amont.disclosure.reading import note
from amont.evidence import sealed
from amont.evidence.facts import Opened
from amont.evidence.models import Document
from amont.kernel.errors import NotKnown
from amont.kernel.viewer import Viewer
from amont.sight.cut.whole import whole


def opened(viewer: Viewer, document: str) -> Opened:
    """Return a document of one's own, or one that shows in the viewer's view at this moment (public id).

    The owner's access log gets its line before the answer leaves: the channel is the answer's own. Parts are unsealed
    as they are read. Raises `NotKnown` for what is hidden, shredded or not there: one answer.
    """
    if not shows(viewer, document):
        raise NotKnown
    owner, found = sealed.opened(document)
    note(viewer, owner=owner, documents=[document])
    return found


def shows(viewer: Viewer, document: str) -> bool:
    """Tell whether a document is the viewer's own, or stands beside a place that its view shows with documents."""
    if Document.objects.filter(owner_id=viewer.organization_id, public_id=document).exists():
        return True
    return any(each.document == document for place in whole(viewer).places.values() for each in place.documents)
