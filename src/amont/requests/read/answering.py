"""An answer being written: what is filled in, and what may be chosen from."""

from collections.abc import Mapping

from amont.catalogue.models import Item, Site
from amont.chain.models import Contact, Input, Link, Source
from amont.consortia.models import Consortium
from amont.evidence.models import Certificate, Reliance
from amont.kernel.errors import NotKnown
from amont.kernel.viewer import Viewer
from amont.parties.models import Organization
from amont.requests import charters, rules
from amont.requests.facts import AnswerForm
from amont.requests.models import Draft, Request, RequestLine
from amont.requests.read.tasks import task
from amont.requests.sets import Asks

ITEM_FIELDS = ("name", "reference", "kind", "step", "family", "country", "chain_end")


def answer_form(viewer: Viewer, line: str, *, item: str | None = None) -> AnswerForm:
    """Return the form of one line: the draft, else what is known of the item that it means, else almost nothing.

    `item` asks for the facts of this own item instead (empty: a new one). Raises `NotKnown`.
    """
    found = task(viewer, line)
    row = RequestLine.objects.get(supplier_id=viewer.organization_id, public_id=line)
    request = Request.objects.get(pk=row.request_id)
    facts = charters.in_force([request.consortium_id])[request.consortium_id].facts
    asks = charters.asked_of([row])[row.pk]
    draft = Draft.objects.filter(owner_id=viewer.organization_id, line=row).first()
    meant = str(draft.content.get("item", "")) if draft and item is None else found.item if item is None else item
    content = {**_known(viewer, meant), **(draft.content if draft and item is None else {})}
    new = {"name": found.reference, "country": Organization.objects.get(pk=viewer.organization_id).country}
    mine = Item.objects.filter(owner_id=viewer.organization_id, is_active=True).order_by("name", "public_id")
    book = Contact.objects.filter(owner_id=viewer.organization_id).exclude(email="").order_by("folded", "country")
    return AnswerForm(
        task=found,
        content=content or new,
        drafted=bool(draft) and item is None,
        own_items=tuple((each.public_id, each.name) for each in mine),
        contacts=tuple((each.public_id, each.name) for each in book),
        steps=facts.steps,
        families=facts.families,
        schemes=facts.schemes,
        consortium=Consortium.objects.get(pk=request.consortium_id).public_id,
        asks=asks,
        first_minutes=rules.minutes(asks.minutes, 1),
    )


def asked_about(viewer: Viewer, line: str) -> Asks:
    """Return what is asked about one line: by all requests that are one task. Raises `NotKnown`."""
    row = RequestLine.objects.filter(supplier_id=viewer.organization_id, public_id=line).first()
    if row is None:
        raise NotKnown
    return charters.asked_of([row])[row.pk]


def item_content(viewer: Viewer, item: str) -> Mapping[str, object]:
    """Return what is known of an own item (public id), as an answer's content. Raises `NotKnown`."""
    found = _known(viewer, item)
    if not found:
        raise NotKnown
    return found


def _known(viewer: Viewer, item: str) -> Mapping[str, object]:
    row = Item.objects.filter(owner_id=viewer.organization_id, public_id=item).first() if item else None
    if row is None:
        return {}
    site = Site.objects.filter(pk=row.site_id or 0).first()
    return {
        "item": row.public_id,
        **{name: getattr(row, name) for name in ITEM_FIELDS},
        "site_name": site.name if site else "",
        "site_town": site.town if site else "",
        "site_country": site.country if site else "",
        "certificates": _certificates(row),
        "inputs": _inputs(row),
    }


def _certificates(row: Item) -> list[Mapping[str, str]]:
    relied = Reliance.objects.filter(item_id=row.pk).values_list("certificate_id", flat=True)
    held = Certificate.objects.filter(pk__in=list(relied)).order_by("scheme", "number")
    return [
        {
            "scheme": each.scheme,
            "number": each.number,
            "valid_until": each.valid_until.isoformat() if each.valid_until else "",
        }
        for each in held
    ]


def _inputs(row: Item) -> list[Mapping[str, object]]:
    inputs = list(Input.objects.filter(item_id=row.pk).exclude(name=""))
    sources = list(Source.objects.filter(input_id__in=[each.pk for each in inputs]).order_by("pk"))
    firms = {each.pk: each for each in Contact.objects.filter(pk__in={s.contact_id for s in sources if s.contact_id})}
    links = dict(
        Link.objects.filter(pk__in={s.link_id for s in sources if s.link_id}).values_list("pk", "supplier_item_id")
    )
    own = dict(Item.objects.filter(owner_id=row.owner_id, pk__in=links.values()).values_list("pk", "public_id"))
    return [
        {
            "name": each.name,
            "stock_weeks": _number(each.stock_weeks),
            "switch_months": _number(each.switch_months),
            "sources": [
                _source(s, firms, own.get(links.get(s.link_id or 0, 0), "")) for s in sources if s.input_id == each.pk
            ],
        }
        for each in inputs
    ]


def _source(source: Source, firms: Mapping[int, Contact], own: str) -> Mapping[str, str]:
    firm = firms.get(source.contact_id or 0)
    if firm is None:
        return {"kind": "own", "item": own} if own else {"kind": "stated", **_stated(source)}
    kind = "invite" if source.asked_at else "stated"
    book = {"contact": firm.public_id, "name": firm.name, "person": firm.person, "email": firm.email}
    return {"kind": kind, **book, "language": firm.language, **_stated(source), "country": firm.country}


def _stated(source: Source) -> Mapping[str, str]:
    return {name: str(getattr(source, name)) for name in ("country", "step", "family", "chain_end")}


def _number(value: int | None) -> str:
    return "" if value is None else str(value)
