"""`amont staff`: who reads the operator's pages, for how long, and why."""

import argparse
import sys

from amont.kernel.errors import Refused


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the words of this command."""
    words = commands.add_parser("staff", help="let a person read the operator's pages for some hours")
    words.add_argument("address", help="the address of the person's account")
    words.add_argument("--reason", default="", help="why; stands in the database")
    words.add_argument("--hours", type=int, default=8, help="from 1 to 12 (default 8)")
    words.add_argument("--end", action="store_true", help="end it now")
    words.set_defaults(run=run)


def run(chosen: argparse.Namespace) -> int:
    """Name, or end; return 1 with the reason where refused."""
    from amont.parties.actions.staff import end_staff, name_staff  # noqa: PLC0415 - Django is set up by now

    try:
        if chosen.end:
            end_staff(chosen.address)
        else:
            name_staff(chosen.address, reason=chosen.reason, hours=chosen.hours)
    except Refused as refused:
        print(refused, file=sys.stderr)
        return 1
    return 0
