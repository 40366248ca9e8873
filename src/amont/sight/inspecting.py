"""Looking at an owner's own items by its leave: a case for the operator's staff, an audit for an auditor."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from amont.catalogue.models import Item
from amont.disclosure.admitted import admitted
from amont.disclosure.guard import looking_as
from amont.disclosure.models import Inspected, Inspection
from amont.disclosure.reading import write_inspected
from amont.kernel import clock
from amont.kernel.errors import NotKnown
from amont.kernel.paging import PAGE_SIZE, Page, page_of
from amont.kernel.viewer import Role, Viewer
from amont.parties.models import Organization, Person
from amont.sight.cut.own import own_places
from amont.sight.facts_log import Looked, OpenInspection, OwnInspection, Shown


def inspections_of(viewer: Viewer) -> tuple[OwnInspection, ...]:
    """Return whom the viewer's organization lets in or did, the latest first, and what each looked at."""
    rows = Inspection.objects.filter(owner_id=viewer.organization_id).order_by("-opened_at", "public_id")
    own = Item.objects.filter(owner_id=viewer.organization_id)
    names = dict(own.values_list("pk", "name"))
    looked = _looked(Inspected.objects.filter(owner_id=viewer.organization_id), names)
    now = clock.now()
    return tuple(
        OwnInspection(
            public_id=row.public_id,
            kind=row.kind,
            email=row.email,
            purpose=row.purpose,
            items=tuple(sorted(names[key] for key in row.items if key in names)),
            opened_at=row.opened_at,
            until_at=row.closed_at or row.until_at,
            is_open=row.closed_at is None and now < row.until_at,
            looked=tuple(looked.get(row.pk, ())),
        )
        for row in rows
    )


def open_to(person_id: int | None) -> tuple[OpenInspection, ...]:
    """Return what a person may look at now: audits named to its address; all cases for the operator's staff."""
    return tuple(_open(row) for row in admitted(person_id))


def inspected(person_id: int | None, public_id: str, *, number: int = 1, size: int = PAGE_SIZE) -> Shown:
    """Return one page of the owner's items under an inspection, each as the owner itself sees it; no one else's data.

    What is returned is written for the owner first.
    Raises `NotKnown` for an inspection that is over, is another's, or never was.
    """
    row = next((each for each in admitted(person_id) if each.public_id == public_id), None)
    if row is None or person_id is None:
        raise NotKnown
    with looking_as(Viewer(row.owner_id, role=Role.READER)):
        own = Item.objects.filter(owner_id=row.owner_id)
        keys = (own.filter(pk__in=row.items) if row.items else own).order_by("reference", "name", "public_id")
        page = page_of(list(keys.values_list("pk", flat=True)), number, size)
        write_inspected(row.pk, owner=row.owner_id, person=person_id, items=page.rows)
        places = own_places(page.rows, on=clock.today())
    return Shown(_open(row), Page(places, page.number, page.total, page.size))


def _open(row: Inspection) -> OpenInspection:
    firm = Organization.objects.get(pk=row.owner_id)
    return OpenInspection(row.public_id, row.kind, firm.name, row.purpose, row.opened_at, row.until_at, len(row.items))


def _looked(rows: Iterable[Inspected], names: dict[int, str]) -> dict[int, list[Looked]]:
    """Return by inspection what each person looked at, by the hour, the latest first."""
    found: dict[int, dict[tuple[datetime, int], set[str]]] = defaultdict(lambda: defaultdict(set))
    for row in rows:
        found[row.inspection_id][row.hour, row.person_id].add(names[row.item_id])
    seen = Person.objects.filter(pk__in={person for each in found.values() for _hour, person in each})
    people = dict(seen.values_list("pk", "email"))
    return {
        inspection: [
            Looked(hour, people[person], tuple(sorted(each)))
            for (hour, person), each in sorted(by.items(), key=lambda one: (-one[0][0].timestamp(), one[0][1]))
        ]
        for inspection, by in found.items()
    }
