"""One's own book: firms as one wrote them, and which own lines name them as a source."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from django.db.models import Q, QuerySet

from amont.catalogue.models import Item
from amont.chain.book import FIELDS, PlannedContact, planned_contacts
from amont.chain.facts_book import ContactDraft, ContactFact, SourceFact
from amont.chain.models import Contact, Input, Source
from amont.chain.read.merged import firm_aliases
from amont.kernel.errors import NotKnown
from amont.kernel.folding import folded
from amont.kernel.paging import PAGE_SIZE, Page
from amont.kernel.viewer import Viewer


def contacts(viewer: Viewer, *, text: str = "", page: int = 1, size: int = PAGE_SIZE) -> Page[ContactFact]:
    """Return a page of the firms in the viewer's own book, by name; `text` is looked for in name, group and mail."""
    rows = _own(viewer)
    if text:
        rows = rows.filter(
            Q(folded__icontains=folded(text) or text) | Q(group__icontains=text) | Q(email__icontains=text)
        )
    total = rows.count()
    number = min(max(1, page), max(1, -(-total // size)))
    cut = list(rows.order_by("folded", "country", "public_id")[(number - 1) * size : number * size])
    lines = _lines_by_contact(viewer, [row.pk for row in cut])
    return Page(tuple(_fact(row, lines.get(row.pk, 0)) for row in cut), number, total, size)


def contact(viewer: Viewer, public_id: str) -> ContactFact:
    """Return one firm of the viewer's own book. Raises `NotKnown`."""
    row = _own(viewer).filter(public_id=public_id).first()
    if row is None:
        raise NotKnown
    return _fact(row, _lines_by_contact(viewer, [row.pk]).get(row.pk, 0))


def all_contacts(viewer: Viewer) -> tuple[ContactFact, ...]:
    """Return all firms in the viewer's own book, by name, each with how many lines name it."""
    rows = list(_own(viewer).order_by("folded", "country", "public_id"))
    named = Source.objects.filter(owner_id=viewer.organization_id, contact_id__isnull=False)
    lines = Counter(pk for pk in named.values_list("contact_id", flat=True) if pk is not None)
    return tuple(_fact(row, lines.get(row.pk, 0)) for row in rows)


def contact_choices(viewer: Viewer) -> tuple[tuple[str, str, str], ...]:
    """Return (public id, name, country) of all firms in the viewer's own book, by name."""
    rows = _own(viewer).order_by("folded", "country").values_list("public_id", "name", "country")
    return tuple(rows)


def sources_of(viewer: Viewer, lines: Iterable[str]) -> Mapping[str, tuple[SourceFact, ...]]:
    """Return the firms that the viewer names as sources of its own lines, by the lines' public ids."""
    keys = dict(
        Item.objects.filter(owner_id=viewer.organization_id, public_id__in=list(lines)).values_list("pk", "public_id")
    )
    inputs = dict(Input.objects.filter(item_id__in=list(keys)).values_list("pk", "item_id"))
    rows = list(Source.objects.filter(input_id__in=list(inputs), contact_id__isnull=False))
    firms = {row.pk: row for row in _own(viewer).filter(pk__in={row.contact_id for row in rows})}
    found: dict[str, list[SourceFact]] = {}
    for row in rows:
        firm = firms[row.contact_id or 0]
        found.setdefault(keys[inputs[row.input_id]], []).append(
            SourceFact(
                source=row.public_id,
                contact=firm.public_id,
                name=firm.name,
                country=firm.country,
                email=firm.email,
                supplier_reference=row.supplier_reference,
                asked=row.asked_at is not None,
                refused=row.refused_at is not None,
                linked=row.link_id is not None,
            )
        )
    return {line: tuple(sorted(each, key=lambda one: (one.name, one.source))) for line, each in found.items()}


def lines_of_contact(viewer: Viewer, public_id: str) -> tuple[str, ...]:
    """Return the public ids of the viewer's own lines that name this firm as a source. Raises `NotKnown`."""
    row = _own(viewer).filter(public_id=public_id).first()
    if row is None:
        raise NotKnown
    inputs = Source.objects.filter(contact_id=row.pk).values_list("input_id", flat=True)
    items = Input.objects.filter(pk__in=list(inputs)).values_list("item_id", flat=True)
    return tuple(Item.objects.filter(pk__in=list(items)).values_list("public_id", flat=True))


def contacts_planned(
    viewer: Viewer, drafts: Sequence[ContactDraft], *, fill_only: bool = False
) -> list[PlannedContact]:
    """Return what each draft would come to against the viewer's own book; nothing is written."""
    rows = list(_own(viewer).values("folded", "public_id", *FIELDS))
    stands = {(str(row["folded"]), str(row["country"])): {name: row[name] for name in FIELDS} for row in rows}
    ids = {str(row["public_id"]): (str(row["folded"]), str(row["country"])) for row in rows}
    return planned_contacts(stands, drafts, aliases=firm_aliases(viewer), fill_only=fill_only, ids=ids)


def _own(viewer: Viewer) -> QuerySet[Contact]:
    return Contact.objects.filter(owner_id=viewer.organization_id)


def _lines_by_contact(viewer: Viewer, keys: Sequence[int]) -> Mapping[int, int]:
    rows = Source.objects.filter(owner_id=viewer.organization_id, contact_id__in=keys)
    return Counter(pk for pk in rows.values_list("contact_id", flat=True) if pk is not None)


def _fact(row: Contact, lines: int) -> ContactFact:
    return ContactFact(
        contact=row.public_id,
        name=row.name,
        country=row.country,
        group=row.group,
        registry_id=row.registry_id,
        person=row.person,
        email=row.email,
        language=row.language,
        lines=lines,
    )
