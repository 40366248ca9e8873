"""Whom a buyer may vouch for."""

from amont.chain.facts_book import Unchecked
from amont.chain.models import Link
from amont.kernel.viewer import Viewer
from amont.parties.models import Organization


def unchecked(viewer: Viewer) -> tuple[Unchecked, ...]:
    """Return the viewer's direct suppliers, over accepted links, whose identity nobody has checked yet; by name."""
    bought = Link.objects.filter(buyer_id=viewer.organization_id, status=Link.Status.ACCEPTED)
    keys = set(bought.values_list("supplier_id", flat=True)) - {viewer.organization_id}
    rows = Organization.objects.filter(pk__in=keys, checked_by=Organization.Check.NONE)
    found = (Unchecked(row.public_id, row.name, row.country) for row in rows)
    return tuple(sorted(found, key=lambda each: (each.name.casefold(), each.organization)))
