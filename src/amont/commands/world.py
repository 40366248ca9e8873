"""`amont world`."""

import argparse
from typing import Any


def add(commands: Any) -> None:  # noqa: ANN401 - argparse keeps its type private
    """Add the words of this command."""
    words = commands.add_parser("world")
    words.set_defaults(run=run)


def run(chosen: argparse.Namespace) -> int:  # noqa: ARG001
    """Run it."""
    return 0
