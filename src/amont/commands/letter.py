"""`amont letter`: the letter that checks who a firm is, for the operator to print and send."""

import argparse
import sys
from typing import Any

from amont.kernel.errors import NotKnown, Refused


def add(commands: Any) -> None:  # noqa: ANN401 - argparse keeps its type private
    """Add the words of this command."""
    words = commands.add_parser("letter", help="make the letter with a code that checks a firm, and print it")
    words.add_argument("organization", metavar="ID", help="the firm's public id")
    words.add_argument("--address", required=True, help="as the public register gives it, lines parted by a comma")
    words.set_defaults(run=run)


def run(chosen: argparse.Namespace) -> int:
    """Print the letter; its code is kept nowhere."""
    from amont.parties.actions import write_letter  # noqa: PLC0415 - Django is set up by now

    try:
        letter = write_letter(None, organization=chosen.organization, address=chosen.address.replace(", ", "\n"))
    except NotKnown:
        print(f"There is no firm {chosen.organization}.", file=sys.stderr)
        return 1
    except Refused as refusal:
        print(str(refusal), file=sys.stderr)
        return 1
    print(f"{letter.organization_name}\n{letter.address}\n{letter.country}\n\n{letter.code}\n\n{letter.until}")
    return 0
