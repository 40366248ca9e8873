"""The access log is read page by page: lines of known readers and weeks of others stand in one order, none twice."""

from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from amont.disclosure.guard import looking_as
from amont.disclosure.models import Reading
from amont.disclosure.unsealed import unsealed
from amont.kernel import clock
from amont.kernel.viewer import Viewer
from amont.sight.facts_log import LogLine, ReadLine, WeekRead
from amont.sight.log import access_log, whole_access_log
from small_world import SmallWorld

pytestmark = [pytest.mark.django_db, pytest.mark.both]
WEDNESDAY = datetime(2026, 3, 11, 9, 30, tzinfo=UTC)
HOURS = 24 * 25
SIZE = 7


@pytest.fixture
def owner() -> Viewer:
    """Give a firm whose facts somebody read every hour of 25 days: two that it knows, and one that it does not."""
    world = SmallWorld()
    world.item("i1", "Owner")
    world.item("i2", "Owner")
    key, other = world.items["i1"].pk, world.items["i2"].pk
    readers = [world.firm(name) for name in ("Beate", "Anselm", "Nobody known")]
    start = WEDNESDAY.replace(minute=0)
    with unsealed("a test fills the log"):
        Reading.objects.bulk_create(
            Reading(
                owner=world.firm("Owner"),
                reader=readers[n % 3],
                is_known=n % 3 < 2,
                hour=start - timedelta(hours=n),
                channel="file" if n % 4 == 0 else "page",
                named=[key],
                full=[other] if n % 2 else [],
                documents=[f"d{n}"] if n % 5 == 0 else [],
                digest=f"{n}",
            )
            for n in range(HOURS)
        )
    return world.viewer("Owner")


def told(owner: Viewer) -> tuple[LogLine, ...]:
    with looking_as(owner), clock.held_at(WEDNESDAY):
        return tuple(whole_access_log(owner))


def order_of(line: LogLine) -> tuple[object, ...]:
    at = -line.day.toordinal()
    return (at, 1) if isinstance(line, WeekRead) else (at, 0, line.reader_name, line.reader, line.channel)


def test_pages_hold_every_line_once_and_in_the_order_of_the_whole(owner: Viewer) -> None:
    whole = told(owner)
    with looking_as(owner), clock.held_at(WEDNESDAY):
        first = access_log(owner, size=SIZE)
        pages = [access_log(owner, page=number, size=SIZE) for number in range(1, first.pages + 1)]
        assert access_log(owner, page=999, size=SIZE) == pages[-1]
    assert first.total == len(whole)
    assert tuple(line for page in pages for line in page.rows) == whole
    assert list(whole) == sorted(whole, key=order_of)


def test_lines_are_what_the_rows_say_one_by_one(owner: Viewer) -> None:
    with unsealed("a test looks at everything"):
        rows = list(Reading.objects.select_related("reader"))
    known = Counter((row.hour.date(), row.reader.name, row.channel) for row in rows if row.is_known)
    documents = Counter[tuple[object, ...]]()
    full = set()
    for row in rows:
        if row.is_known:
            documents[row.hour.date(), row.reader.name, row.channel] += len(row.documents)
            full |= {(row.hour.date(), row.reader.name, row.channel)} if row.full else set()
    lines = {(each.day, each.reader_name, each.channel): each for each in told(owner) if isinstance(each, ReadLine)}
    assert set(lines) == set(known)
    for head, line in lines.items():
        assert line.documents == documents[head]
        assert {item.name: item.in_full for item in line.items} == {"i1": False} | (
            {"i2": True} if head in full else {}
        )


def test_weeks_of_readers_not_known_are_told_when_they_are_over(owner: Viewer) -> None:
    weeks = [line.day.isoformat() for line in told(owner) if isinstance(line, WeekRead)]
    assert weeks == ["2026-03-02", "2026-02-23", "2026-02-16", "2026-02-09"]


def test_a_page_reads_the_rows_of_its_own_lines_alone(owner: Viewer) -> None:
    with looking_as(owner), clock.held_at(WEDNESDAY), CaptureQueriesContext(connection) as captured:
        page = access_log(owner, page=2, size=SIZE)
    days = {line.day for line in page.rows}
    read = [each["sql"] for each in captured.captured_queries if '"documents"' in each["sql"]]
    assert len(read) == 1
    assert str(min(days)) in read[0]
    assert str(max(days) + timedelta(days=1)) in read[0]
    assert "Nobody known" not in repr(page)
