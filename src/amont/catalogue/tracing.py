"""What an import wrote, kept compactly so that it can be taken back: rows added, and what stood before in others."""

import json
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b

MARK = 16
_BETWEEN, _NO_TEXT = "\x1f", "\x1e"  # no text that was brought holds either


def mark_of(values: Sequence[object]) -> str:
    """Return a short mark of a row's values: another mark, another row."""
    return _mark(_BETWEEN.join([each if isinstance(each, str) else f"{_NO_TEXT}{each!r}" for each in values]))


def marks_of(rows: Iterable[Sequence[str]], rest: Sequence[object]) -> list[str]:
    """Return the marks of rows of texts, all followed by the same further values."""
    tail = _BETWEEN.join(["", *(each if isinstance(each, str) else f"{_NO_TEXT}{each!r}" for each in rest)])
    return [_mark(_BETWEEN.join(row) + tail) for row in rows]


def _mark(said: str) -> str:
    return blake2b(said.encode(), digest_size=MARK // 2).hexdigest()


@dataclass(slots=True)
class Added:
    """Rows that an import added to a table: their keys, their rows in the file, and marks of what they held."""

    keys: list[int] = field(default_factory=list)
    rows: list[int] = field(default_factory=list)
    marks: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Changed:
    """A row that an import changed: by field what stood before and what it set."""

    key: int
    row: int
    fields: Mapping[str, tuple[object, object]]


@dataclass(slots=True)
class Trace:
    """What one import wrote, by table."""

    added: dict[str, Added] = field(default_factory=dict)
    changed: dict[str, list[Changed]] = field(default_factory=dict)

    def add(self, table: str, keys: Iterable[int], rows: Iterable[int], values: Iterable[Sequence[object]]) -> None:
        """Note rows added, with the values of the fields that are watched."""
        self.add_marked(table, keys, rows, [mark_of(each) for each in values])

    def add_marked(self, table: str, keys: Iterable[int], rows: Iterable[int], marks: Iterable[str]) -> None:
        """Note rows added, with the marks of what they hold (`marks_of`)."""
        kept = self.added.setdefault(table, Added())
        kept.keys += keys
        kept.rows += rows
        kept.marks += marks

    def change(
        self, table: str, key: int, row: int, *, before: Mapping[str, object], after: Mapping[str, object]
    ) -> None:
        """Note a row changed; fields that stayed as they were are left out."""
        fields = {name: (before[name], value) for name, value in after.items() if before[name] != value}
        if fields:
            self.changed.setdefault(table, []).append(Changed(key, row, fields))

    def packed(self) -> bytes | None:
        """Return the trace as it is kept, None where nothing was written."""
        if not self.added and not self.changed:
            return None
        kept = {
            "added": {name: [each.keys, each.rows, "".join(each.marks)] for name, each in self.added.items()},
            "changed": {
                name: [[each.key, each.row, each.fields] for each in found] for name, found in self.changed.items()
            },
        }
        return zlib.compress(json.dumps(kept, separators=(",", ":")).encode(), 1)

    @classmethod
    def of(cls, packed: bytes) -> "Trace":
        """Return the trace that was kept."""
        kept = json.loads(zlib.decompress(packed))
        added = {
            name: Added(keys, rows, [marks[at : at + MARK] for at in range(0, len(marks), MARK)])
            for name, (keys, rows, marks) in kept["added"].items()
        }
        changed = {
            name: [
                Changed(key, row, {each: (was, now) for each, (was, now) in said.items()}) for key, row, said in all_
            ]
            for name, all_ in kept["changed"].items()
        }
        return cls(added, changed)
