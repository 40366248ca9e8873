"""`amont indexes`: what the shipped indexes say of a country, and whether a newer file would do."""

import argparse
import sys
from pathlib import Path
from typing import Any

from amont.insight.indexes.known import SOURCES
from amont.insight.indexes.reading import read_index, readings
from amont.kernel.countries import country_code, country_name
from amont.kernel.errors import Refused


def add(commands: Any) -> None:  # noqa: ANN401 - argparse keeps its type private
    """Add the words of this command."""
    words = commands.add_parser("indexes", help="indexes of countries: show what they say, check a newer file")
    acts = words.add_subparsers(dest="act", required=True, metavar="ACT")
    show = acts.add_parser("show", help="what each index says of a country, with source and date")
    show.add_argument("country", metavar="COUNTRY", help="a code, or a name in French or English")
    show.set_defaults(run=run_show)
    check = acts.add_parser("check", help="read a file of an index whole, or say what is wrong in it; keeps nothing")
    check.add_argument("index", choices=[each.name for each in SOURCES])
    check.add_argument("file", metavar="FILE")
    check.set_defaults(run=run_check)


def run_show(chosen: argparse.Namespace) -> int:
    """Print one figure a line: kind, what it tells, figure or none, source, edition, date."""
    code = country_code(chosen.country)
    if code is None:
        return _refuse([f"no country {chosen.country!r}"])
    print(country_name(code, "en"))
    for each in readings(code):
        figure = "no figure" if each.figure is None else str(each.figure)
        source = f"{each.source.maker}, {each.source.edition}, {each.source.dated}, {each.source.licence}"
        print(f"{each.measure.kind}\t{each.measure.tells}\t{figure}\t{source}")
    return 0


def run_check(chosen: argparse.Namespace) -> int:
    """Say how many figures the file holds and which countries it lacks; or each place that does not do."""
    source = next(each for each in SOURCES if each.name == chosen.index)
    try:
        index = read_index(source, Path(chosen.file).read_text(encoding="utf-8-sig"))
    except OSError as trouble:
        return _refuse([f"{chosen.file}: {trouble.strerror}"])
    except UnicodeDecodeError as trouble:
        return _refuse([f"{chosen.file}: not UTF-8 at byte {trouble.start}"])
    except Refused as refused:
        return _refuse([f"{place}: {why}" for place, reasons in refused.errors.items() for why in reasons])
    print(f"{len(index.figures)} figures; no row for {len(index.missing)} countries: {' '.join(index.missing)}")
    return 0


def _refuse(reasons: list[str]) -> int:
    print(*reasons, sep="\n", file=sys.stderr)
    return 1
