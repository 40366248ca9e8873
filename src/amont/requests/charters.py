"""The charter in force, as asking and answering need it: its codes, its questions, its consortium."""

from collections.abc import Iterable

from amont.consortia.models import Charter, Participation
from amont.kernel import clock
from amont.kernel.countries import countries
from amont.kernel.errors import NotKnown
from amont.kernel.viewer import Viewer
from amont.requests.rules import Codes


def in_force(consortia: Iterable[int]) -> dict[int, Charter]:
    """Return the charter in force now by consortium (key)."""
    rows = Charter.objects.filter(consortium_id__in=set(consortia), in_force_from__lte=clock.now())
    return {row.consortium_id: row for row in rows.select_related("consortium").order_by("version")}


def charter_of(viewer: Viewer, consortium: str = "") -> Charter:
    """Return the charter in force of the viewer's consortium: this one (public id), else the first joined.

    Raises `NotKnown` where the viewer takes no part.
    """
    rows = Participation.objects.filter(organization_id=viewer.organization_id).order_by(
        "-is_member", "joined_at", "pk"
    )
    rows = rows.filter(consortium__public_id=consortium) if consortium else rows
    first = rows.first()
    found = in_force([first.consortium_id]) if first else {}
    if not found:
        raise NotKnown
    return next(iter(found.values()))


def codes(charter: Charter) -> Codes:
    """Return what may be chosen from under this charter."""
    return Codes(
        steps=frozenset(each["code"] for each in charter.steps),
        families=frozenset(each["code"] for each in charter.families),
        schemes=frozenset(each["code"] for each in charter.schemes),
        countries=frozenset(each.code for each in countries()),
    )
