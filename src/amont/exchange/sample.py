"""The first rows of a long file, kept beside it so that no page has to read it whole."""

import json
import zlib
from collections.abc import Iterable

from amont.exchange.tables import Row, Sheet

FIRST_ROWS = 200


def packed(sheets: Iterable[Sheet]) -> bytes:
    """Return the first rows of each sheet, packed."""
    kept = [
        {
            "name": sheet.name,
            "rows": [[row.number, list(row.cells)] for row in sheet.rows[:FIRST_ROWS]],
            "encoding": sheet.encoding,
            "delimiter": sheet.delimiter,
            "merged": sheet.merged,
        }
        for sheet in sheets
    ]
    return zlib.compress(json.dumps(kept, separators=(",", ":")).encode(), 6)


def unpacked(kept: bytes) -> tuple[Sheet, ...]:
    """Return the first rows of each sheet."""
    return tuple(
        Sheet(
            each["name"],
            tuple(Row(number, tuple(cells)) for number, cells in each["rows"]),
            each["encoding"],
            each["delimiter"],
            tuple(tuple(cells) for cells in each["merged"]),
        )
        for each in json.loads(zlib.decompress(kept))
    )
