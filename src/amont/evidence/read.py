"""Reading one's own certificates and documents."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping

from django.db.models import Q

from amont.catalogue.models import Item
from amont.evidence import rules
from amont.evidence.facts import CertificateSheet, DocumentFact, DocumentShown, ItemSheet
from amont.evidence.models import Certificate, Document, Reliance
from amont.kernel import clock
from amont.kernel.errors import NotKnown
from amont.kernel.viewer import Viewer


def fact(row: Document, *, certificate: str = "", item: str = "") -> DocumentFact:
    """Return a document as its owner sees it."""
    said = (row.public_id, row.name, row.media, row.size, row.sha256, row.added_at)
    return DocumentFact(*said, certificate=certificate, item=item)


def certificates(viewer: Viewer) -> tuple[CertificateSheet, ...]:
    """Return the viewer's own certificates with their documents, those that end first before the others."""
    rows = list(Certificate.objects.filter(owner_id=viewer.organization_id))
    sheets = _sheets(viewer, rows)
    return tuple(sorted(sheets, key=lambda each: (str(each.valid_until or "~"), each.scheme, each.number)))


def to_renew(viewer: Viewer) -> int:
    """Return how many own certificates on which items rely have ended, or end soon (`rules.SOON`)."""
    ending = Certificate.objects.filter(
        owner_id=viewer.organization_id, valid_until__isnull=False, valid_until__lte=clock.today() + rules.SOON
    )
    relied = Reliance.objects.filter(
        owner_id=viewer.organization_id, certificate_id__in=list(ending.values_list("pk", flat=True))
    )
    return relied.values("certificate_id").distinct().count()


def certificate(viewer: Viewer, public_id: str) -> CertificateSheet:
    """Return one own certificate. Raises `NotKnown`."""
    rows = list(Certificate.objects.filter(owner_id=viewer.organization_id, public_id=public_id))
    if not rows:
        raise NotKnown
    return _sheets(viewer, rows)[0]


def item(viewer: Viewer, public_id: str) -> ItemSheet:
    """Return one own item with its documents. Raises `NotKnown`."""
    row = Item.objects.filter(owner_id=viewer.organization_id, public_id=public_id).first()
    if row is None:
        raise NotKnown
    rows = Document.objects.filter(owner_id=viewer.organization_id, item_id=row.pk).order_by("name", "pk")
    documents = tuple(fact(each, item=public_id) for each in rows)
    return ItemSheet(public_id, row.name, row.reference, documents)


def document(viewer: Viewer, public_id: str) -> DocumentFact:
    """Return one own document with the certificate or item that it stands beside. Raises `NotKnown`."""
    row = Document.objects.filter(owner_id=viewer.organization_id, public_id=public_id).first()
    if row is None:
        raise NotKnown
    if row.certificate_id is not None:
        return fact(row, certificate=Certificate.objects.get(pk=row.certificate_id).public_id)
    return fact(row, item=Item.objects.get(pk=row.item_id or 0).public_id)


def documents_beside(items: Collection[int]) -> Mapping[int, tuple[DocumentShown, ...]]:
    """Return, by item (keys), the documents beside these items and beside the certificates that they rely on.

    Of the items of whoever looks; `sight.cut` looks at all, and cuts.
    """
    relied = list(Reliance.objects.filter(item_id__in=items).values_list("item_id", "certificate_id"))
    held: dict[tuple[int | None, int | None], list[DocumentShown]] = defaultdict(list)
    beside = Q(item_id__in=items) | Q(certificate_id__in={certificate for _, certificate in relied})
    for row in Document.objects.filter(beside).defer("wrapped_key").order_by("name", "public_id"):
        shown = DocumentShown(row.public_id, row.name, row.media, row.size)
        held[row.item_id, row.certificate_id].append(shown)
    found: dict[int, list[DocumentShown]] = defaultdict(list)
    for item in items if held else ():
        found[item] += held.get((item, None), ())
    for item, certificate in relied if held else ():
        found[item] += held.get((None, certificate), ())
    return {item: tuple(each) for item, each in found.items()}


def _sheets(viewer: Viewer, rows: Iterable[Certificate]) -> list[CertificateSheet]:
    held = {row.pk: row for row in rows}
    relied = Reliance.objects.filter(owner_id=viewer.organization_id, certificate_id__in=held)
    items = Counter(relied.values_list("certificate_id", flat=True))
    beside: dict[int, list[DocumentFact]] = defaultdict(list)
    for row in Document.objects.filter(owner_id=viewer.organization_id, certificate_id__in=held).order_by("name", "pk"):
        certificate_id = row.certificate_id or 0
        beside[certificate_id].append(fact(row, certificate=held[certificate_id].public_id))
    return [
        CertificateSheet(row.public_id, row.scheme, row.number, row.valid_until, items[key], tuple(beside[key]))
        for key, row in held.items()
    ]
