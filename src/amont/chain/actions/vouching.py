"""A buyer vouches for a firm that supplies it."""

from django.db import transaction
from django.utils.translation import gettext as _

from amont.chain.models import Link
from amont.kernel.errors import Denied, NotKnown
from amont.kernel.viewer import Viewer
from amont.ledger import actions as ledger
from amont.parties.models import Organization


@transaction.atomic
def vouch(viewer: Viewer, organization: str) -> None:
    """Confirm that a direct supplier (public id) is the firm it says it is: its identity counts as checked by a buyer.

    An identity that was checked already stays as it was checked. Raises `Denied` to a reader, `NotKnown` for a firm
    that does not supply the viewer over an accepted link.
    """
    if not viewer.may_write:
        raise Denied(_("Readers cannot vouch for a company."))
    bought = Link.objects.filter(buyer_id=viewer.organization_id, status=Link.Status.ACCEPTED)
    suppliers = bought.exclude(supplier_id=viewer.organization_id).values("supplier_id")
    firm = Organization.objects.filter(public_id=organization, pk__in=suppliers).first()
    if firm is None:  # by one query, whether there is no such firm or it is not known
        raise NotKnown
    unchecked = Organization.objects.filter(pk=firm.pk, checked_by=Organization.Check.NONE)
    if unchecked.update(checked_by=Organization.Check.BUYER):
        ledger.append(viewer, "vouch", about=firm.public_id, network=True)
