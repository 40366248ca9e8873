"""Remembering what an organization chose for the columns of a file, and forgetting it."""

from collections.abc import Mapping, Sequence

from amont.catalogue import may
from amont.catalogue.models import ColumnsChosen
from amont.catalogue.read.mapping import heading_keys, headings_mark
from amont.kernel import clock
from amont.kernel.viewer import Viewer


def remember_columns(
    viewer: Viewer, header: Sequence[str], *, shape: str, columns: Mapping[int, str], kind: str = ""
) -> None:
    """Remember what was chosen for a file of these headings, in the transaction of the act that imports it."""
    keys = heading_keys(header)
    chosen = {key: columns.get(column, "") for column, key in enumerate(keys) if key}
    ColumnsChosen.objects.update_or_create(
        owner_id=viewer.organization_id,
        headings=headings_mark(header),
        defaults={"shape": shape, "columns": chosen, "kind": kind, "used_at": clock.now()},
    )


def forget_columns(viewer: Viewer, header: Sequence[str]) -> None:
    """Forget what was chosen for headings of this file, wherever they stood; once forgotten, nothing happens.

    It concerns a form of one's own, not data: it stands in no ledger. Raises `Denied`.
    """
    may.write(viewer)
    keys = {key for key in heading_keys(header) if key}
    mine = ColumnsChosen.objects.filter(owner_id=viewer.organization_id)
    mine.filter(headings=headings_mark(header)).delete()
    for row in mine:
        kept = {key: code for key, code in row.columns.items() if key not in keys}
        if kept != row.columns:
            row.columns = kept
            row.save(update_fields=["columns"])
