"""What a supplier has to answer."""

from collections.abc import Sequence

from amont.catalogue.models import Item
from amont.chain.models import Link
from amont.kernel.errors import NotKnown
from amont.kernel.viewer import Viewer
from amont.parties.models import Organization, Person
from amont.requests import charters, rules, words
from amont.requests.facts import Asker, Task
from amont.requests.models import Draft, Request, RequestLine

OPEN = frozenset({RequestLine.Status.OPEN, RequestLine.Status.ACCEPTED})
SHOWN = (
    RequestLine.Status.OPEN,
    RequestLine.Status.ACCEPTED,
    RequestLine.Status.ANSWERED,
    RequestLine.Status.DECLINED,
    RequestLine.Status.NOT_MINE,
)


def tasks(viewer: Viewer) -> tuple[Task, ...]:
    """Return all that the viewer is asked, by due date, open ones first: one task for all requests over one link."""
    rows = RequestLine.objects.filter(supplier_id=viewer.organization_id, status__in=SHOWN).order_by("pk")
    found = _tasks(viewer, list(rows))
    found.sort(key=lambda each: (each.status not in OPEN, each.due_on, each.reference))
    return tuple(rules.shorter_after_the_first(found))


def is_asked(viewer: Viewer) -> bool:
    """Tell whether the viewer was ever asked for anything."""
    return RequestLine.objects.filter(supplier_id=viewer.organization_id).exists()


def task(viewer: Viewer, line: str) -> Task:
    """Return one task by the public id of its line. Raises `NotKnown`."""
    row = RequestLine.objects.filter(supplier_id=viewer.organization_id, public_id=line, status__in=SHOWN).first()
    if row is None:
        raise NotKnown
    return _tasks(viewer, [row])[0]


def _tasks(viewer: Viewer, rows: Sequence[RequestLine]) -> list[Task]:
    one = merged(rows)
    requests = {row.pk: row for row in Request.objects.filter(pk__in={line.request_id for line in one})}
    askers = askers_of(list(requests.values()))
    drafts = dict(Draft.objects.filter(line_id__in=[line.pk for line in one]).values_list("line_id", "saved_at"))
    links = dict(
        Link.objects.filter(pk__in={e.link_id for e in one if e.link_id}).values_list("pk", "supplier_item_id")
    )
    items = {row.pk: row for row in Item.objects.filter(pk__in=links.values())}
    known = KnownItems(viewer)
    asks = charters.asked_of(one)
    found = []
    for line in one:
        request = requests[line.request_id]
        item = items.get(links.get(line.link_id or 0, 0)) or known.meant_by(line.reference)
        found.append(
            Task(
                line=line.public_id,
                reference=line.reference,
                asker=askers[request.pk],
                purpose=words.purpose(request.purpose),
                message=request.message,
                due_on=request.due_on,
                passed=request.passed,
                status=line.status,
                reason=line.reason,
                item=item.public_id if item else "",
                item_name=item.name if item else "",
                known=bool(item and (item.step or item.country or item.chain_end)),
                drafted_at=drafts.get(line.pk),
                minutes=rules.minutes(asks[line.pk].minutes, 1),
            )
        )
    return found


def merged(rows: Sequence[RequestLine]) -> list[RequestLine]:
    """Return one line for all over one source: an open one before one that is answered."""
    found: dict[int, RequestLine] = {}
    for row in rows:
        key = row.source_id or -row.pk
        if key not in found or row.status == RequestLine.Status.OPEN:
            found[key] = row
    return list(found.values())


def askers_of(requests: Sequence[Request]) -> dict[int, Asker]:
    """Return who asks, by key of the request: the firm, and the person behind it."""
    firms = dict(Organization.objects.filter(pk__in={r.asker_id for r in requests}).values_list("pk", "name"))
    people = {row.pk: row for row in Person.objects.filter(pk__in={r.asked_by_id for r in requests if r.asked_by_id})}
    found = {}
    for each in requests:
        person = people.get(each.asked_by_id or 0)
        found[each.pk] = Asker(firms[each.asker_id], person.name if person else "", person.email if person else "")
    return found


class KnownItems:
    """One's own items by the words that customers use for them: name, own reference, references of accepted links."""

    def __init__(self, viewer: Viewer) -> None:
        """Read them once."""
        self.items = {
            row.pk: row for row in Item.objects.filter(owner_id=viewer.organization_id, is_active=True, is_bought=False)
        }
        self.words: dict[int, list[str]] = {key: [row.name, row.reference] for key, row in self.items.items()}
        links = Link.objects.filter(supplier_id=viewer.organization_id, status=Link.Status.ACCEPTED)
        for item, reference in links.values_list("supplier_item_id", "reference"):
            self.words.setdefault(item, []).append(reference)

    def meant_by(self, reference: str) -> Item | None:
        """Return the own item that a customer's reference means, if exactly one does."""
        found = [key for key, words_of in self.words.items() if rules.same_thing(reference, words_of)]
        return self.items.get(found[0]) if len(found) == 1 else None
