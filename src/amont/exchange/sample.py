"""The first rows of a long file, kept beside it so that no page has to read it whole."""

import json
import zlib
from collections.abc import Iterable

from amont.exchange.tables import Row, Sheet

FIRST_ROWS = 200


def packed(sheets: Iterable[Sheet]) -> bytes:
    """Return the first rows of each sheet, packed."""
    kept = [[sheet.name, [[row.number, list(row.cells)] for row in sheet.rows[:FIRST_ROWS]]] for sheet in sheets]
    return zlib.compress(json.dumps(kept, separators=(",", ":")).encode(), 6)


def unpacked(kept: bytes) -> tuple[Sheet, ...]:
    """Return the first rows of each sheet."""
    sheets = json.loads(zlib.decompress(kept))
    return tuple(Sheet(name, tuple(Row(number, tuple(cells)) for number, cells in rows)) for name, rows in sheets)
