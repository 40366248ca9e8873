"""`amont rebate`: recompute settlements from a file, by the very code of the pages."""

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from amont.kernel.errors import Refused

_SHOWN = 20


def add(commands: Any) -> None:  # noqa: ANN401 - argparse keeps its type private
    """Add the words of this command."""
    words = commands.add_parser("rebate", help="print entitlement, deltas and shares of a tier scheme's settlements")
    words.add_argument("file", metavar="FILE", help="a rebate file (docs/rebate.schema.json), or - for standard input")
    words.add_argument("--falling", action="store_true", help="allow rates that fall from one band to the next")
    words.set_defaults(run=run)


def run(chosen: argparse.Namespace) -> int:
    """Print the settlements as JSON, or each place that does not do with the reason."""
    from amont.exchange.rebate.parse import read_rebate  # noqa: PLC0415 - Django is set up by now
    from amont.exchange.rebate.show import settlements_as_json  # noqa: PLC0415

    try:
        content = sys.stdin.buffer.read() if chosen.file == "-" else Path(chosen.file).read_bytes()
        case = read_rebate(content.decode("utf-8-sig"), falling=chosen.falling)
    except OSError as trouble:
        return _refuse([f"{chosen.file}: {trouble.strerror}"])
    except UnicodeDecodeError as trouble:
        return _refuse([f"{chosen.file}: not UTF-8 at byte {trouble.start}"])
    except Refused as refused:
        return _refuse([f"{place}: {why}" for place, reasons in refused.errors.items() for why in reasons])
    print(json.dumps(settlements_as_json(case), indent=2, ensure_ascii=False))
    return 0


def _refuse(reasons: list[str]) -> int:
    for reason in reasons[:_SHOWN]:
        print(reason, file=sys.stderr)
    if len(reasons) > _SHOWN:
        print(f"and {len(reasons) - _SHOWN} more", file=sys.stderr)
    return 1
