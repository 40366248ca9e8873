"""What a face may hold of certificates and documents."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class DocumentFact:
    """One document as its owner sees it: `document` is its public id, `sha256` that of its content."""

    document: str
    name: str
    media: str
    size: int
    sha256: str
    added_at: datetime
    certificate: str = ""
    item: str = ""


@dataclass(frozen=True, slots=True)
class DocumentShown:
    """A document that shows, at level 4: its public id, file name, media type, bytes. `sight.documents` opens it."""

    document: str
    name: str
    media: str
    size: int


@dataclass(frozen=True, slots=True)
class CertificateSheet:
    """An own certificate: how many items rely on it, and the documents beside it."""

    certificate: str
    scheme: str
    number: str
    valid_until: date | None
    items: int
    documents: tuple[DocumentFact, ...]


@dataclass(frozen=True, slots=True)
class ItemSheet:
    """An own item with the documents beside it."""

    item: str
    name: str
    reference: str
    documents: tuple[DocumentFact, ...]


@dataclass(frozen=True, slots=True)
class Opened:
    """A document laid open to one viewer: its parts are unsealed one by one as they are read."""

    name: str
    media: str
    size: int
    parts: Iterator[bytes]
