"""`amont backup`: write all rows of one moment to a file, and the keys of documents to another."""

import argparse
from pathlib import Path
from typing import Any


def add(commands: Any) -> None:  # noqa: ANN401 - argparse keeps its type private
    """Add the words of this command."""
    words = commands.add_parser("backup", help="write a backup, documents included; their keys to a file of their own")
    words.add_argument("file", type=Path, metavar="FILE")
    words.add_argument("--keys", type=Path, metavar="KEYS", help="default: FILE.keys; overwrite the same every time")
    words.set_defaults(run=run)


def run(chosen: argparse.Namespace) -> int:
    """Write both files."""
    from amont.keeping.backup.write import backup  # noqa: PLC0415 - Django is set up by now

    keys = chosen.keys or chosen.file.with_name(f"{chosen.file.name}.keys")
    counts = backup(chosen.file, keys)
    print(f"{sum(counts.values())} rows of {len(counts)} tables in {chosen.file}; keys of documents in {keys}.")
    print("Keep the two apart, and neither beside the master key; put the new keys in the place of the old ones.")
    return 0
