"""Who works for the platform's operator, and until when: named at the command line, never from a page."""

from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from amont.kernel import clock
from amont.kernel.errors import Refused
from amont.ledger import actions as ledger
from amont.parties import rules
from amont.parties.models import Person, Staff

MOST_HOURS = 12


@transaction.atomic
def name_staff(email: str, *, reason: str, hours: int) -> None:
    """Let the person with this address read the operator's pages for some hours, for a reason; in the ledger.

    Raises `Refused` at "email" for an address without an account, at "reason" for none, at "hours" past twelve.
    """
    person = Person.objects.filter(email=rules.folded(email)).first()
    wrong: dict[str, list[object]] = {}
    if person is None:
        wrong["email"] = [_("No person with this address has an account.")]
    if not reason.strip():
        wrong["reason"] = [_("Say why.")]
    if not 1 <= hours <= MOST_HOURS:
        wrong["hours"] = [_("From 1 to 12 hours.")]
    if wrong or person is None:
        raise Refused(wrong)
    now = clock.now()
    Staff.objects.create(
        person=person, reason=reason.strip()[:300], since_at=now, until_at=now + timedelta(hours=hours)
    )
    ledger.append(None, "name_staff", about=person.public_id, detail={"hours": hours})


@transaction.atomic
def end_staff(email: str) -> None:
    """Let the person with this address read the operator's pages no more. Twice changes nothing."""
    now = clock.now()
    rows = Staff.objects.filter(person__email=rules.folded(email), until_at__gt=now)
    person = rows.values_list("person__public_id", flat=True).first()
    if rows.update(until_at=now):
        ledger.append(None, "end_staff", about=person or "")
