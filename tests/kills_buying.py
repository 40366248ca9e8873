"""Kill a process at every statement of bringing invoices and of settling: nothing is half-done, nothing doubled.

    KILLS=300 python tests/kills_buying.py

Works on the empty database that DATABASE_URL names. Round after round a vendor brings a file of invoices of all buyers,
one buyer brings one of them again, the vendor takes a document back, and a month is settled; each act in a process that
gets SIGKILL at its first statement, then at its second, and so on, before the commit and after it, until one comes to
its end. After each kill all tables are exactly as before, or exactly as after; what is brought is brought once; what is
settled is what anybody recomputes. RECORD names the file that keeps the result.
"""

import os
import signal
import sys
import time
from calendar import monthrange
from collections import Counter
from collections.abc import Callable
from datetime import date
from hashlib import sha256
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "amont.config.settings")
os.environ["AMONT_MODE"] = "demo"  # no secret is needed

import django

django.setup()

from django.core.management import call_command
from django.db import connection, connections

from amont.disclosure.unsealed import unsealed
from amont.kernel.errors import Refused
from amont.ledger import read as ledger
from amont.ledger.models import Entry
from amont.purchasing import actions, read_settlements
from amont.purchasing.models import Invoice, InvoiceLine, Settlement, Share, Statement, Turnover
from amont.purchasing.rules.settling import settle
from purchasing.stage import Stage, founded, invoice

TABLES = (Invoice, InvoiceLine, Turnover, Settlement, Share, Statement, Entry)
BUYERS = tuple("ABCDEFG")
SECTION = "## Processes killed while invoices are brought and settled"


class HalfDone(AssertionError):
    """Something is neither as before nor as after."""


def main() -> int:
    """Kill KILLS times; exit 1 at the first thing half-done."""
    kills = int(os.environ.get("KILLS", "20"))
    call_command("migrate", verbosity=0)
    rig = Rig(founded(BUYERS), kills)
    started = time.monotonic()
    month = 2
    try:
        while rig.left:
            rig.round(month)
            month += 1
    except HalfDone as trouble:
        print(f"HALF-DONE after {rig.done.total()} kills: {trouble}")
        return 1
    broken = ledger.first_broken_line()
    where = ", ".join(f"{what} {count}" for what, count in sorted(rig.done.items()))
    said = f"{rig.done.total()} kills ({where}), {connection.vendor}, {time.monotonic() - started:.0f} s: "
    said += "no partial state, nothing twice, ledger whole." if broken is None else f"ledger broken at {broken}."
    print(said)
    if record := os.environ.get("RECORD"):
        note(Path(record), f"- {time.strftime('%Y-%m-%d')}: {said}\n")
    return 0 if broken is None else 1


def note(record: Path, line: str) -> None:
    """Write a line at the end of its section, which is made where there is none."""
    text = record.read_text(encoding="utf-8")
    text = text if SECTION in text else f"{text.rstrip()}\n\n{SECTION}\n\n"
    before, mark, rest = text.partition(SECTION)
    section, following, more = rest.partition("\n## ")
    record.write_text(f"{before}{mark}{section.rstrip()}\n{line}{following}{more}", encoding="utf-8")


class Rig:
    """What is killed, and what must hold."""

    def __init__(self, stage: Stage, kills: int) -> None:
        """Begin with nothing killed."""
        self.stage, self.left, self.done = stage, kills, Counter[str]()

    def round(self, month: int) -> None:
        """Play one month through killed processes."""
        must(month <= 12, f"the agreement's year is over after {self.done.total()} kills")
        on, late = f"2026-{month:02}-10", f"2026-{month:02}-20"
        given = [
            invoice(f"F{month}-{name}", name, ("PAPER", "40", "100.00"), ("PAPER", "4", "10.01"), on=on)
            for name in BUYERS
        ]
        again = given[0]
        self.act("bring", lambda: self.stage.bring("Vendor", *given, on=late))
        self.act("bring again", lambda: self.stage.bring("A", again, on=late, channel="ubl"))
        self.act("take back", lambda: self.drop(f"F{month}-B", late))
        last = date(2026, month, monthrange(2026, month)[1])
        after = date.fromordinal(last.toordinal() + 1)
        self.act("settle", lambda: self.stage.settle(last.isoformat(), after.isoformat()))
        self.recomputed(month)

    def drop(self, number: str, at: str) -> None:
        """Take a document back."""
        from datetime import datetime  # noqa: PLC0415 - as in stage

        with self.stage.as_("Vendor", datetime.fromisoformat(f"{at}T12:00:00+00:00")) as vendor:
            held = Invoice.objects.get(number=number)
            actions.drop(vendor, self.stage.agreement, document=held.public_id)

    def act(self, what: str, act: Callable[[], object]) -> None:
        """Do one act in processes killed at the first, second, ... point, until one comes to its end."""
        before = state()
        for point in range(1, 100_000):
            if self.left <= 0:
                point = 0  # noqa: PLW2901 - nobody is killed any more
            if not killed(act, point):
                return
            self.left, self.done = self.left - 1, self.done + Counter([what])
            if (now := state()) != before:
                try:
                    act()  # it was committed: doing it again must change nothing
                except Refused as why:
                    told = f"{what}, killed at {point}, cannot be done again: {why}"
                    raise HalfDone(told) from why
                must(state() == now, f"{what} twice changed something, killed at {point}")
                return

    def recomputed(self, month: int) -> None:
        """Hold what is settled against what anybody recomputes."""
        with self.stage.as_("Vendor") as vendor:
            case = read_settlements.case(vendor, self.stage.agreement)
            again = settle(case.scheme, case.adherents, case.events, case.settlements)[-1]
            kept = Settlement.objects.order_by("on").last()
            must(
                kept is not None and (kept.volume, kept.entitlement) == (again.volume, again.entitlement),
                "settled wrongly",
            )
            must(Invoice.objects.filter(number__startswith=f"F{month}-").count() == len(BUYERS), "not brought once")


def must(holds: bool, trouble: str) -> None:  # noqa: FBT001 - what must hold
    """Raise `HalfDone` where it does not hold."""
    if not holds:
        raise HalfDone(trouble)


def state() -> str:
    """Return a digest of all rows that bringing and settling write."""
    whole = sha256()
    with unsealed("a test compares all rows"):
        for table in TABLES:
            for row in table._default_manager.order_by("pk").values_list():
                whole.update(repr(row).encode())
    return whole.hexdigest()


def killed(act: Callable[[], object], point: int) -> bool:
    """Do an act in a process of its own that kills itself at its n-th point (0: never); tell whether it was killed."""
    connections.close_all()
    child = os.fork()
    if child == 0:
        count = 0

        def reached() -> None:
            nonlocal count
            count += 1
            if count == point:
                os.kill(os.getpid(), signal.SIGKILL)

        def before(execute: Callable[..., object], *given: object) -> object:
            reached()
            return execute(*given)

        commit = connection._commit  # type: ignore[attr-defined]

        def committing() -> object:
            reached()
            done = commit()
            reached()
            return done

        connection._commit = committing  # type: ignore[attr-defined]
        code = 1
        try:
            with connection.execute_wrapper(before):
                act()
            code = 0
        finally:
            os._exit(code)
    status = os.waitpid(child, 0)[1]
    must(os.WIFSIGNALED(status) or os.WEXITSTATUS(status) == 0, "an act failed by itself")
    return os.WIFSIGNALED(status)


if __name__ == "__main__":
    sys.exit(main())
