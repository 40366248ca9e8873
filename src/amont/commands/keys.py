"""`amont keys`: make a master key, and wrap all owners' keys by another."""

import argparse
import sys
from typing import Any

from django.conf import settings

from amont.kernel import sealing
from amont.kernel.errors import NotKnown


def add(commands: Any) -> None:  # noqa: ANN401 - argparse keeps its type private
    """Add the words of this command."""
    words = commands.add_parser("keys", help="make a master key, or go over to another")
    verbs = words.add_subparsers(dest="verb", required=True, metavar="VERB")
    verbs.add_parser("new", help="print a fresh master key").set_defaults(run=run_new)
    rotate = verbs.add_parser("rotate", help="wrap all owners' keys by the first master key; may be run again")
    rotate.set_defaults(run=run_rotate)


def run_new(_chosen: argparse.Namespace) -> int:
    """Print a key as a setting holds it."""
    print(sealing.written(sealing.new_key()))
    return 0


def run_rotate(_chosen: argparse.Namespace) -> int:
    """Wrap what the current master key does not wrap yet."""
    from amont.evidence.actions import keys_left, rotate  # noqa: PLC0415 - Django is set up by now

    if settings.MASTER_KEY_TROUBLE:
        print(settings.MASTER_KEY_TROUBLE, file=sys.stderr)
        return 1
    try:
        done = rotate()
    except NotKnown:
        print(
            f"{keys_left()} keys are wrapped by a master key that is not given: add it after the first", file=sys.stderr
        )
        return 1
    print(f"{done} keys wrapped anew, none left: a master key after the first is needed no more")
    return 0
