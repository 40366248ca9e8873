"""The keys behind documents: master keys from the settings, an owner's key, a document's key."""

from collections.abc import Iterator

from django.conf import settings

from amont.disclosure.unsealed import unsealed
from amont.evidence.facts import Opened
from amont.evidence.models import Document, DocumentPart, OwnerKey
from amont.kernel import sealing
from amont.kernel.errors import NotKnown


def masters() -> dict[str, bytes]:
    """Return the master keys by their marks, the current one first."""
    return {sealing.mark_of(key): key for key in settings.MASTER_KEYS}


def current() -> tuple[str, bytes]:
    """Return mark and key of the master that wraps what is new."""
    return next(iter(masters().items()))


def owner_key(organization: int) -> bytes:
    """Return the key of an owner's documents, made at the first. Runs in a transaction, looking as the owner.

    Raises `NotKnown` once it is shredded, or where its master key is not among the settings.
    """
    mark, master = current()
    fresh = sealing.wrap(master, sealing.new_key(), _of_owner(organization))
    row, _made = OwnerKey.objects.get_or_create(owner_id=organization, defaults={"wrapped": fresh, "master": mark})
    return opened_key(row)


def opened_key(row: OwnerKey) -> bytes:
    """Return an owner's key from its row. Raises `NotKnown` once shredded, or without the master key."""
    master = masters().get(row.master)
    if row.wrapped is None or master is None:
        raise NotKnown
    return sealing.unwrap(master, bytes(row.wrapped), _of_owner(row.owner_id))


def wrapped_anew(row: OwnerKey) -> bytes:
    """Return an owner's key wrapped by the current master key. Raises as `opened_key`."""
    return sealing.wrap(current()[1], opened_key(row), _of_owner(row.owner_id))


def new_document_key(owner: bytes, public_id: str) -> tuple[bytes, bytes]:
    """Return a fresh key for one document, and the same wrapped by its owner's."""
    key = sealing.new_key()
    return key, sealing.wrap(owner, key, _of_document(public_id))


def sealed_parts(key: bytes, content: Iterator[bytes], public_id: str) -> Iterator[bytes]:
    """Give the parts of a document's content, sealed."""
    return sealing.seal_parts(key, content, _of_document(public_id))


def opened(public_id: str) -> tuple[int, Opened]:
    """Return a document laid open, with its owner's key (row). Who may open it was checked before: by sight alone.

    Raises `NotKnown` for one that is not there, or whose owner's key is shredded.
    """
    with unsealed("sight found that the document shows to whoever opens it"):
        row = Document.objects.filter(public_id=public_id).first()
    if row is None:
        raise NotKnown
    return row.owner_id, Opened(row.name, row.media, row.size, content_of(row))


def content_of(document: Document) -> Iterator[bytes]:
    """Give the content of a document, part by part: its key is opened at once, each part as it is read.

    For one that opens it and for its owner's dossier. Raises `NotKnown` once its owner's key is shredded.
    """
    with unsealed("who opens a document was checked before"):
        row = OwnerKey.objects.filter(owner_id=document.owner_id).first()
    if row is None:
        raise NotKnown
    key = sealing.unwrap(opened_key(row), bytes(document.wrapped_key), _of_document(document.public_id))
    return _opened(document, key)


def _opened(document: Document, key: bytes) -> Iterator[bytes]:
    for number in range(document.parts):
        with unsealed("the next part of a document that is being read"):
            sealed = DocumentPart.objects.values_list("sealed", flat=True).get(document_id=document.pk, number=number)
        last = number == document.parts - 1
        yield sealing.open_part(key, bytes(sealed), _of_document(document.public_id), number=number, last=last)


def _of_owner(organization: int) -> str:
    return f"owner {organization}"


def _of_document(public_id: str) -> str:
    return f"document {public_id}"
