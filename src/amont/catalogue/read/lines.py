"""One's own article lines."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from amont.catalogue import lists
from amont.catalogue.facts import Line, LineDraft
from amont.catalogue.lists import Code
from amont.catalogue.models import Item
from amont.catalogue.rules import FIELDS, Planned, key_of, planned
from amont.consortia import read as consortia
from amont.kernel.errors import NotKnown
from amont.kernel.paging import PAGE_SIZE, Page
from amont.kernel.viewer import Viewer


def lines(
    viewer: Viewer,
    *,
    text: str = "",
    family: str = "",
    kind: str = "",
    among: Iterable[str] | None = None,
    page: int = 1,
    size: int = PAGE_SIZE,
) -> Page[Line]:
    """Return a page of the viewer's own active article lines, by reference and name.

    `text` is looked for in reference, name, INCI and material; `among` (public ids) narrows further, None does not.
    """
    rows = _own(viewer).filter(is_bought=True, is_active=True)
    if text:
        fields = ("reference", "name", "inci", "material")
        rows = rows.filter(Q.create([(f"{field}__icontains", text.strip()) for field in fields], connector=Q.OR))
    rows = rows.filter(family=family) if family else rows
    rows = rows.filter(kind=kind) if kind else rows
    rows = rows.filter(public_id__in=list(among)) if among is not None else rows
    total = rows.count()
    number = min(max(1, page), max(1, -(-total // size)))
    cut = rows.order_by("reference", "name", "public_id")[(number - 1) * size : number * size]
    return Page(tuple(_fact(row) for row in cut), number, total, size)


def line(viewer: Viewer, public_id: str) -> Line:
    """Return one own article line. Raises `NotKnown`."""
    row = _own(viewer).filter(public_id=public_id).first()
    if row is None:
        raise NotKnown
    return _fact(row)


def line_named(viewer: Viewer, name: str) -> str:
    """Return the public id of the own line without a reference that has this name, "" if there is none."""
    rows = _own(viewer).filter(reference="").values_list("public_id", "name")
    return next((public_id for public_id, each in rows if key_of("", each) == key_of("", name)), "")


def line_choices(viewer: Viewer) -> tuple[tuple[str, str], ...]:
    """Return (public id, label) of all own active article lines, by name."""
    rows = _own(viewer).filter(is_bought=True, is_active=True).values_list("public_id", "name", "reference")
    labels = [(public_id, f"{name} ({reference})" if reference else name) for public_id, name, reference in rows]
    return tuple(sorted(labels, key=lambda each: (each[1].casefold(), each[0])))


def families_used(viewer: Viewer) -> tuple[str, ...]:
    """Return the codes of the families among own article lines."""
    rows = _own(viewer).filter(is_bought=True, is_active=True).exclude(family="")
    return tuple(sorted(set(rows.values_list("family", flat=True))))


def families(viewer: Viewer) -> tuple[Code, ...]:
    """Return the families that the viewer may choose from: those of its charters, each once.

    Who takes part in no consortium chooses from the list of cosmetics.
    """
    found = {code.code: code for each in consortia.consortia(viewer) for code in each.charter.families}
    return tuple(found.values()) or lists.families()


@dataclass(frozen=True, slots=True)
class Known:
    """The viewer's own lines, by what they are recognized by: as fields, as keys; and those by public id."""

    fields: Mapping[str, Mapping[str, str]]
    keys: Mapping[str, int]
    ids: Mapping[str, str]


def known(viewer: Viewer) -> Known:
    """Return the viewer's own lines as a file is compared to them."""
    rows = list(_own(viewer).values_list("pk", "public_id", *FIELDS))
    names = [key_of(row[2], row[3]) for row in rows]
    return Known(
        fields={key: dict(zip(FIELDS, row[2:], strict=True)) for key, row in zip(names, rows, strict=True)},
        keys={key: row[0] for key, row in zip(names, rows, strict=True)},
        ids={row[1]: key for key, row in zip(names, rows, strict=True)},
    )


def lines_planned(viewer: Viewer, drafts: Iterable[LineDraft], *, among: Known | None = None) -> list[Planned]:
    """Return what each draft would come to against the viewer's own lines; nothing is written.

    `among` are these where they were read in this transaction already.
    """
    stands = among or known(viewer)
    return planned(stands.fields, drafts, ids=stands.ids)


def _own(viewer: Viewer) -> QuerySet[Item]:
    return Item.objects.filter(owner_id=viewer.organization_id)


def _fact(row: Item) -> Line:
    return Line(
        line=row.public_id,
        kind=row.kind,
        reference=row.reference,
        name=row.name,
        inci=row.inci,
        material=row.material,
        hs_code=row.hs_code,
        family=row.family,
        unit=row.unit,
        volume_band=row.volume_band,
    )
