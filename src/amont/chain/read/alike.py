"""Rows of one's own book that may be one, as proposed, and those that were merged."""

from collections.abc import Mapping

from amont.catalogue.facts_sites import SiteFact
from amont.chain.facts_alike import AlikeFact, MergeFact, ReasonFact
from amont.chain.facts_book import ContactFact
from amont.chain.models import Alike, Merge
from amont.chain.read import book, sites
from amont.kernel.errors import NotKnown
from amont.kernel.paging import PAGE_SIZE, Page, page_of
from amont.kernel.viewer import Viewer

MOST_SHOWN = 200
LEANS_FOR = frozenset({"name_is_firm"})
"""Weighs less than no name in common would, and yet speaks for the two being one."""
Rows = Mapping[str, ContactFact | SiteFact]


def alike(viewer: Viewer, *, page: int = 1, size: int = PAGE_SIZE) -> Page[AlikeFact]:
    """Return a page of the pairs of the own book that may be one, the surest first."""
    waiting = Alike.objects.filter(owner_id=viewer.organization_id, different_at=None).order_by("-score", "pk")
    rows = list(waiting)
    there = _rows(viewer) if rows else {}
    cut = page_of([row for row in rows if row.one in there and row.other in there], page, size)
    return Page(tuple(_fact(row, there) for row in cut.rows), cut.number, cut.total, cut.size)


def alike_waiting(viewer: Viewer) -> int:
    """Return how many pairs wait for their owner's word."""
    waiting = Alike.objects.filter(owner_id=viewer.organization_id, different_at=None)
    pairs = list(waiting.values_list("one", "other"))
    there = _rows(viewer) if pairs else {}
    return sum(one in there and other in there for one, other in pairs)


def alike_pair(viewer: Viewer, public_id: str) -> AlikeFact:
    """Return one pair that waits. Raises `NotKnown`."""
    row = Alike.objects.filter(owner_id=viewer.organization_id, public_id=public_id).first()
    there = _rows(viewer) if row else {}
    if row is None or row.one not in there or row.other not in there:
        raise NotKnown
    return _fact(row, there)


def kept_apart(viewer: Viewer) -> tuple[AlikeFact, ...]:
    """Return the latest pairs of which the viewer said that they are two, newest first, where both still stand."""
    rows = Alike.objects.filter(owner_id=viewer.organization_id, different_at__isnull=False)
    found = list(rows.order_by("-different_at", "-pk")[:MOST_SHOWN])
    there = _rows(viewer) if found else {}
    return tuple(_fact(row, there) for row in found if row.one in there and row.other in there)


def merges(viewer: Viewer) -> tuple[MergeFact, ...]:
    """Return the latest merges of the own book that are not undone, newest first."""
    rows = Merge.objects.filter(owner_id=viewer.organization_id, undone_at=None).order_by("-created_at", "-pk")
    return tuple(
        MergeFact(row.public_id, row.kind, row.kept, str(row.names[0]), str(row.names[1]), row.created_at)
        for row in rows[:MOST_SHOWN]
    )


def _rows(viewer: Viewer) -> Rows:
    found: dict[str, ContactFact | SiteFact] = {each.site: each for each in sites.standing(viewer)}
    return found | {each.contact: each for each in book.all_contacts(viewer)}


def _fact(row: Alike, there: Rows) -> AlikeFact:
    reasons = tuple(
        ReasonFact(each["code"], each["said"], each["weight"] > 0 or each["code"] in LEANS_FOR) for each in row.reasons
    )
    return AlikeFact(row.public_id, row.kind, there[row.one], there[row.other], row.score, reasons)
