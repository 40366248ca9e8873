"""Reading who exists, for those it concerns."""

from amont.kernel.viewer import Role, Viewer
from amont.parties.facts import Choice, Me
from amont.parties.models import Membership


def viewer_of(person_id: int, *, organization: str | None = None) -> Viewer | None:
    """Return the viewer that a person is: for this public id, else for its first organization; None without any."""
    rows = Membership.objects.filter(person_id=person_id).select_related("organization").order_by("since_at", "pk")
    found = {row.organization.public_id: row for row in rows}
    row = found.get(organization or "") or next(iter(found.values()), None)
    return Viewer(row.organization_id, person_id, Role(row.role)) if row else None


def choices(person_id: int) -> tuple[Choice, ...]:
    """Return the organizations that a person may act for, by name."""
    rows = Membership.objects.filter(person_id=person_id).select_related("organization")
    found = (Choice(row.organization.public_id, row.organization.name, Role(row.role)) for row in rows)
    return tuple(sorted(found, key=lambda each: (each.name, each.organization)))


def me(viewer: Viewer) -> Me | None:
    """Return the person who looks and its organization, or None for an act of the software itself."""
    if viewer.person_id is None:
        return None
    row = (
        Membership.objects.filter(person_id=viewer.person_id, organization_id=viewer.organization_id)
        .select_related("person", "organization")
        .first()
    )
    if row is None:
        return None
    return Me(
        person_name=row.person.name or row.person.email,
        person_email=row.person.email,
        organization=row.organization.public_id,
        organization_name=row.organization.name,
        country=row.organization.country,
        role=Role(row.role),
        other_organizations=Membership.objects.filter(person_id=row.person_id).count() - 1,
        checked_by=row.organization.checked_by,
    )
