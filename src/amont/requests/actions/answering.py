"""Sending answers: facts of own items, links accepted, own suppliers asked, all in one transaction."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from amont.catalogue.models import Item
from amont.chain.actions.links import Acceptance, accept
from amont.chain.actions.sources import state_inputs
from amont.chain.models import Link, Source
from amont.consortia.actions import join_as_partner
from amont.disclosure.unsealed import unsealed
from amont.evidence.actions import rely
from amont.kernel import clock
from amont.kernel.errors import NotKnown, Refused
from amont.kernel.viewer import Viewer
from amont.ledger import actions as ledger
from amont.parties.models import Organization
from amont.requests import charters, may, notices, rules, words
from amont.requests.actions import kept
from amont.requests.actions.asking import PASSED_ON_DAYS, ask_sources
from amont.requests.actions.items import write_items
from amont.requests.charters import Terms
from amont.requests.facts import AnswerValues, Asked, Decision, Purpose, Sent
from amont.requests.models import Draft, Request, RequestLine
from amont.requests.sets import Asks

Status = RequestLine.Status
REFUSED = {Decision.DECLINE: Status.DECLINED, Decision.NOT_MINE: Status.NOT_MINE}
ANSWERABLE = (Status.OPEN, Status.ACCEPTED, Status.ANSWERED)


@dataclass(frozen=True, slots=True)
class _Said:
    """One answer beside the lines that it answers: the one named, and others over the same source."""

    values: AnswerValues
    lines: tuple[RequestLine, ...]
    request: Request
    asks: Asks


@transaction.atomic
def send_answer(viewer: Viewer, request: str = "", *, answers: Sequence[AnswerValues]) -> Sent:
    """Send answers to lines that one was asked about: of one request (public id), or of several.

    What is answered becomes facts of the viewer's own items, sites and certificates; links are accepted, the stated
    sources give way to them, firms to be invited are asked, passing on what the viewer was asked. All or nothing;
    sent a second time it changes nothing. Raises `Denied`, `NotKnown`, and `Refused` at the field (with several
    answers each field bears the answer's position before it).
    """
    may.write(viewer)
    organization = Organization.objects.select_for_update(of=("self",)).get(pk=viewer.organization_id)
    said = _said(viewer, request, answers)
    charters_by = charters.in_force(each.request.consortium_id for each in said)
    _check(said, charters_by)
    accepted = [each for each in said if each.values.decision is Decision.ACCEPT]
    items = write_items(viewer, [(each.values, each.asks) for each in accepted])
    counts = _close_refused([each for each in said if each.values.decision is not Decision.ACCEPT])
    asked = _facts(viewer, accepted, items, charters_by)
    _accept(viewer, accepted, items, charters_by, counts)
    for consortium in charters_by if accepted else ():
        join_as_partner(viewer, consortium_key=consortium)
    Draft.objects.filter(line_id__in=[line.pk for each in said for line in each.lines]).delete()
    for row, (answered, refused) in counts.items():
        notices.told(row, answered=answered, refused=refused, firm=organization.name)
    detail = {"answered": len(accepted), "refused": len(said) - len(accepted), "asked": asked.lines}
    ledger.append(viewer, "send_answer", about=said[0].request.public_id, detail=detail, network=True)
    return Sent(tuple(dict.fromkeys(item.public_id for item in items)), asked.requests)


def decline_line(viewer: Viewer, *, line: str, reason: str, not_mine: bool = False) -> None:
    """Decline one line, or say that it is not one's own product. Raises as `send_answer`."""
    decision = Decision.NOT_MINE if not_mine else Decision.DECLINE
    send_answer(viewer, answers=[AnswerValues(line=line, decision=decision, reason=reason)])


def _said(viewer: Viewer, request: str, answers: Sequence[AnswerValues]) -> list[_Said]:
    """Return the answers with their lines; raises `NotKnown` and `Refused` for lines that cannot be answered."""
    mine = RequestLine.objects.filter(supplier_id=viewer.organization_id)
    lines = {row.public_id: row for row in mine.filter(public_id__in={each.line for each in answers})}
    requests = {row.pk: row for row in Request.objects.filter(pk__in={row.request_id for row in lines.values()})}
    if not answers or any(each.line not in lines for each in answers):
        raise NotKnown
    if request and {row.public_id for row in requests.values()} != {request}:
        raise NotKnown
    if any(row.status not in ANSWERABLE or row.source_id is None for row in lines.values()):
        raise Refused(_("This was taken back or closed meanwhile: nothing is left to answer here."))
    beside: dict[int, list[RequestLine]] = {}
    sources = {row.source_id for row in lines.values()}
    locked = mine.select_for_update(of=("self",)).filter(source_id__in=sources, status__in=ANSWERABLE).order_by("pk")
    for row in locked:
        beside.setdefault(row.source_id or 0, []).append(row)
    if sources - beside.keys():
        raise Refused(_("This was taken back or closed meanwhile: nothing is left to answer here."))
    mapped = _mapped(viewer, beside)
    asked = charters.asked_of(lines.values())
    found = []
    for each in answers:
        source = lines[each.line].source_id or 0
        values = each if each.item else replace(each, item=mapped.get(source, ""))
        found.append(
            _Said(values, tuple(beside[source]), requests[lines[each.line].request_id], asked[lines[each.line].pk])
        )
    return found


def _mapped(viewer: Viewer, beside: Mapping[int, Sequence[RequestLine]]) -> dict[int, str]:
    """Return the own item (public id) that a source (key) was mapped to before: an answer sent again means it."""
    linked = {line.link_id: source for source, found in beside.items() for line in found if line.link_id}
    rows = dict(Link.objects.filter(pk__in=linked).values_list("pk", "supplier_item_id"))
    own = Item.objects.filter(owner_id=viewer.organization_id, pk__in=rows.values())
    items = dict(own.values_list("pk", "public_id"))
    return {linked[link]: items[item] for link, item in rows.items() if item in items}


def _check(said: Sequence[_Said], charters_by: dict[int, Terms]) -> None:
    wrong: dict[str, list[object]] = {}
    codes = {key: charter.codes for key, charter in charters_by.items()}
    for index, each in enumerate(said):
        prefix = f"{index}." if len(said) > 1 else ""
        found = rules.problems(each.values, codes[each.request.consortium_id], each.asks)
        wrong |= rules.by_field(found, words.MISTAKES, prefix)
    if wrong:
        raise Refused(wrong)


def _facts(viewer: Viewer, accepted: Sequence[_Said], items: Sequence[Item], charters_by: dict[int, Terms]) -> Asked:
    """Write certificates and inputs, and ask the firms to be invited."""
    whole = [(each, item) for each, item in zip(accepted, items, strict=True) if not each.values.accept_only]
    full = list({(each.request.consortium_id, item.pk): (each, item) for each, item in whole}.values())
    said = [(item, each.values.certificates) for each, item in full if kept.says_certificates(each.values, each.asks)]
    rely(viewer, [(item, [(c.scheme, c.number, c.valid_until) for c in found]) for item, found in said])
    told = [(each, item) for each, item in full if kept.says_inputs(each.values, each.asks)]
    requests: list[str] = []
    lines = already = 0
    for consortium, charter in charters_by.items():
        here = [(each, item) for each, item in told if each.request.consortium_id == consortium]
        own = _own_items(viewer, [each.values for each, _ in here])
        inputs = kept.inputs([(item, each.values.inputs, each.asks) for each, item in here])
        to_ask = state_inputs(viewer, inputs, own=own, charter=charter.charter)
        RequestLine.objects.filter(
            asker_id=viewer.organization_id, source_id__isnull=True, status__in=(Status.OPEN, Status.ACCEPTED)
        ).update(status=Status.CANCELLED)
        asked = ask_sources(
            viewer,
            to_ask,
            passing={each.source.pk for each in to_ask},
            charter=charter,
            purpose=Purpose.TRACEABILITY,
            due_on=clock.today() + timedelta(days=PASSED_ON_DAYS),
        )
        requests += asked.requests
        lines, already = lines + asked.lines, already + asked.already
    return Asked(tuple(requests), lines, already)


def _own_items(viewer: Viewer, answers: Sequence[AnswerValues]) -> dict[str, Item]:
    wanted = {source.item for each in answers for one in each.inputs for source in one.sources if source.item}
    rows = Item.objects.filter(owner_id=viewer.organization_id, public_id__in=wanted)
    return {row.public_id: row for row in rows}


def _accept(
    viewer: Viewer,
    accepted: Sequence[_Said],
    items: Sequence[Item],
    charters_by: dict[int, Terms],
    counts: dict[Request, tuple[int, int]],
) -> None:
    wanted = [
        Acceptance(
            source=line.source_id or 0,
            item=item,
            charter=charters_by[each.request.consortium_id].charter,
            reference=line.reference,
            answered=not each.values.accept_only,
            passed=line.passed,
        )
        for each, item in zip(accepted, items, strict=True)
        for line in each.lines
    ]
    links = accept(viewer, wanted)
    changed: list[RequestLine] = []
    for each in accepted:
        for line in each.lines:
            if line.status != Status.ANSWERED and not each.values.accept_only:
                done, refused = counts.get(each.request, (0, 0))
                counts[each.request] = (done + 1, refused)
                line.answered_at = clock.now()
            line.status = Status.ACCEPTED if each.values.accept_only else Status.ANSWERED
            line.link, line.mark = links[line.source_id or 0, line.passed]
            changed.append(line)
    with unsealed("the mark over the link is the asker's"):
        RequestLine.objects.bulk_update(changed, ["status", "link", "mark", "answered_at"], batch_size=200)


def _close_refused(refused: Sequence[_Said]) -> dict[Request, tuple[int, int]]:
    """Close lines that are declined or not one's own, and tell the declarer's source alone."""
    counts: dict[Request, tuple[int, int]] = {}
    changed = [line for each in refused for line in each.lines]
    for each in refused:
        for line in each.lines:
            line.status, line.reason = REFUSED[each.values.decision], each.values.reason.strip()[: rules.LONGEST_REASON]
            line.answered_at = clock.now()
        done, before = counts.get(each.request, (0, 0))
        counts[each.request] = (done, before + 1)
    RequestLine.objects.bulk_update(changed, ["status", "reason", "answered_at"], batch_size=200)
    with unsealed("a refusal is told to the declarer alone"):
        sources = [line.source_id for line in changed if line.source_id]
        Source.objects.filter(pk__in=sources).update(refused_at=clock.now())
    return counts
