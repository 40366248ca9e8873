"""`amont migrate`: bring the database to this version's tables."""

import argparse
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.db import connection

from amont.disclosure.wall.raising import raise_wall


def add(commands: Any) -> None:  # noqa: ANN401 - argparse keeps its type private
    """Add the words of this command."""
    words = commands.add_parser("migrate", help="bring the database to this version's tables")
    words.set_defaults(run=run)


def run(chosen: argparse.Namespace) -> int:  # noqa: ARG001
    """Make the SQLite file's folder if need be, then migrate."""
    make_folder()
    call_command("migrate", verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0)
    if settings.WEB_ROLE and connection.vendor == "postgresql":
        raise_wall(settings.WEB_ROLE)
    return 0


def make_folder() -> None:
    """Make the folder of the SQLite file if it is not there."""
    database = settings.DATABASES["default"]
    if database["ENGINE"] == "django.db.backends.sqlite3":
        Path(database["NAME"]).parent.mkdir(parents=True, exist_ok=True)
