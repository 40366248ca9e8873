"""Adding, replacing and removing documents beside own certificates and items."""

from hashlib import sha256
from typing import BinaryIO

from django.db import transaction
from django.utils.translation import gettext as _

from amont.catalogue.models import Item
from amont.evidence import may, read, rules, sealed
from amont.evidence.facts import DocumentFact
from amont.evidence.models import Certificate, Document, DocumentPart
from amont.kernel import ids, sealing
from amont.kernel.errors import NotKnown, Refused
from amont.kernel.viewer import Viewer
from amont.ledger import actions as ledger


def add_document(
    viewer: Viewer, content: BinaryIO, *, file_name: str, certificate: str = "", item: str = "", instead: str = ""
) -> DocumentFact:
    """Keep a document beside an own certificate or item (public ids), `instead` of another there if that is named.

    What it is is told by its bytes; it is sealed before it is stored. The same content at the same place stands once.
    Raises `NotKnown`, `Denied`, and `Refused` at "file".
    """
    may.write(viewer)
    media = _checked(content)
    with transaction.atomic():
        place = _place(viewer, certificate, item)
        old = _own(viewer, instead, place) if instead else None
        digest = _digest(content)
        row = Document.objects.filter(sha256=digest, **place).first()
        if row is None:
            _check_room(place, spare=old is not None)
            named = rules.file_name(file_name, media)
            row = _stored(viewer, content, place, Document(name=named, media=media.value, sha256=digest))
            ledger.append(viewer, "add_document", about=row.public_id, network=True)
        if old is not None and old.pk != row.pk:
            _remove(viewer, old)
        return read.fact(row, certificate=certificate, item=item)


def remove_document(viewer: Viewer, document: str) -> None:
    """Remove an own document: nobody can open it from now on. Raises `NotKnown`, `Denied`."""
    may.write(viewer)
    with transaction.atomic():
        _remove(viewer, _own(viewer, document, {}))


def _checked(content: BinaryIO) -> rules.Media:
    size = content.seek(0, 2)
    if not size:
        raise Refused({"file": [_("This file is empty.")]})
    if size > rules.MOST_BYTES:
        most = rules.MOST_BYTES // (1024 * 1024)
        raise Refused({"file": [_("This file is larger than %(most)s MB.") % {"most": most}]})
    media = rules.sniffed(content)
    if media is None:
        raise Refused({"file": [_("Choose a PDF, a picture or an office document without macros.")]})
    content.seek(0)
    return media


def _digest(content: BinaryIO) -> str:
    found = sha256()
    for part in rules.parts_of(content, sealing.PART_BYTES):
        found.update(part)
    return found.hexdigest()


def _place(viewer: Viewer, certificate: str, item: str) -> dict[str, int]:
    table, public_id, field = (Certificate, certificate, "certificate_id") if certificate else (Item, item, "item_id")
    rows = table._default_manager.select_for_update(of=("self",))  # noqa: SLF001 - Django's public name for it
    row = rows.filter(owner_id=viewer.organization_id, public_id=public_id).first()
    if row is None:
        raise NotKnown
    return {field: row.pk}


def _own(viewer: Viewer, public_id: str, place: dict[str, int]) -> Document:
    row = Document.objects.filter(owner_id=viewer.organization_id, public_id=public_id, **place).first()
    if row is None:
        raise NotKnown
    return row


def _check_room(place: dict[str, int], *, spare: bool) -> None:
    if Document.objects.filter(**place).count() - spare >= rules.MOST_BESIDE:
        told = _("There are %(most)s documents already: remove one first.") % {"most": rules.MOST_BESIDE}
        raise Refused({"file": [told]})


def _stored(viewer: Viewer, content: BinaryIO, place: dict[str, int], row: Document) -> Document:
    row.owner_id, row.public_id, row.size = viewer.organization_id, ids.new_public_id(), content.seek(0, 2)
    row.certificate_id, row.item_id = place.get("certificate_id"), place.get("item_id")
    row.parts = max(1, -(-row.size // sealing.PART_BYTES))
    key, row.wrapped_key = sealed.new_document_key(sealed.owner_key(viewer.organization_id), row.public_id)
    row.save(force_insert=True)
    given = rules.parts_of(content, sealing.PART_BYTES)
    for number, part in enumerate(sealed.sealed_parts(key, given, row.public_id)):
        DocumentPart.objects.create(owner_id=viewer.organization_id, document=row, number=number, sealed=part)
    return row


def _remove(viewer: Viewer, row: Document) -> None:
    public_id = row.public_id
    DocumentPart.objects.filter(document_id=row.pk).delete()
    Document.objects.filter(pk=row.pk).delete()
    ledger.append(viewer, "remove_document", about=public_id, network=True)
