"""Taking part as a supplier."""

from django.db import transaction

from amont.consortia.models import Participation
from amont.kernel import clock
from amont.kernel.viewer import Viewer
from amont.ledger import actions as ledger


@transaction.atomic
def join_as_partner(viewer: Viewer, *, consortium_key: int) -> None:
    """Let the viewer's organization take part as a partner: it was asked, and accepted under the charter shown to it.

    An organization that takes part already, in whatever way, stays as it is. `consortium_key` is the database key.
    """
    part, made = Participation.objects.get_or_create(
        consortium_id=consortium_key, organization_id=viewer.organization_id, defaults={"joined_at": clock.now()}
    )
    if made:
        ledger.append(viewer, "join_as_partner", about=part.consortium.public_id, network=True)


def leave_as_partner(viewer: Viewer, *, consortium: str) -> None:
    """Take back that the viewer's organization takes part (public id): it is a partner only, and nobody's helper."""
    parts = Participation.objects.filter(organization_id=viewer.organization_id, consortium__public_id=consortium)
    if parts.filter(is_member=False, is_coordinator=False, helped_from=None).delete()[0]:
        ledger.append(viewer, "leave_as_partner", about=consortium, network=True)
