"""The access log: noting whose facts an answer tells, and reading who read one's own."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django.db.models import CharField, QuerySet, Value
from django.db.models.functions import TruncDate, TruncWeek

from amont.catalogue.models import Item
from amont.disclosure import read as disclosed
from amont.disclosure.models import Reading
from amont.disclosure.reading import note
from amont.kernel import clock
from amont.kernel.paging import PAGE_SIZE, Page
from amont.kernel.viewer import Viewer
from amont.requests import read as requests
from amont.sight.cut.facts import Whole
from amont.sight.facts import Mark, Place
from amont.sight.facts_log import ItemRead, LogLine, ReadLine, WeekRead

PAGE_WRITTEN = 1000
"""How many lines of a file are read at a time."""
Head = tuple[date, int, str, str, int, str]


def note_places(viewer: Viewer, seen: Whole, refs: Iterable[str]) -> None:
    """Note the items among these places that the viewer is told by name or in full."""
    named: dict[int, list[int]] = defaultdict(list)
    full: dict[int, list[int]] = defaultdict(list)
    for ref in refs:
        place = seen.places.get(ref)  # a claim of the viewer's own stands beside its view
        if place is not None and place.mark is Mark.NAMED:
            (full if place.full else named)[seen.firms[ref]].append(seen.items[ref])
    for owner in {*named, *full}:
        note(viewer, owner=owner, named=named.get(owner, ()), full=full.get(owner, ()))


def note_suppliers(viewer: Viewer, seen: Whole) -> None:
    """Note that the viewer is told, in a list, the names of the firms that it buys from."""
    above = (step.supplier for own in seen.view.own for step in seen.above.get(own.ref, ()))
    for owner in {seen.firms[ref] for ref in above if _is_named(seen.places[ref])}:
        note(viewer, owner=owner)


def _is_named(place: Place) -> bool:
    return place.mark is Mark.NAMED


def access_log(viewer: Viewer, *, page: int = 1, size: int = PAGE_SIZE) -> Page[LogLine]:
    """Return a page of who read facts of the viewer's organization, the latest first (disclosure rule, section 7).

    A day, a reader and a channel are one line. Readers that the viewer did not know when they read are one line a
    week, told when the week is over: never which of them, how many, what, or how often.
    """
    heads = _heads(viewer)
    total = heads.count()
    number = min(max(1, page), max(1, -(-total // size)))
    return Page(_lines(viewer, list(heads[(number - 1) * size : number * size])), number, total, size)


def whole_access_log(viewer: Viewer) -> Iterator[LogLine]:
    """Give every line of the access log, in its order; no more of them than a few pages are held at a time."""
    heads = list(_heads(viewer))
    for start in range(0, len(heads), PAGE_WRITTEN):
        yield from _lines(viewer, heads[start : start + PAGE_WRITTEN])


def _heads(viewer: Viewer) -> QuerySet[Any, Any]:
    """Return what each line is about, in order: day, whether it is a week, the reader's name and ids, channel."""
    own = Reading.objects.filter(owner_id=viewer.organization_id)
    week = clock.now().astimezone(UTC).date()
    begun = datetime.combine(_monday(week), time(), UTC)
    known = own.filter(is_known=True).values_list(
        TruncDate("hour", tzinfo=UTC), Value(0), "reader__name", "reader__public_id", "reader_id", "channel"
    )
    nobody = (Value("", output_field=CharField()), Value("", output_field=CharField()), Value(0))
    weeks = own.filter(is_known=False, hour__lt=begun).values_list(
        TruncDate(TruncWeek("hour", tzinfo=UTC), tzinfo=UTC), Value(1), *nobody, Value("", output_field=CharField())
    )
    lines = known.distinct().union(weeks.distinct(), all=True)
    return lines.order_by("-truncdate1", "value1", "reader__name", "reader__public_id", "channel")


def _lines(viewer: Viewer, heads: Sequence[Head]) -> tuple[LogLine, ...]:
    rows = _rows(viewer, [head for head in heads if not head[1]])
    items = _items(viewer, [row for each in rows.values() for row in each])
    purposes = _purposes(viewer) if rows else {}
    return tuple(
        WeekRead(day)
        if is_week
        else ReadLine(
            day=day,
            reader=reader,
            reader_name=name,
            channel=channel,
            items=_read(rows[day, firm, channel], items),
            documents=len({document for row in rows[day, firm, channel] for document in row.documents}),
            purposes=purposes.get(name, ()),
        )
        for day, is_week, name, reader, firm, channel in heads
    )


def _rows(viewer: Viewer, heads: Sequence[Head]) -> Mapping[tuple[date, int, str], Sequence[Reading]]:
    """Return the rows of each line: those of its days and readers, and of no others."""
    found: dict[tuple[date, int, str], list[Reading]] = {(day, firm, way): [] for day, _, _, _, firm, way in heads}
    if not found:
        return found
    first, last = heads[-1][0], heads[0][0] + timedelta(days=1)
    own = Reading.objects.filter(
        owner_id=viewer.organization_id, is_known=True, reader_id__in={firm for _, firm, _ in found}
    )
    for row in own.filter(hour__gte=datetime.combine(first, time(), UTC), hour__lt=datetime.combine(last, time(), UTC)):
        together = found.get((row.hour.astimezone(UTC).date(), row.reader_id, row.channel))
        if together is not None:
            together.append(row)
    return found


def _read(rows: Iterable[Reading], items: Mapping[int, tuple[str, str]]) -> tuple[ItemRead, ...]:
    full = {key for row in rows for key in row.full}
    every = full.union(*(row.named for row in rows))
    found = (ItemRead(*items[key], in_full=key in full) for key in every if key in items)
    return tuple(sorted(found, key=lambda item: (item.name, item.item)))


def _items(viewer: Viewer, rows: Iterable[Reading]) -> dict[int, tuple[str, str]]:
    keys = {key for row in rows for key in (*row.named, *row.full)}
    own = Item.objects.filter(owner_id=viewer.organization_id, pk__in=keys)
    return {pk: (public_id, name) for pk, public_id, name in own.values_list("pk", "public_id", "name")}


def _purposes(viewer: Viewer) -> Mapping[str, tuple[str, ...]]:
    """Return for what each reader asked the viewer, by its name: over their link, or for more."""
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for task in requests.tasks(viewer):
        found[task.asker.organization][task.purpose] = None
    for asked in disclosed.consents_of(viewer):
        found[asked.asker_name][asked.purpose] = None
    return {firm: tuple(purpose for purpose in purposes if purpose) for firm, purposes in found.items()}


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
