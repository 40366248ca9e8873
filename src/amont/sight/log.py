"""The access log: noting whose facts an answer tells, and reading who read one's own."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from amont.catalogue.models import Item
from amont.disclosure import read as disclosed
from amont.disclosure.models import Reading
from amont.disclosure.reading import note
from amont.kernel import clock
from amont.kernel.viewer import Viewer
from amont.parties.models import Organization
from amont.requests import read as requests
from amont.sight.cut.facts import Whole
from amont.sight.facts import Mark, Place
from amont.sight.facts_log import AccessLog, ItemRead, ReadLine


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


def access_log(viewer: Viewer) -> AccessLog:
    """Return who read facts of the viewer's organization, the latest first (disclosure rule, section 7).

    A day, a reader and a channel are one line. Readers that the viewer did not know when they read are one line a
    week, told when the week is over: never which of them, how many, what, or how often.
    """
    rows = list(Reading.objects.filter(owner_id=viewer.organization_id))
    week = _monday(clock.today())
    unknown = {_monday(row.hour.date()) for row in rows if not row.is_known} - {week}
    lines = _lines(viewer, [row for row in rows if row.is_known])
    return AccessLog(lines, tuple(sorted(unknown, reverse=True)))


def _lines(viewer: Viewer, rows: Iterable[Reading]) -> tuple[ReadLine, ...]:
    together: dict[tuple[date, int, str], list[Reading]] = defaultdict(list)
    for row in rows:
        together[row.hour.date(), row.reader_id, row.channel].append(row)
    firms = Organization.objects.filter(pk__in={reader for _, reader, _ in together})
    named = {pk: (public_id, name) for pk, public_id, name in firms.values_list("pk", "public_id", "name")}
    items = _items(viewer, rows)
    purposes = _purposes(viewer)
    found = [
        ReadLine(
            day=day,
            reader=named[reader][0],
            reader_name=named[reader][1],
            channel=channel,
            items=_read(each, items),
            documents=len({document for row in each for document in row.documents}),
            purposes=purposes.get(named[reader][1], ()),
        )
        for (day, reader, channel), each in together.items()
    ]
    return tuple(sorted(found, key=lambda line: (-line.day.toordinal(), line.reader_name, line.reader, line.channel)))


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
