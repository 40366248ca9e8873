"""A coordinator confirms who a member is."""

from django.db import transaction

from amont.consortia import may
from amont.consortia.models import Participation
from amont.kernel.errors import NotKnown
from amont.kernel.viewer import Viewer
from amont.ledger import actions as ledger
from amont.parties import actions as parties
from amont.parties.facts import Letter
from amont.parties.models import Organization


@transaction.atomic
def check_member(viewer: Viewer, public_id: str, *, organization: str) -> None:
    """Confirm that a member (public id) of the consortium is the firm it says it is: checked by the coordinator.

    An identity that was checked already stays as it was checked. Raises `Denied` to anybody but a coordinator's
    administrator, `NotKnown` for a consortium of others or a firm that is no member, its own included.
    """
    row = _member(viewer, public_id, organization)
    unchecked = Organization.objects.filter(pk=row.organization_id, checked_by=Organization.Check.NONE)
    if unchecked.update(checked_by=Organization.Check.COORDINATOR):
        ledger.append(viewer, "check_member", about=organization, network=True)


def write_letter(viewer: Viewer, public_id: str, *, organization: str, address: str) -> Letter:
    """Return the letter that checks a member (public id) by a code; its address is that of the public register.

    Raises as `check_member` does, and `Refused` as `parties.actions.write_letter`.
    """
    _member(viewer, public_id, organization)
    return parties.write_letter(viewer, organization=organization, address=address)


def _member(viewer: Viewer, public_id: str, organization: str) -> Participation:
    part = may.coordinate(viewer, public_id)
    members = Participation.objects.filter(consortium_id=part.consortium_id, is_member=True)
    row = members.filter(organization__public_id=organization).exclude(organization_id=viewer.organization_id).first()
    if row is None:
        raise NotKnown
    return row
