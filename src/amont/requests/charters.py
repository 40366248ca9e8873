"""The charter in force, as asking and answering need it."""

from collections.abc import Iterable
from dataclasses import dataclass

from amont.consortia import lists
from amont.consortia import read as consortia
from amont.consortia.facts import CharterFacts
from amont.consortia.models import Participation
from amont.kernel.countries import countries
from amont.kernel.errors import NotKnown
from amont.kernel.viewer import Viewer
from amont.requests.models import Request, RequestLine
from amont.requests.rules import Codes, minutes
from amont.requests.sets import Asks, union

STANDING = (RequestLine.Status.OPEN, RequestLine.Status.ACCEPTED, RequestLine.Status.ANSWERED)


@dataclass(frozen=True, slots=True)
class Terms:
    """A charter in force: its key, its consortium's key, its facts."""

    charter: int
    consortium: int
    facts: CharterFacts

    @property
    def codes(self) -> Codes:
        """Return what may be chosen from under this charter."""
        return Codes(
            steps=frozenset(each.code for each in self.facts.steps),
            families=frozenset(each.code for each in self.facts.families),
            schemes=frozenset(each.code for each in self.facts.schemes),
            countries=frozenset(each.code for each in countries()),
        )

    def minutes(self, lines: int) -> int:
        """Return how many minutes it takes to answer so many lines."""
        asks = Asks(self.facts.questions)
        return minutes(asks.minutes, lines) + asks.once


def in_force(keys: Iterable[int]) -> dict[int, Terms]:
    """Return the charter in force now by consortium (key)."""
    return {key: Terms(found[0], key, found[1]) for key in set(keys) if (found := consortia.charter_in_force(key))}


def asked_by(requests: Iterable[Request]) -> Asks:
    """Return all that these requests ask of an answer, each under the version of the charter that it was made with."""
    found = consortia.charters({each.charter_id for each in requests})
    return union((each.questions for each in found.values()), lists.questions())


def asked_of(lines: Iterable[RequestLine]) -> dict[int, Asks]:
    """Return what is asked of each line's answer (by line key): by all requests over the same source that stand.

    Lines that the supplier sees one task in are asked the same: the union.
    """
    rows = list(lines)
    sources = {row.source_id for row in rows if row.source_id}
    suppliers = {row.supplier_id for row in rows}
    beside = RequestLine.objects.filter(source_id__in=sources, supplier_id__in=suppliers, status__in=STANDING)
    told: dict[int, set[int]] = {}
    for source, request in beside.values_list("source_id", "request_id"):
        told.setdefault(source or 0, set()).add(request)
    keys = {each for found in told.values() for each in found} | {row.request_id for row in rows}
    charters = dict(Request.objects.filter(pk__in=keys).values_list("pk", "charter_id"))
    facts = consortia.charters(set(charters.values()))
    return {
        row.pk: union(
            (facts[charters[each]].questions for each in {row.request_id, *told.get(row.source_id or 0, ())}),
            lists.questions(),
        )
        for row in rows
    }


def terms_of(viewer: Viewer, consortium: str = "") -> Terms:
    """Return the charter in force of the viewer's consortium: this one (public id), else where it is member, else any.

    Raises `NotKnown` where the viewer takes no part.
    """
    rows = Participation.objects.filter(organization_id=viewer.organization_id)
    rows = rows.filter(consortium__public_id=consortium) if consortium else rows
    first = rows.order_by("-is_member", "joined_at", "pk").first()
    if first is None:
        raise NotKnown
    return in_force([first.consortium_id])[first.consortium_id]
