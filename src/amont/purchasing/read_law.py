"""What counsel looks at: the sheet of market shares, and who stands apart from joint talks."""

from dataclasses import dataclass
from datetime import datetime

from amont.kernel.viewer import Viewer
from amont.purchasing import may
from amont.purchasing.facts import CategoryFact
from amont.purchasing.models import Exclusion, Participant
from amont.purchasing.read import categories


@dataclass(frozen=True, slots=True)
class ApartFact:
    """A vendor that takes no part in joint talks."""

    vendor: str
    name: str
    reason: str
    is_own_wish: bool
    since: datetime


@dataclass(frozen=True, slots=True)
class LawFact:
    """The guard of one network: categories with their shares; the vendors and who stands apart, for its operator."""

    categories: tuple[CategoryFact, ...]
    apart: tuple[ApartFact, ...]
    vendors: tuple[tuple[str, str], ...]


def guard(viewer: Viewer, network: str) -> LawFact:
    """Return the guard of a network: to who runs it all, to a vendor its own standing apart. Raises `NotKnown`."""
    part = may.take_part(viewer, network)
    rows = Exclusion.objects.filter(network_id=part.network_id, ended_at=None).select_related("organization")
    if not part.is_operator:
        rows = rows.filter(organization_id=viewer.organization_id)
    apart = tuple(
        ApartFact(each.organization.public_id, each.organization.name, each.reason, each.is_own_wish, each.since)
        for each in rows.order_by("since", "pk")
    )
    vendors: tuple[tuple[str, str], ...] = ()
    if part.is_operator:
        sold = Participant.objects.filter(network_id=part.network_id, is_vendor=True)
        named = sold.values_list("organization__public_id", "organization__name")
        out = {each.vendor for each in apart}
        vendors = tuple(sorted((each for each in named if each[0] not in out), key=lambda each: each[1].casefold()))
    return LawFact(categories(viewer, network), apart, vendors)
