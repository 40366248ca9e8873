"""`amont match`: hold sites of a file against each other, pair by pair or all in all."""

import argparse
import sys
from pathlib import Path
from typing import Any

from amont.kernel.errors import Refused


def add(commands: Any) -> None:  # noqa: ANN401 - argparse keeps its type private
    """Add the words of this command."""
    words = commands.add_parser("match", help="tell which sites of a file are the same, with score and reasons")
    words.add_argument(
        "file",
        metavar="PAIRS.csv",
        help="two sites a row (name_1, address_1, town_1, country_1, latitude_1, longitude_1, id_1, name_2, ...; "
        "any may be missing but the names), or one a row: then the pairs found are printed",
    )
    words.add_argument("other", nargs="?", metavar="OTHER.csv", help="a second list, one site a row")
    words.add_argument("--out", metavar="FILE", help="where the answer goes; default: standard output")
    words.set_defaults(run=run)


def run(chosen: argparse.Namespace) -> int:
    """Print score, decision and reasons for each pair."""
    from amont.exchange import matching  # noqa: PLC0415 - Django is set up by now

    try:
        content = Path(chosen.file).read_bytes()
        other = Path(chosen.other).read_bytes() if chosen.other else None
        found = matching.held(content, chosen.file, other=other, other_name=chosen.other or "")
        told = matching.as_csv(found, None if other else content, chosen.file)
    except OSError as trouble:
        print(f"{trouble.filename}: {trouble.strerror}", file=sys.stderr)
        return 1
    except Refused as refused:
        print(f"{chosen.file}: {refused}", file=sys.stderr)
        return 1
    if chosen.out:
        Path(chosen.out).write_text(told, encoding="utf-8")
    else:
        sys.stdout.write(told)
    return 0
