"""`amont world`: load a world into an empty database, and print what one organization, or each, may see of it."""

import argparse
import json
import os
import sys
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from amont.kernel.errors import NotKnown, Refused

_SHOWN = 20


def add(commands: Any) -> None:  # noqa: ANN401 - argparse keeps its type private
    """Add the words of this command."""
    words = commands.add_parser("world", help="load a world, or print a view of it")
    verbs = words.add_subparsers(dest="verb", required=True, metavar="VERB")
    load = verbs.add_parser("load", help="load WORLD.json into an empty database")
    load.add_argument("file", metavar="WORLD.json", help="the world, or - for standard input")
    load.set_defaults(run=run_load)
    view = verbs.add_parser("view", help="print what an organization may see, as JSON")
    whose = view.add_mutually_exclusive_group(required=True)
    whose.add_argument("organization", nargs="?", metavar="ORGANIZATION", help="its key in the world")
    whose.add_argument("--all", action="store_true", help="every organization, one object a line, in key order")
    view.add_argument("--at", type=_moment, metavar="TIME", help="a moment like 2026-01-31T12:00:00Z; default: now")
    view.add_argument("--explain", action="store_true", help="add each place's key, head, ways and deciding grants")
    view.set_defaults(run=run_view)


def run_load(chosen: argparse.Namespace) -> int:
    """Load a file whole, or print each place that does not do with the reason and keep nothing."""
    from amont.exchange.world.load import load  # noqa: PLC0415 - Django is set up by now

    try:
        text = sys.stdin.buffer.read() if chosen.file == "-" else Path(chosen.file).read_bytes()
        _make_tables()
        counts = load(text.decode("utf-8-sig"))
    except OSError as trouble:
        return _refuse([f"{chosen.file}: {trouble.strerror}"])
    except UnicodeDecodeError as trouble:
        return _refuse([f"{chosen.file}: not UTF-8 at byte {trouble.start}"])
    except Refused as refused:
        return _refuse(f"{place}: {reason}" if place else f"{reason}" for place, reason in _lines(refused))
    print(", ".join(f"{number} {name}" for name, number in counts.items()))
    return 0


def run_view(chosen: argparse.Namespace) -> int:
    """Print one view, or each on a line of its own."""
    from django.db import DatabaseError  # noqa: PLC0415 - Django is set up by now

    try:
        _print_views(chosen)
        sys.stdout.flush()
    except NotKnown:
        return _refuse([f"no organization has the key {chosen.organization!r}"])
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except DatabaseError:
        return _refuse(["the database has no tables yet: load a world first"])
    return 0


def _print_views(chosen: argparse.Namespace) -> None:
    from amont.exchange.world.show import view_as_json  # noqa: PLC0415 - Django is set up by now
    from amont.kernel import clock  # noqa: PLC0415
    from amont.sight import operator  # noqa: PLC0415

    at = chosen.at or clock.now().replace(microsecond=0)
    told = (
        operator.views(at=at, explain=chosen.explain)
        if chosen.all
        else iter([operator.view_of(chosen.organization, at=at, explain=chosen.explain)])
    )
    for key, view, reasons in told:
        shown = view_as_json(key, view, at=at, explain=reasons.of if reasons else None)
        print(json.dumps(shown, indent=None if chosen.all else 2))


def _moment(text: str) -> datetime:
    from amont.exchange.world.parse import moment  # noqa: PLC0415 - the command line starts without Django

    try:
        return moment(text)
    except ValueError as trouble:
        raise argparse.ArgumentTypeError(str(trouble)) from trouble


def _make_tables() -> None:
    from django.db import connection  # noqa: PLC0415 - Django is set up by now

    from amont.commands import migrate  # noqa: PLC0415

    migrate.make_folder()
    if "parties_organization" not in connection.introspection.table_names():
        migrate.run(argparse.Namespace())


def _lines(refused: Refused) -> Iterator[tuple[str, object]]:
    return ((place, reason) for place, reasons in refused.errors.items() for reason in reasons)


def _refuse(reasons: Iterable[str]) -> int:
    found = list(reasons)
    for reason in found[:_SHOWN]:
        print(reason, file=sys.stderr)
    if len(found) > _SHOWN:
        print(f"and {len(found) - _SHOWN} more", file=sys.stderr)
    return 1
