"""Who is let in to look, now: the operator's staff by cases, auditors by their address."""

from amont.disclosure.models import Inspection
from amont.disclosure.unsealed import unsealed
from amont.kernel import clock
from amont.parties import read as parties
from amont.parties.models import Person


def admitted(person_id: int | None) -> list[Inspection]:
    """Return what a person may look at now: audits named to its address; all cases for the operator's staff."""
    email = Person.objects.filter(pk=person_id or 0, is_active=True).values_list("email", flat=True).first() or ""
    with unsealed("who is let in finds what it is let in to"):
        rows = Inspection.objects.filter(until_at__gt=clock.now(), closed_at=None).order_by("until_at", "public_id")
        audits = list(rows.filter(kind=Inspection.Kind.AUDIT, email=email))
        return audits + (list(rows.filter(kind=Inspection.Kind.CASE)) if parties.is_staff(person_id) else [])
