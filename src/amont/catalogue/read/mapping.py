"""What an organization chose last for files of the same headings."""

from collections.abc import Sequence
from hashlib import sha256

from amont.catalogue.facts import Remembered
from amont.catalogue.models import ColumnsChosen
from amont.kernel.folding import folded
from amont.kernel.viewer import Viewer

_LOOKED_BACK = 50


def heading_keys(header: Sequence[str]) -> tuple[str, ...]:
    """Return what the headings are known by: folded; one that stands again is told apart by its number."""
    seen: dict[str, int] = {}
    keys = []
    for heading in header:
        key = folded(heading)
        seen[key] = seen.get(key, 0) + 1
        keys.append("" if not key else key if seen[key] == 1 else f"{key} #{seen[key]}")
    return tuple(keys)


def headings_mark(header: Sequence[str]) -> str:
    """Return what a set of headings is known by, in whatever order they stand."""
    return sha256("\n".join(sorted(key for key in heading_keys(header) if key)).encode()).hexdigest()


def remembered(viewer: Viewer, header: Sequence[str], *, shape: str = "") -> Remembered | None:
    """Return what the viewer's organization chose last for a file of these headings, None if it never did.

    Headings that never stood together are known one by one from what was chosen for the shape, newest first.
    """
    mine = ColumnsChosen.objects.filter(owner_id=viewer.organization_id)
    same = mine.filter(headings=headings_mark(header)).first()
    if same is not None and shape in {"", same.shape}:
        return Remembered(same.shape, same.columns, same.kind)
    if not shape:
        return None
    columns: dict[str, str] = {}
    for chosen in mine.filter(shape=shape).order_by("-used_at", "-pk").values_list("columns", flat=True)[:_LOOKED_BACK]:
        columns = {**chosen, **columns}
    known = {key: columns[key] for key in heading_keys(header) if key in columns}
    return Remembered(shape, known) if known else None
