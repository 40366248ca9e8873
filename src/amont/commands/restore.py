"""`amont restore`: put a backup into an empty database, what was ended since done again before anything is served."""

import argparse
import sys
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection

from amont.kernel.errors import Refused


def add(commands: Any) -> None:  # noqa: ANN401 - argparse keeps its type private
    """Add the words of this command."""
    words = commands.add_parser("restore", help="put a backup into an empty database, what was ended since done again")
    words.add_argument("file", type=Path, metavar="FILE", nargs="?", help="none: only do again what the journal holds")
    words.add_argument("--keys", type=Path, metavar="KEYS", help="the keys of documents")
    words.add_argument("--journal", type=Path, action="append", metavar="JOURNAL", help="of every machine")
    words.add_argument("--without-journal", action="store_true", help="revocations and erasures since then come back")
    words.set_defaults(run=run)


def run(chosen: argparse.Namespace) -> int:
    """Restore whole, or say why not and keep nothing."""
    journals = chosen.journal
    if journals is None and settings.JOURNAL and Path(settings.JOURNAL).exists():
        journals = [Path(settings.JOURNAL)]
    if journals is None and not chosen.without_journal:
        print(
            "Without the journal (--journal) what was revoked, removed or erased since the backup would come back.",
            "If it is lost, say so with --without-journal, and tell those concerned.",
            sep="\n",
            file=sys.stderr,
        )
        return 1
    try:
        _restore(chosen, journals)
    except (Refused, OSError) as trouble:
        print(f"Nothing was restored: {trouble}", file=sys.stderr)
        return 1
    return 0


def _restore(chosen: argparse.Namespace, journals: list[Path] | None) -> None:
    from amont.commands import migrate  # noqa: PLC0415 - Django is set up by now
    from amont.keeping.backup.restore import replay_here, restore  # noqa: PLC0415

    if chosen.file is None:
        print(f"{replay_here(journals or [])} acts of the journal done again.")
        return
    if "parties_organization" not in connection.introspection.table_names():
        migrate.run(argparse.Namespace())
    done = restore(chosen.file, keys=chosen.keys, journals=journals)
    print(f"{done.rows} rows of {done.at:%Y-%m-%d %H:%M} UTC restored, {done.replayed} acts since then done again.")
    if journals is None:
        print("No journal was given: what was revoked, removed or erased since then stands again as it was.")
