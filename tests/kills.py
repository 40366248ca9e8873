"""Kill a worker at random moments of imports and of their undoing, start it again, and see that nothing is half-done.

    KILLS=200 SEED=1 python tests/kills.py

Works on the empty database that DATABASE_URL names. Files of lines with suppliers come in, are changed by a second
file, and both are taken back, over and over, each step by a worker process that gets SIGKILL at a random moment, until
one comes to its end. After each kill all tables are either exactly as before or exactly as after; counts close; the
ledger holds. ROWS says how long the files are, SECONDS after which no more are killed, RECORD names the file that keeps
the result.
"""

import argparse
import itertools
import os
import random
import signal
import sys
import time
from collections import Counter
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "amont.config.settings")
os.environ["AMONT_MODE"] = "demo"  # the tasks' database is used, and no secret is needed

import django

django.setup()

from django.core.management import call_command
from django.db import connections

from amont.catalogue.models import Import, ImportProgress, Item
from amont.catalogue.read import imports
from amont.chain.models import Contact, Input, Source
from amont.commands import worker
from amont.disclosure.guard import looking_as
from amont.exchange import importing, sending
from amont.kernel.viewer import Viewer
from amont.ledger import read as ledger
from amont.ledger.models import Entry
from amont.parties.models import Organization
from made_files import as_csv, as_xlsx, line_rows

ROWS = int(os.environ.get("ROWS", "300"))
SECTION = "## Workers killed in the middle of imports"
TABLES = (Item, Contact, Input, Source)
MOST_TRIED = 6  # then a step is let through: begun twelve times, an import is given up
Rows = list[list[str]]


class HalfDone(AssertionError):
    """Something is neither as before nor as after."""


def main() -> int:
    """Kill as often as KILLS says; exit 1 at the first thing half-done."""
    kills, seed = int(os.environ.get("KILLS", "20")), int(os.environ.get("SEED", "1"))
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    viewer = Viewer(Organization.objects.create(name="Maison des Coupures", country="FR").pk)
    importing.MOST_AT_ONCE = ROWS // 2  # so that short files are long enough for the worker
    rig = Rig(viewer, kills, random.Random(seed))  # noqa: S311 - repeatable on purpose
    started = time.monotonic()
    with looking_as(viewer):
        try:
            while rig.left:
                rig.round()
        except HalfDone as trouble:
            print(f"HALF-DONE after {rig.done} kills (seed {seed}): {trouble}")
            return 1
        broken = ledger.first_broken_line()
    took = time.monotonic() - started
    said = f"{rig.done} kills, {ROWS} rows a file, seed {seed}, {connections['default'].vendor}, {took:.0f} s: "
    said += "nothing half-done, counts closed, ledger whole" if broken is None else f"ledger broken at {broken}"
    where = ", ".join(f"{phase} {count}" for phase, count in sorted(rig.where.items()))
    said += f" (killed while {where}; {rig.imports} imports, {rig.undos} undos)."
    print(said)
    if record := os.environ.get("RECORD"):
        note(Path(record), f"- {time.strftime('%Y-%m-%d')}: {said}\n")
    return 0 if broken is None else 1


def note(record: Path, line: str) -> None:
    """Write a line at the end of its section."""
    before, mark, rest = record.read_text(encoding="utf-8").partition(SECTION)
    section, following, more = rest.partition("\n## ")
    record.write_text(f"{before}{mark}{section.rstrip()}\n{line}{following}{more}", encoding="utf-8")


def files() -> tuple[Rows, Rows]:
    """Return a file of lines, and one that changes half of them, adds some, and has some that do not do."""
    first = line_rows(ROWS)
    second = [row[:] for row in first]
    for row in second[1 : ROWS // 2]:
        row[1] += " bis"
    for row in second[-30:]:
        row[0] += "-N"
    for row in second[-5:]:
        row[3] = "12"
    return first, second


class Rig:
    """What is killed, and what must hold."""

    def __init__(self, viewer: Viewer, kills: int, chance: random.Random) -> None:
        """Begin with nothing killed."""
        self.viewer, self.left, self.chance = viewer, kills, chance
        self.done = self.imports = self.undos = 0
        self.where: Counter[str] = Counter()
        self.usual = 2.0
        self.end = time.monotonic() + float(os.environ.get("SECONDS", "86400"))

    def round(self) -> None:
        """Bring two files, the second upon the first, and take both back."""
        empty = state()
        first, second = files()
        one = self.bring(as_csv(first), "lines.csv", added=ROWS, refused=0)
        between = state()
        other = self.bring(as_xlsx({"Lignes": second}), "lines.xlsx", added=25, refused=5)
        self.undo(other, between)
        self.undo(one, empty)

    def bring(self, content: bytes, name: str, *, added: int, refused: int) -> str:
        """Import a file through killed workers; it is in once, and its counts close."""
        before, lines = state(), acts("bring_lines")
        public_id = sending.bring(self.viewer, content, file_name=name).public_id
        sending.start(self.viewer, public_id)
        self.work_until(public_id, before, lambda row: row.state == "done")
        report = imports.import_of(self.viewer, public_id).report
        counts = [int(str(report[each])) for each in ("added", "updated", "unchanged", "refused")]
        closes = report["read"] == sum(counts) and (counts[0], counts[3]) == (added, refused)
        must(closes, f"counts do not close: {report['read']} read, {counts}")
        is_once = acts("bring_lines") == lines + 1 and ledger.first_broken_line() is None
        must(is_once, "the ledger does not hold the import once")
        self.imports += 1
        return public_id

    def undo(self, public_id: str, after: str) -> None:
        """Take an import back through killed workers; all is as it was before it."""
        before, lines = state(), acts("undo_import")
        sending.undo(self.viewer, public_id)
        self.work_until(public_id, before, lambda row: row.undone_at is not None)
        must(state() == after and acts("undo_import") == lines + 1, "an undo left something")
        self.undos += 1

    def work_until(self, public_id: str, before: str, is_done: Callable[[Import], bool]) -> None:
        """Start workers, and kill them while kills are left, until one has done the work."""
        for tried in itertools.count():
            self.left = self.left if time.monotonic() < self.end else 0
            is_spared = self.left <= 0 or tried >= MOST_TRIED
            fate = 120.0 if is_spared else self.chance.uniform(0, self.usual)
            started = time.monotonic()
            was_killed = run_worker(fate)
            if not was_killed:
                self.usual = min(4.0, 1.1 * (time.monotonic() - started))  # as fast as the machine is just now
            row = Import.objects.defer("content").get(public_id=public_id)
            phase = ImportProgress.objects.get(brought_id=row.pk).phase
            if was_killed:
                self.left, self.done = self.left - 1, self.done + 1
                self.where["after the end" if is_done(row) else phase] += 1
            if is_done(row):
                return
            must(state() == before, f"a worker killed while {phase} left something")
            must(row.state not in {"cancelled", "failed"}, f"{row.state}: {row.reason}")


def must(holds: bool, trouble: str) -> None:  # noqa: FBT001 - what must hold
    """Raise `HalfDone` where it does not hold."""
    if not holds:
        raise HalfDone(trouble)


def state() -> str:
    """Return a digest of all rows that imports write, and of nothing else."""
    whole = sha256()
    for table in TABLES:
        for row in table.objects.order_by("pk").values_list():
            whole.update(repr(row).encode())
    return whole.hexdigest()


def acts(act: str) -> int:
    """Return how many lines of the ledger say this."""
    return Entry.objects.filter(act=act).count()


def run_worker(seconds: float) -> bool:
    """Run `amont worker --once` in a process of its own, kill it after so long, and tell whether it was still alive."""
    connections.close_all()
    child = os.fork()
    if child == 0:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        worker.run(argparse.Namespace(once=True))
        os._exit(0)
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if os.waitpid(child, os.WNOHANG)[0]:
            return False
        time.sleep(0.002)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return True


if __name__ == "__main__":
    sys.exit(main())
