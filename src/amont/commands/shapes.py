"""`amont shapes`: make the file of countries' shapes that maps are drawn from, out of TopoJSON."""

import argparse
import json
from pathlib import Path
from typing import Any

from amont.kernel.shapes import thinned


def add(commands: Any) -> None:  # noqa: ANN401 - argparse keeps its type private
    """Add the words of this command."""
    words = commands.add_parser("shapes", help="make the shapes of countries for maps out of TopoJSON")
    words.add_argument("topojson", type=Path, help="a file whose object `countries` has ISO 3166-1 numeric ids")
    words.add_argument("out", type=Path, help="the file to write, to be named in AMONT_MAP_SHAPES")
    words.add_argument("--source", required=True, help="name and edition, to stand beneath every map")
    words.set_defaults(run=run)


def run(chosen: argparse.Namespace) -> int:
    """Write the file; one that is no TopoJSON of countries is refused."""
    try:
        found = thinned(json.loads(chosen.topojson.read_text(encoding="utf-8")), source=chosen.source)
    except (OSError, ValueError, LookupError, TypeError) as trouble:
        print(f"{chosen.topojson} is no TopoJSON of countries: {trouble!r}")
        return 1
    chosen.out.write_text(f"{found}\n", encoding="utf-8")
    return 0
