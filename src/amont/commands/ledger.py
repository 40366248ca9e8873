"""`amont ledger`: hold the ledger against its own hashes, and give it out so that anybody can."""

import argparse
import sys
from pathlib import Path
from typing import Any

from amont.kernel.errors import NotKnown


def add(commands: Any) -> None:  # noqa: ANN401 - argparse keeps its type private
    """Add the words of this command."""
    words = commands.add_parser("ledger", help="hold the ledger against its hashes, or write it to a file")
    verbs = words.add_subparsers(dest="verb", required=True, metavar="VERB")
    verify = verbs.add_parser("verify", help="walk the whole chain; 0 if it holds, 1 and the first broken line if not")
    verify.add_argument("--head", action="append", default=[], type=_head, metavar="NUMBER:HASH", help="noted before")
    verify.set_defaults(run=run_verify)
    export = verbs.add_parser("export", help="write the chain to FILE, for docs/verify_ledger.py")
    export.add_argument("file", type=Path, metavar="FILE")
    whose = export.add_mutually_exclusive_group()
    whose.add_argument("--organization", metavar="ID", help="open the lines of this organization, and no others")
    whose.add_argument("--all", action="store_true", help="open every line: for the operator alone")
    export.set_defaults(run=run_export)


def run_verify(chosen: argparse.Namespace) -> int:
    """Say how far the ledger holds."""
    from amont.ledger import read  # noqa: PLC0415 - Django is set up by now

    found = read.verdict(dict(chosen.head))
    if found.broken is not None:
        print(f"The ledger does not hold from line {found.broken} on.", file=sys.stderr)
        return 1
    print(f"The ledger holds: {found.lines} lines, {found.erased} of them erased. Head: {found.lines}:{found.hash}")
    return 0


def run_export(chosen: argparse.Namespace) -> int:
    """Write the export beside FILE, then put it in its place whole."""
    from django.db import transaction  # noqa: PLC0415 - Django is set up by now

    from amont.ledger import actions, read  # noqa: PLC0415
    from amont.parties.read import organization_key  # noqa: PLC0415

    try:
        organization = organization_key(chosen.organization) if chosen.organization else None
    except NotKnown:
        print(f"no organization has the id {chosen.organization}", file=sys.stderr)
        return 1
    partly = chosen.file.with_name(f"{chosen.file.name}.part")
    with transaction.atomic(), partly.open("w", encoding="utf-8") as out:
        actions.hold()
        out.writelines(f"{line}\n" for line in read.exported(organization, whole=chosen.all))
    partly.replace(chosen.file)
    number, held = read.head()
    print(f"{chosen.file} written. Note its head apart: {number}:{held}")
    return 0


def _head(text: str) -> tuple[int, str]:
    number, _, held = text.partition(":")
    if not number.isdecimal() or len(held) != 64:  # noqa: PLR2004 - SHA-256 in hexadecimal
        message = f"{text} is no number and hash"
        raise argparse.ArgumentTypeError(message)
    return int(number), held
