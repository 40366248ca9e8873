"""Times pages of the demo's largest member on the server: chain of its largest line, all lines, coverage, home.

`python benchmarks/pages.py` prints medians of seven; with RECORD=1 it appends them to benchmarks/RESULTS.md. The first
request of each page stands apart: it compiles templates, and the very first loads the network into memory.
"""

import os
import platform
import sqlite3
import statistics
import sys
import time
from http import HTTPStatus
from pathlib import Path

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
from amont.disclosure.unsealed import unsealed
from amont.kernel.viewer import Viewer
from amont.parties.models import Membership
from amont.sight import read as sight

TIMES = 7
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
    with looking_as(viewer):
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
        rows.append(f"| {words} | {warm:.0f} | {work:.0f} | {first:.0f} |")
        figures = f"{warm:.0f} ms (median of {TIMES}; {work:.0f} ms of processor), {first:.0f} ms the first time"
        print(f"{words}: {figures}; limit {LIMIT_MS} ms")
    if os.environ.get("RECORD") == "1":
        record(rows)
    return 0


def record(rows: list[str]) -> None:
    """Append the figures with what they were taken on."""
    load = os.getloadavg()[0]
    on = f"Python {platform.python_version()}, Django {django.__version__}, {database()}, {os.cpu_count()} CPUs"
    columns = ("page", "ms, median of 7", "ms of processor, median", "ms, the first time")
    head = [f"\n## Pages, {time.strftime('%Y-%m-%d')}\n", f"{on} (load {load:.1f}).\n", f"| {' | '.join(columns)} |"]
    with RESULTS.open("a", encoding="utf-8") as results:
        results.write("\n".join([*head, "|---|---|---|---|", *rows, ""]))


def database() -> str:
    """Return the database and its version."""
    if settings.DATABASES["default"]["ENGINE"].endswith("sqlite3"):
        return f"SQLite {sqlite3.sqlite_version}"
    connection.ensure_connection()
    return f"PostgreSQL {connection.pg_version}"  # type: ignore[attr-defined]


if __name__ == "__main__":
    sys.exit(main())
