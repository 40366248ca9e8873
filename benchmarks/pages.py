"""Times pages of the demo's largest member on the server: chain of its largest line, all lines, coverage, home.

`python benchmarks/pages.py` prints medians of seven; with RECORD=1 it appends them to benchmarks/RESULTS.md. The first
request of each page stands apart: it compiles templates, and the very first loads the network into memory. What the
access log costs is timed in turn with the same page without it, once where all is noted already within the hour, and
once where every line must be written.
"""

import os
import platform
import sqlite3
import statistics
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from pathlib import Path
from unittest.mock import patch

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "amont.config.settings")

import django

django.setup()

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import connection
from django.db.models import Count
from django.test import Client
from django.urls import NoReverseMatch, reverse

from amont.catalogue.models import Item
from amont.consortia.models import Participation
from amont.disclosure.guard import looking_as
from amont.disclosure.models import Reading
from amont.disclosure.reading import noting
from amont.disclosure.unsealed import unsealed
from amont.kernel.viewer import Viewer
from amont.parties.models import Membership
from amont.sight import log
from amont.sight import read as sight
from amont.web.shell import middleware

TIMES = 7
PAIRS = 15
LIMIT_MS = 300
RESULTS = Path(__file__).with_name("RESULTS.md")


def largest_member() -> Viewer:
    """Return an administrator of the member with most article lines."""
    members = Participation.objects.filter(is_member=True).values_list("organization_id", flat=True)
    with unsealed("a benchmark looks for the member with most lines"):
        counted = Item.objects.filter(owner_id__in=list(members), is_bought=True).values("owner_id")
        largest = counted.annotate(lines=Count("pk")).order_by("-lines", "owner_id").first()
    if largest is None:
        sys.exit("No demo here: run `amont demo` first.")
    person = Membership.objects.filter(organization_id=largest["owner_id"], role="admin").order_by("pk")[0]
    return Viewer(largest["owner_id"], person.person_id)


def pages(viewer: Viewer) -> dict[str, str]:
    """Return the pages to time: what each is, and its address."""
    with looking_as(viewer), noting():
        lines = sight.lines(viewer)
    largest = max(lines, key=lambda each: (sum(each.counts.values()), each.item))
    places = sum(largest.counts.values())
    named = {
        f"chain of the largest line ({places} places)": ("see:line", [largest.item]),
        f"all lines ({len(lines)})": ("see:lines", []),
        f"coverage ({len(lines)} lines)": ("home:coverage", []),
        "home": ("home:home", []),
    }
    found = {}
    for words, (name, arguments) in named.items():
        try:
            found[words] = reverse(name, args=arguments)
        except NoReverseMatch:
            print(f"{words}: no such page yet")
    return found


def time_of(client: Client, address: str) -> tuple[float, float]:
    """Return the milliseconds that one request took on the server: by the clock, and of one processor."""
    started, worked = time.perf_counter(), time.process_time()
    answer = client.get(address)
    took = (1000 * (time.perf_counter() - started), 1000 * (time.process_time() - worked))
    assert answer.status_code == HTTPStatus.OK, f"{address}: {answer.status_code}"
    return took


def main() -> int:
    """Time the pages and print them, each against the limit."""
    viewer = largest_member()
    client = Client(SERVER_NAME="localhost")
    client.force_login(get_user_model().objects.get(pk=viewer.person_id))
    rows = []
    for words, address in pages(viewer).items():
        first, _work = time_of(client, address)
        times = [time_of(client, address) for _ in range(TIMES)]
        warm, work = (statistics.median(each) for each in zip(*times, strict=True))
        cost = cost_of_log(client, address)
        rows.append(f"| {words} | {warm:.0f} | {work:.0f} | {first:.0f} | {cost} |")
        figures = f"{warm:.0f} ms (median of {TIMES}; {work:.0f} ms of processor), {first:.0f} ms the first time"
        print(f"{words}: {figures}; limit {LIMIT_MS} ms; {cost}")
    if os.environ.get("RECORD") == "1":
        record(rows)
    return 0


@contextmanager
def unlogged() -> Iterator[None]:
    """Answer without an access log, to know what it costs."""
    with (
        patch.object(middleware, "write"),
        patch.object(log, "note_places"),
        patch.object(log, "note_suppliers"),
    ):
        yield


def cost_of_log(client: Client, address: str) -> str:
    """Return the median of what the access log adds to a page, in percent, pair by pair: noted before, and anew."""
    noted, anew = [], []
    for _ in range(PAIRS):
        with unlogged():
            bare = time_of(client, address)[0]
        noted.append(100 * (time_of(client, address)[0] / bare - 1))
        with unsealed("a benchmark has every line written again"):
            Reading.objects.all().delete()
        with unlogged():
            bare = time_of(client, address)[0]
        anew.append(100 * (time_of(client, address)[0] / bare - 1))
    return f"access log {statistics.median(noted):+.0f} %, where all is written anew {statistics.median(anew):+.0f} %"


def record(rows: list[str]) -> None:
    """Append the figures with what they were taken on."""
    load = os.getloadavg()[0]
    on = f"Python {platform.python_version()}, Django {django.__version__}, {database()}, {os.cpu_count()} CPUs"
    columns = ("page", "ms, median of 7", "ms of processor, median", "ms, the first time", "in pairs")
    head = [f"\n## Pages, {time.strftime('%Y-%m-%d')}\n", f"{on} (load {load:.1f}).\n", f"| {' | '.join(columns)} |"]
    with RESULTS.open("a", encoding="utf-8") as results:
        results.write("\n".join([*head, "|---|---|---|---|---|", *rows, ""]))


def database() -> str:
    """Return the database and its version."""
    if settings.DATABASES["default"]["ENGINE"].endswith("sqlite3"):
        return f"SQLite {sqlite3.sqlite_version}"
    connection.ensure_connection()
    return f"PostgreSQL {connection.pg_version}"  # type: ignore[attr-defined]


if __name__ == "__main__":
    sys.exit(main())
