"""`amont openapi`: print the description of the API."""

import argparse
import json
from typing import Any


def add(commands: Any) -> None:  # noqa: ANN401 - argparse keeps its type private
    """Add the words of this command."""
    words = commands.add_parser("openapi", help="print the description of the API (OpenAPI 3.1)")
    words.set_defaults(run=run)


def run(_chosen: argparse.Namespace) -> int:
    """Print the description, as git keeps it."""
    from amont.api.urls import described  # noqa: PLC0415 - Django is set up by now

    print(json.dumps(described(), indent=1, sort_keys=True, ensure_ascii=False))
    return 0
