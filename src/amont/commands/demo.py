"""`amont demo`: fill an empty database with the made-up consortium."""

import argparse
import sys
import time
from typing import Any

from amont.demo.build import build
from amont.kernel.errors import Refused


def add(commands: Any) -> None:  # noqa: ANN401 - argparse keeps its type private
    """Add the words of this command."""
    words = commands.add_parser("demo", help="fill an empty database with the made-up consortium")
    words.set_defaults(run=run)


def run(chosen: argparse.Namespace) -> int:  # noqa: ARG001
    """Play it; a second time does nothing. Exit 1 with the reason outside of demo mode or on other data."""
    started = time.monotonic()
    try:
        played = build()
    except Refused as why:
        print(why, file=sys.stderr)
        return 1
    if played is None:
        print("The demo is there already.")
        return 0
    print(
        f"The demo is there: {played.members} members, {played.partners} partners, {played.lines} lines, "
        f"{played.adherents} buyers under one agreement, in {time.monotonic() - started:.0f} s."
    )
    return 0
