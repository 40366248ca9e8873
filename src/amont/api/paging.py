"""Lists page by page: a cursor tells how far one has read, in the order in which rows show, and nothing else."""

from collections.abc import Callable, Sequence
from typing import Annotated, Generic, TypeVar

from django.core import signing
from django.utils.translation import gettext as _
from ninja import Query, Schema
from pydantic import Field

from amont.kernel.errors import Refused
from amont.kernel.viewer import Viewer

MOST = 200
T = TypeVar("T")


class Paged(Schema, Generic[T]):
    """Rows of a list, and the cursor of the next page; null where there is none."""

    rows: list[T]
    next: str | None = Field(None, description="Send it as `cursor` to read on.")


class Reading(Schema):
    """Where to read on, and how many rows."""

    limit: int = Field(100, ge=1, le=MOST)
    cursor: str = Field("", max_length=200, description="`next` of the page before; empty: from the start.")


Part = Annotated[Reading, Query(...)]


def cut(viewer: Viewer, rows: Sequence[T], part: Reading, *, ref: Callable[[T], str], of: str) -> Paged[T]:
    """Return the page of `rows` after the cursor.

    A cursor holds the number of rows read and the reference of the last, signed for this organization and this list
    (`of`): of rows that came or went meanwhile none is read twice, and where the last one went, one goes on by number.
    Raises `Refused` for a cursor of another list, or of somebody else.
    """
    salt = f"api.{of}.{viewer.organization_id}"
    start = _after(rows, part.cursor, ref, salt) if part.cursor else 0
    shown = list(rows[start : start + part.limit])
    end = start + len(shown)
    more = signing.dumps([end, ref(shown[-1])], salt=salt) if shown and end < len(rows) else None
    return Paged(rows=shown, next=more)


def _after(rows: Sequence[T], cursor: str, ref: Callable[[T], str], salt: str) -> int:
    try:
        number, last = signing.loads(cursor, salt=salt)
    except signing.BadSignature:
        raise Refused({"?cursor": [_("This cursor is not of this list. Read it from the start.")]}) from None
    found = next((at for at, row in enumerate(rows) if ref(row) == last), None)
    return int(number) if found is None else found + 1
