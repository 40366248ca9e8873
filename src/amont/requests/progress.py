"""How far one's own asking has come, line by line: what coverage and home count from."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from amont.catalogue.models import Item
from amont.chain.models import Input, Source
from amont.kernel.viewer import Viewer
from amont.requests.models import RequestLine


@dataclass(frozen=True, slots=True)
class Moved:
    """A line about which a supplier has said something: own item (public id), its name, what, when."""

    item: str
    name: str
    status: str
    at: datetime


def statuses(viewer: Viewer) -> Mapping[str, frozenset[str]]:
    """Return, by own item (public id), the statuses of all that was asked about it."""
    rows = RequestLine.objects.filter(asker_id=viewer.organization_id).values_list("source_id", "status")
    items = _items(viewer, {source for source, _ in rows})
    found: dict[str, set[str]] = {}
    for source, status in rows:
        if source in items:
            found.setdefault(items[source][0], set()).add(status)
    return {item: frozenset(each) for item, each in found.items()}


def moved(viewer: Viewer, *, last: int = 5) -> tuple[Moved, ...]:
    """Return what suppliers said last about own lines, newest first."""
    rows = RequestLine.objects.filter(asker_id=viewer.organization_id, answered_at__isnull=False)
    cut = list(rows.order_by("-answered_at", "pk").values_list("source_id", "status", "answered_at")[:last])
    items = _items(viewer, {source for source, _, _ in cut})
    return tuple(Moved(*items[source], status, at) for source, status, at in cut if source in items and at)


def _items(viewer: Viewer, sources: set[int]) -> Mapping[int, tuple[str, str]]:
    """Return (public id, name) of the own item behind each source; tables are read apart, never joined."""
    own = {"owner_id": viewer.organization_id}
    inputs = dict(Source.objects.filter(**own, pk__in=sources).values_list("pk", "input_id"))
    items = dict(Input.objects.filter(**own, pk__in=set(inputs.values())).values_list("pk", "item_id"))
    names = {
        pk: (public_id, name)
        for pk, public_id, name in Item.objects.filter(**own, pk__in=set(items.values())).values_list(
            "pk", "public_id", "name"
        )
    }
    return {source: names[items[each]] for source, each in inputs.items() if each in items}
