"""Renewing a certificate: once, for all items that rely on it."""

from datetime import date
from typing import BinaryIO

from django.db import transaction
from django.utils.translation import gettext as _

from amont.evidence import may, read, rules
from amont.evidence.actions.documents import add_document
from amont.evidence.facts import CertificateSheet
from amont.evidence.former import keeping_former
from amont.evidence.models import Certificate
from amont.kernel import clock
from amont.kernel.errors import NotKnown, Refused
from amont.kernel.viewer import Viewer
from amont.ledger import actions as ledger


def renew(
    viewer: Viewer,
    certificate: str,
    *,
    valid_until: date,
    number: str = "",
    content: BinaryIO | None = None,
    file_name: str = "",
) -> CertificateSheet:
    """Let an own certificate run until another day, perhaps under a new number and with a document, for all its items.

    Said twice it changes nothing. Below level 3 the change shows from the next quarter on. Raises `NotKnown`, `Denied`,
    and `Refused` at "valid_until", "number" or "file": then nothing is changed.
    """
    may.write(viewer)
    if not rules.may_run_until(valid_until, today=clock.today()):
        raise Refused({"valid_until": [_("Enter a day from today on, within ten years.")]})
    with transaction.atomic():
        row = _own(viewer, certificate)
        number = number.strip() or row.number
        if (row.number, row.valid_until) != (number, valid_until):
            _change(viewer, row, number=number, valid_until=valid_until)
        if content is not None:
            add_document(viewer, content, file_name=file_name, certificate=certificate)
    return read.certificate(viewer, certificate)


def _own(viewer: Viewer, public_id: str) -> Certificate:
    rows = Certificate.objects.select_for_update(of=("self",))
    row = rows.filter(owner_id=viewer.organization_id, public_id=public_id).first()
    if row is None:
        raise NotKnown
    return row


def _change(viewer: Viewer, row: Certificate, *, number: str, valid_until: date) -> None:
    alike = Certificate.objects.filter(owner_id=viewer.organization_id, scheme=row.scheme, number=number)
    if number != row.number and alike.exists():
        raise Refused({"number": [_("Another certificate of yours has this number already.")]})
    with keeping_former(viewer, (), {row.scheme}):
        row.number, row.valid_until = number, valid_until
        row.save(update_fields=["number", "valid_until"])
    ledger.append(viewer, "renew_certificate", about=row.public_id, network=True)
