"""`amont messages`: extract what is said on screen, and compile the French for it."""

import argparse
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.core.management import call_command

PACKAGE = Path(__file__).resolve().parent.parent


def add(commands: Any) -> None:  # noqa: ANN401 - argparse keeps its type private
    """Add the words of this command."""
    words = commands.add_parser("messages", help="extract or compile the texts on screen")
    words.add_argument("what", choices=("extract", "compile"))
    words.set_defaults(run=run)


def rooms() -> Iterator[Path]:
    """Give each folder that keeps its own French."""
    for pattern in ("web/*/locale", "*/locale"):
        yield from sorted(folder.parent for folder in PACKAGE.glob(pattern))


def compile_messages() -> None:
    """Write each .mo that is older than its .po, with Babel: no gettext needed."""
    for source in sorted(PACKAGE.glob("**/locale/*/LC_MESSAGES/django.po")):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
            continue
        with source.open("rb") as text:
            catalogue = read_po(text, locale=source.parts[-3])
        with target.open("wb") as binary:
            write_mo(binary, catalogue)


def run(chosen: argparse.Namespace) -> int:
    """Extract with GNU gettext (a Debian package), or compile with Babel."""
    if chosen.what == "extract":
        here = Path.cwd()
        for room in rooms():
            (room / "locale").mkdir(exist_ok=True)
            os.chdir(room)
            call_command("makemessages", locale=["fr"], no_wrap=True, add_location="file", verbosity=0)
        os.chdir(here)
    compile_messages()
    return 0
