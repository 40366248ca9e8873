"""What one has asked, and what may be asked."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from django.utils.translation import override

from amont.catalogue.models import Item
from amont.chain.actions.invitations import REMINDER
from amont.chain.models import Contact, Input, Invitation, InvitationKey, Source
from amont.kernel import clock
from amont.kernel.errors import NotKnown
from amont.kernel.viewer import Viewer
from amont.parties.models import Organization, Person
from amont.post.models import Mail
from amont.requests import charters, notices, rules, rules_reminders
from amont.requests.actions.asking import complete
from amont.requests.facts import (
    FirmToAsk,
    InvitationState,
    LineAsked,
    LineToAsk,
    Preview,
    SentLine,
    SentRequest,
    StatedFirm,
)
from amont.requests.models import Request, RequestLine

GOING = (RequestLine.Status.OPEN, RequestLine.Status.ACCEPTED, RequestLine.Status.ANSWERED)
SHOWN_LINK = "https://…"


def requests_sent(viewer: Viewer) -> tuple[SentRequest, ...]:
    """Return all own requests, latest first, each with where it is."""
    return _sent(list(Request.objects.filter(asker_id=viewer.organization_id).order_by("-created_at", "-pk")))


def request(viewer: Viewer, public_id: str) -> SentRequest:
    """Return one own request. Raises `NotKnown`."""
    row = Request.objects.filter(asker_id=viewer.organization_id, public_id=public_id).first()
    if row is None:
        raise NotKnown
    return _sent([row])[0]


def contacts_to_ask(viewer: Viewer) -> tuple[FirmToAsk, ...]:
    """Return the firms of the own book, by name."""
    rows = Contact.objects.filter(owner_id=viewer.organization_id).order_by("folded", "country")
    return tuple(FirmToAsk(row.public_id, row.name, row.email, row.country) for row in rows)


def to_ask(viewer: Viewer, *, items: Iterable[str] = ()) -> tuple[LineToAsk, ...]:
    """Return own lines to ask about, with their known suppliers: these (public ids), else all that are bought."""
    chosen = list(items)
    rows = Item.objects.filter(owner_id=viewer.organization_id, is_active=True)
    rows = rows.filter(public_id__in=chosen) if chosen else rows.filter(is_bought=True)
    lines = list(rows.order_by("reference", "name", "public_id"))
    inputs = dict(Input.objects.filter(item_id__in=[row.pk for row in lines]).values_list("pk", "item_id"))
    sources = list(Source.objects.filter(input_id__in=list(inputs), contact_id__isnull=False))
    firms = dict(Contact.objects.filter(owner_id=viewer.organization_id).values_list("pk", "public_id"))
    asked = set(
        RequestLine.objects.filter(asker_id=viewer.organization_id, status__in=GOING).values_list(
            "source_id", flat=True
        )
    )
    by_item: dict[int, list[Source]] = {}
    for source in sources:
        by_item.setdefault(inputs[source.input_id], []).append(source)
    return tuple(
        LineToAsk(
            item=row.public_id,
            name=row.name,
            reference=row.reference,
            kind=row.kind,
            family=row.family,
            contacts=tuple(firms[s.contact_id or 0] for s in by_item.get(row.pk, ())),
            asked=tuple(firms[s.contact_id or 0] for s in by_item.get(row.pk, ()) if s.pk in asked),
        )
        for row in lines
    )


def stated(viewer: Viewer, *, source: str = "") -> tuple[StatedFirm, ...]:
    """Return the firms merely stated as sources of own items that are sold, not asked and not linked, by name."""
    found = Source.objects.filter(owner_id=viewer.organization_id, asked_at=None, link=None)
    rows = list(found.filter(public_id=source) if source else found)
    inputs = {row.pk: row for row in Input.objects.filter(pk__in={each.input_id for each in rows})}
    items = {row.pk: row for row in Item.objects.filter(pk__in={each.item_id for each in inputs.values()})}
    firms = {
        row.pk: row for row in Contact.objects.filter(pk__in={each.contact_id for each in rows if each.contact_id})
    }
    told = []
    for row in rows:
        of, firm = inputs[row.input_id], firms.get(row.contact_id or 0)
        item = items[of.item_id]
        if item.is_bought and not source:
            continue
        told.append(
            StatedFirm(
                source=row.public_id,
                name=firm.name if firm else "",
                person=firm.person if firm else "",
                email=firm.email if firm else "",
                country=row.country,
                input=of.name,
                item=item.public_id,
                item_name=item.name,
            )
        )
    return tuple(sorted(told, key=lambda each: (each.name, each.input, each.source)))


def stated_source(viewer: Viewer, source: str) -> StatedFirm:
    """Return one firm merely stated. Raises `NotKnown`."""
    found = stated(viewer, source=source) if source else ()
    if not found or not found[0].name:
        raise NotKnown
    return found[0]


def preview(viewer: Viewer, *, lines: Sequence[LineAsked], purpose: str, due_on: date, message: str = "") -> Preview:
    """Return what asking would send, without sending: one mail a firm, and the text of the first."""
    items = {each.item: each for each in to_ask(viewer, items={each.item for each in lines})}
    firms = {
        row.public_id: row
        for row in Contact.objects.filter(owner_id=viewer.organization_id, public_id__in={e.contact for e in lines})
    }
    if any(each.item not in items or each.contact not in firms for each in lines):
        raise NotKnown
    for each in lines:
        complete(firms[each.contact], each)
    new = [each for each in lines if each.contact not in items[each.item].asked]
    by_firm: dict[str, list[str]] = {}
    for each in new:
        by_firm.setdefault(each.contact, []).append(each.reference or items[each.item].name)
    shown = tuple((firms[key].name, firms[key].email, tuple(found)) for key, found in by_firm.items())
    first = firms[next(iter(by_firm))] if by_firm else None
    language = notices.language_of(first.language if first else "fr")
    person = Person.objects.filter(pk=viewer.person_id or 0).first()
    draft = Request(purpose=purpose, due_on=due_on, message=message.strip())
    with override(language):
        subject, text = notices.request_text(
            draft,
            shown[0][2] if shown else (),
            firm=Organization.objects.get(pk=viewer.organization_id).name,
            person=person.name if person else "",
            link=SHOWN_LINK,
        )
    most = max((len(found) for found in by_firm.values()), default=1)
    return Preview(shown, len(lines) - len(new), charters.terms_of(viewer).minutes(most), subject, text, language)


def _sent(rows: Sequence[Request]) -> tuple[SentRequest, ...]:
    contacts = {row.pk: row for row in Contact.objects.filter(pk__in={each.contact_id for each in rows})}
    invitations = {
        row.pk: row for row in Invitation.objects.filter(pk__in={e.invitation_id for e in rows if e.invitation_id})
    }
    mails = _mails(rows, list(invitations))
    lines = _lines(rows)
    found = []
    for row in rows:
        contact, invitation = contacts[row.contact_id], invitations.get(row.invitation_id or 0)
        mine = lines.get(row.pk, ())
        waits = any(each.status in {"open", "accepted"} and not each.confirmed for each in mine)
        found.append(
            SentRequest(
                request=row.public_id,
                contact=contact.public_id,
                firm=contact.name,
                person=contact.person,
                email=contact.email,
                country=contact.country,
                purpose=row.purpose,
                message=row.message,
                due_on=row.due_on,
                passed=row.passed,
                created_at=row.created_at,
                state=_state(row, invitation, mine, mails.get(row.pk, set())),
                invitation=invitation.public_id if invitation and not invitation.used_at else "",
                lines=mine,
                needs_a_human=waits and rules_reminders.needs_a_human(row.created_at, clock.now()),
            )
        )
    return tuple(found)


def _mails(rows: Sequence[Request], invitations: Sequence[int]) -> Mapping[int, set[str]]:
    """Return the states of the mails of each request: its own, and those that later carried a fresh link."""
    keys = InvitationKey.objects.filter(invitation_id__in=invitations).exclude(mail__startswith=REMINDER)
    causes: dict[str, list[int]] = {f"request {row.public_id}": [row.pk] for row in rows}
    by_invitation: dict[int, list[int]] = {}
    for row in rows:
        by_invitation.setdefault(row.invitation_id or 0, []).append(row.pk)
    for invitation, cause in keys.values_list("invitation_id", "mail"):
        causes.setdefault(cause, []).extend(by_invitation.get(invitation, ()))
    states: dict[int, set[str]] = {}
    for cause, status in Mail.objects.filter(cause__in=list(causes)).values_list("cause", "status"):
        for key in causes[cause]:
            states.setdefault(key, set()).add(status)
    return states


def _lines(rows: Sequence[Request]) -> Mapping[int, tuple[SentLine, ...]]:
    lines = list(RequestLine.objects.filter(request_id__in=[row.pk for row in rows]).order_by("pk"))
    stated = Source.objects.in_bulk({each.source_id for each in lines if each.source_id})
    sources = {key: row.input_id for key, row in stated.items()}
    confirmed = {key for key, row in stated.items() if row.confirmed_at}
    inputs = dict(Input.objects.filter(pk__in=sources.values()).values_list("pk", "item_id"))
    items = {row.pk: row for row in Item.objects.filter(pk__in=inputs.values())}
    found: dict[int, list[SentLine]] = {}
    for each in lines:
        item = items.get(inputs.get(sources.get(each.source_id or 0, 0), 0))
        found.setdefault(each.request_id, []).append(
            SentLine(
                line=each.public_id,
                reference=each.reference,
                item=item.public_id if item else "",
                item_name=item.name if item else "",
                status=each.status,
                reason=each.reason,
                confirmed=each.source_id in confirmed and each.status == RequestLine.Status.OPEN,
            )
        )
    return {key: tuple(each) for key, each in found.items()}


def _state(row: Request, invitation: Invitation | None, lines: Sequence[SentLine], mails: set[str]) -> InvitationState:
    told = {each.status for each in lines}
    return rules.state(
        lines=frozenset(told),
        taken_up=bool(invitation and invitation.used_at),
        opened=bool(invitation and invitation.opened_at),
        expired=bool(invitation and row.supplier_id is None and clock.now() >= invitation.expires_at),
        mails=frozenset(mails),
    )
