"""What suppliers let out to the viewer, for the cut alone: `sight` gives what the level allows."""

from collections.abc import Mapping

from amont.chain.models import Link
from amont.consortia import read as consortia
from amont.consortia.facts import AnswerType, Code, Question
from amont.kernel.errors import NotKnown
from amont.kernel.viewer import Viewer
from amont.requests import charters
from amont.requests.facts_answers import Released
from amont.requests.models import Release, Request, RequestLine
from amont.requests.read.form import COUNTRIES, said_of


def released(viewer: Viewer, request: str) -> tuple[Released, ...]:
    """Return what the supplier of an own request (public id) let out: of itself, its sites, what the lines map to.

    Raises `NotKnown`.
    """
    row = Request.objects.filter(asker_id=viewer.organization_id, public_id=request).first()
    if row is None:
        raise NotKnown
    if row.supplier_id is None:
        return ()
    lines = RequestLine.objects.filter(asker_id=viewer.organization_id, request_id=row.pk, link_id__isnull=False)
    names = _names(viewer, {line.link_id or 0: line.reference for line in lines})
    rows = Release.objects.filter(reader_id=viewer.organization_id, owner_id=row.supplier_id, ended_at=None)
    terms = charters.in_force([row.consortium_id])[row.consortium_id].facts
    asked = {each.code: each for each in consortia.bank(terms.sector)}
    lists = {"steps": terms.steps, "families": terms.families, "schemes": terms.schemes}
    found = [_fact(each, asked[each.question], lists, names) for each in rows if each.question in asked]
    order = {code: number for number, code in enumerate(asked)}
    kept = [each for each in found if each.item is None or each.item in names]
    return tuple(sorted(kept, key=lambda each: (each.about, each.label, order[each.question.code], each.release)))


def _names(viewer: Viewer, references: Mapping[int, str]) -> dict[int, str]:
    """Return the viewer's own words for each item of the supplier (key) that its lines are linked to."""
    links = Link.objects.filter(buyer_id=viewer.organization_id, pk__in=list(references), status=Link.Status.ACCEPTED)
    return {item: references[pk] for pk, item in links.values_list("pk", "supplier_item_id")}


def _fact(
    row: Release, question: Question, lists: Mapping[str, tuple[Code, ...]], names: Mapping[int, str]
) -> Released:
    about = "item" if row.item_id else "site" if row.site_id else "company"
    countries = question.type in {AnswerType.COUNTRY, AnswerType.COUNTRIES}
    return Released(
        release=row.public_id,
        question=question,
        choices=COUNTRIES if countries else question.choices or lists.get(question.list, ()),
        about=about,
        label=names.get(row.item_id or 0, row.label),
        said=said_of(row),
        said_on=row.said_on,
        review=row.review,
        review_note=row.review_note,
        item=row.item_id,
        owner=row.owner_id,
    )
