"""The journal of what narrows: beside the database, never in its backup, so that no restore brings back what was ended.

One line for each act that ends or takes away something, written before its transaction ends: an act that failed after
all may stand in it, one that succeeded cannot be missing. A line holds ids, never a name.
"""

import fcntl
import json
import logging
import os
from collections.abc import Iterator, Mapping
from pathlib import Path

log = logging.getLogger(__name__)

NARROWING = frozenset(
    {
        "change",
        "change_role",
        "close_inspection",
        "drop_hook",
        "end_help",
        "end_staff",
        "erase_organization",
        "refuse_consent",
        "remove_colleague",
        "remove_document",
        "restore",
        "revoke",
        "revoke_token",
        "withdraw_colleague_invitation",
        "withdraw_seat",
    }
)
"""Acts that are done again after a restore; and restoring itself."""


def note(path: str, line: Mapping[str, object]) -> None:
    """Write one line to the journal and see it to the disk; nothing where there is no journal.

    An act that narrows is not held up by a full disk: what could not be written is told in the log.
    """
    if not path:
        return
    try:
        Path(path).parent.mkdir(parents=True, exist_ok=True)
        with Path(path).open("a", encoding="utf-8") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            file.write(f"{json.dumps(line, sort_keys=True)}\n")
            file.flush()
            os.fsync(file.fileno())
    except OSError:
        log.exception("the journal could not be written: a restore would not know of line %s", line.get("digest"))


def lines(path: str | Path) -> Iterator[dict[str, object]]:
    """Give the lines of a journal; a last one that was cut off is left out. Raises `OSError`."""
    for text in Path(path).read_text(encoding="utf-8").splitlines():
        try:
            yield json.loads(text)
        except ValueError:
            log.warning("a line of the journal was cut off")


def last(path: str) -> dict[str, object] | None:
    """Return the last line, None where there is no journal or nothing in it."""
    if not path or not Path(path).exists():
        return None
    return next(reversed(list(lines(path))), None)
