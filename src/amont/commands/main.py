"""The entry point of `amont`: finds the command and runs it."""

import argparse
import os
import sys
from collections.abc import Sequence
from importlib import import_module

import django
from django.conf import settings

COMMANDS = (
    "migrate",
    "serve",
    "worker",
    "demo",
    "world",
    "static",
    "messages",
    "match",
    "rebate",
    "indexes",
    "simulate",
    "shapes",
    "openapi",
    "letter",
    "ledger",
    "staff",
    "wall",
    "keys",
    "backup",
    "restore",
)


def parser() -> argparse.ArgumentParser:
    """Return the parser of the whole command line; each command module adds its own words."""
    words = argparse.ArgumentParser(prog="amont", description="Trace together what a sector buys.")
    commands = words.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name in COMMANDS:
        import_module(f"amont.commands.{name}").add(commands)
    return words


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status: 0 done, 1 refused with the reason, 2 misspelt."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "amont.config.settings")
    django.setup()
    chosen = parser().parse_args(arguments)
    if settings.UNKNOWN_MODE:
        print("Amont does nothing:", settings.UNKNOWN_MODE, sep="\n  ", file=sys.stderr)
        return 1
    return int(chosen.run(chosen) or 0)


if __name__ == "__main__":
    sys.exit(main())
