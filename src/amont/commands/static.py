"""`amont static`: gather the files that pages use, hashed and compressed."""

import argparse
from typing import Any

from django.core.management import call_command


def add(commands: Any) -> None:  # noqa: ANN401 - argparse keeps its type private
    """Add the words of this command."""
    words = commands.add_parser("static", help="gather the files that pages use")
    words.set_defaults(run=run)


def run(chosen: argparse.Namespace) -> int:  # noqa: ARG001
    """Gather them into AMONT_STATIC_ROOT."""
    call_command("collectstatic", interactive=False, verbosity=0, clear=False)
    return 0
