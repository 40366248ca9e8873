"""An owner lets the operator's staff, or an auditor, look at its own items for a time; and ends it."""

from collections.abc import Sequence
from datetime import timedelta

from django.apps import apps
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext as _

from amont.disclosure import notices
from amont.disclosure.models import Inspection
from amont.kernel import clock
from amont.kernel.errors import Denied, NotKnown, Refused
from amont.kernel.viewer import Viewer
from amont.ledger import actions as ledger
from amont.parties.actions.accounts import known_person

CASE_DAYS = 14
AUDIT_DAYS = 180
LONGEST_PURPOSE = 600


@transaction.atomic
def open_case(viewer: Viewer, *, purpose: str, days: int) -> str:
    """Let the operator's staff look at one's own items for some days, to help; return the case's public id.

    Raises `Denied` but to an administrator, `Refused` at "purpose" and "days" (1 to 14).
    """
    return _opened(viewer, Inspection.Kind.CASE, purpose=purpose, days=days, most=CASE_DAYS)


@transaction.atomic
def open_audit(viewer: Viewer, *, email: str, purpose: str, days: int, items: Sequence[str] = ()) -> str:
    """Let the person behind an address look at some own items (public ids; none: all) for some days.

    It is told by mail, and needs no account before. Nothing tells the owner whether it had one.
    Raises `Denied` but to an administrator, `NotKnown` for an item of others, `Refused` at "email", "purpose", "days"
    (1 to 180).
    """
    try:
        validate_email(email)
    except ValidationError as wrong:
        raise Refused({"email": [_("Enter an address such as name@firm.example.")]}) from wrong
    return _opened(viewer, Inspection.Kind.AUDIT, purpose=purpose, days=days, most=AUDIT_DAYS, email=email, items=items)


@transaction.atomic
def close_inspection(viewer: Viewer, public_id: str) -> None:
    """End a case or an audit at once. Twice changes nothing. Raises `NotKnown`, `Denied` but to an administrator."""
    _administers(viewer)
    rows = Inspection.objects.filter(owner_id=viewer.organization_id, public_id=public_id)
    if not rows.exists():
        raise NotKnown
    if rows.filter(closed_at=None, until_at__gt=clock.now()).update(closed_at=clock.now()):
        ledger.append(viewer, "close_inspection", about=public_id)


def _opened(
    viewer: Viewer,
    kind: Inspection.Kind,
    *,
    purpose: str,
    days: int,
    most: int,
    email: str = "",
    items: Sequence[str] = (),
) -> str:
    _administers(viewer)
    wrong: dict[str, list[object]] = {}
    if not purpose.strip() or len(purpose) > LONGEST_PURPOSE:
        wrong["purpose"] = [_("Say what for, in one or two sentences.")]
    if not 1 <= days <= most:
        wrong["days"] = [_("From 1 to %(most)d days.") % {"most": most}]
    if wrong:
        raise Refused(wrong)
    own = apps.get_model("catalogue.Item").objects.filter(owner_id=viewer.organization_id)
    keys = dict(own.filter(public_id__in=items).values_list("public_id", "pk"))
    if set(items) - keys.keys():
        raise NotKnown
    now = clock.now()
    row = Inspection.objects.create(
        owner_id=viewer.organization_id,
        kind=kind,
        email=email.strip().lower(),
        purpose=purpose.strip(),
        items=sorted(keys.values()),
        opened_at=now,
        until_at=now + timedelta(days=days),
    )
    ledger.append(viewer, "open_inspection", about=row.public_id, detail={"kind": str(kind), "days": days})
    if kind is Inspection.Kind.AUDIT:
        notices.audit_opened(row, known_person(row.email))
    return row.public_id


def _administers(viewer: Viewer) -> None:
    if not viewer.may_administer:
        raise Denied(_("Only an administrator of your organization may do this."))
