"""`amont wall`: raise the second wall on PostgreSQL for the role that serves pages."""

import argparse
import sys
from typing import Any

from django.db import DatabaseError, connection

from amont.disclosure.wall.raising import guarded, raise_wall


def add(commands: Any) -> None:  # noqa: ANN401 - argparse keeps its type private
    """Add the words of this command."""
    words = commands.add_parser("wall", help="raise the second wall on PostgreSQL, as the owner of the tables")
    words.add_argument("role", help="the role with which server and worker connect; made if it is not there")
    words.set_defaults(run=run)


def run(chosen: argparse.Namespace) -> int:
    """Raise the wall; exit 1 with the reason where the database has none to raise, or refuses."""
    if connection.vendor != "postgresql":
        print("The second wall is PostgreSQL's: a database in a file has no roles.", file=sys.stderr)
        return 1
    try:
        raise_wall(chosen.role)
    except DatabaseError as trouble:
        print(f"The database refuses: {trouble}", file=sys.stderr)
        return 1
    print(f"{len(guarded())} tables stand behind the wall for {chosen.role}.")
    return 0
