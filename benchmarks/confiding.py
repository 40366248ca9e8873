"""What access log and second wall add to two pages of the demo's largest member: its largest chain, and coverage.

`python tests/cluster.py python benchmarks/confiding.py` makes a demo of its own on PostgreSQL and raises the wall. Each
page is asked in turn as the owner of the tables without a log, as the web's role without a log, and as the web's role
with the log (noted before within the hour, as for most pages); ratios are of turns side by side, their medians are
printed. With RECORD=1 they are appended to benchmarks/RESULTS.md, with the load.
"""

import os
import platform
import statistics
import sys
import time
from contextlib import nullcontext

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "amont.config.settings")
os.environ.setdefault("AMONT_MODE", "demo")

import django

django.setup()

from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.db import connection
from django.test import Client
from pages import RESULTS, database, largest_member, pages, time_of, unlogged

from amont.commands.main import main as amont
from amont.disclosure.wall.raising import raise_wall

TURNS = 25
OWNER, WEB = "postgres", "amont_web"
WAYS = {"bare": (OWNER, True), "wall": (WEB, True), "both": (WEB, False)}
LIMIT = 20


def asked_in_turn(client: Client, address: str) -> dict[str, list[float]]:
    """Return the milliseconds of a page by each way, turn by turn; each way first opens its connection."""
    found: dict[str, list[float]] = {way: [] for way in WAYS}
    for _ in range(TURNS):
        for way, (role, without_log) in WAYS.items():
            connection.close()
            connection.settings_dict["USER"] = role
            with unlogged() if without_log else nullcontext():
                time_of(client, address)
                found[way].append(time_of(client, address)[0])
    return found


def added(more: list[float], less: list[float]) -> float:
    """Return by how many percent one way takes longer than another, turn by turn, the median."""
    return 100 * (statistics.median(one / other for one, other in zip(more, less, strict=True)) - 1)


def main() -> int:
    """Make, raise, time, print."""
    call_command("migrate", verbosity=0)
    if amont(["demo"]):
        return 1
    raise_wall(WEB)
    viewer = largest_member()
    client = Client(SERVER_NAME="localhost")
    client.force_login(get_user_model().objects.get(pk=viewer.person_id))
    told = [(words, address) for words, address in pages(viewer).items() if words.startswith(("chain", "coverage"))]
    rows = []
    for words, address in told:
        times = asked_in_turn(client, address)
        wall, log = added(times["wall"], times["bare"]), added(times["both"], times["wall"])
        both = added(times["both"], times["bare"])
        bare = statistics.median(times["bare"])
        rows.append(f"| {words} | {bare:.1f} | {wall:+.1f} % | {log:+.1f} % | {both:+.1f} % |")
        print(
            f"{words}: {bare:.1f} ms bare; wall {wall:+.1f} %, log {log:+.1f} %, both {both:+.1f} % (under {LIMIT} %)"
        )
    print(f"load {os.getloadavg()[0]:.1f}")
    if os.environ.get("RECORD") == "1":
        load = f"{os.cpu_count()} CPUs at a load of {os.getloadavg()[0]:.1f}"
        on = f"Python {platform.python_version()}, {database()}, {load}"
        head = f"\n## Log and wall, {time.strftime('%Y-%m-%d')}\n\n{on}, {TURNS} turns.\n\n"
        columns = "| page | ms without either | second wall | access log | both |\n|---|---|---|---|---|\n"
        with RESULTS.open("a", encoding="utf-8") as results:
            results.write(head + columns + "\n".join(rows) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
