"""Asking suppliers about lines, once; sending again; taking back."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from amont.catalogue.models import Item
from amont.chain.actions.invitations import accepted_by as organizations_of
from amont.chain.actions.invitations import invitations_for, keys_since, locked, new_key
from amont.chain.actions.sources import ToAsk, sources_for
from amont.chain.models import Contact, Input, Invitation, Link, Source
from amont.kernel import clock
from amont.kernel.errors import NotKnown, Refused
from amont.kernel.viewer import Viewer
from amont.ledger import actions as ledger
from amont.parties.models import Organization
from amont.requests import charters, may, notices, rules
from amont.requests.charters import Terms
from amont.requests.facts import Asked, LineAsked, Purpose
from amont.requests.models import Request, RequestLine

MAILED = "request"
PASSED_ON_DAYS = 30
LONGEST_MESSAGE = 2000


@transaction.atomic
def ask(
    viewer: Viewer, *, lines: Sequence[LineAsked], purpose: str, due_on: date, message: str = "", consortium: str = ""
) -> Asked:
    """Ask the suppliers of some own lines: one request and one mail each supplier, whether it has an account or not.

    What was asked before of the same source is not asked again; asking twice adds nothing. `consortium` is a public
    id, by default the only one. Raises `Denied` to a reader, `NotKnown` without a consortium, `Refused` at the field.
    """
    may.write(viewer)
    Organization.objects.select_for_update(of=("self",)).get(pk=viewer.organization_id)
    charter = charters.terms_of(viewer, consortium)
    pairs = _pairs(viewer, lines)
    _check(pairs, purpose=purpose, due_on=due_on, message=message)
    _keep_addresses(pairs, lines)
    sources = sources_for(viewer, [(item, contact) for item, contact, _ in pairs])
    wanted = [ToAsk(sources[i.pk, c.pk], c, reference.strip() or i.name) for i, c, reference in pairs]
    bought = {sources[i.pk, c.pk].pk for i, c, _ in pairs if i.is_bought}
    passed = _asked_for(viewer, [item.pk for item, _, _ in pairs if not item.is_bought])
    passing = {sources[i.pk, c.pk].pk for i, c, _ in pairs if i.pk in passed} - bought
    asked = ask_sources(
        viewer, wanted, passing=passing, charter=charter, purpose=purpose, due_on=due_on, message=message.strip()
    )
    if asked.requests:
        ledger.append(viewer, "ask", about=asked.requests[0], detail={"lines": asked.lines}, network=True)
    return asked


def check_ask(viewer: Viewer, *, lines: Sequence[LineAsked], purpose: str, due_on: date, message: str = "") -> None:
    """Say what is wrong before anything is asked: raises as `ask`, and changes nothing."""
    may.write(viewer)
    charters.terms_of(viewer)
    _check(_pairs(viewer, lines), purpose=purpose, due_on=due_on, message=message)


@transaction.atomic
def ask_source(viewer: Viewer, *, source: str, email: str, language: str, person: str = "") -> Asked:
    """Invite a firm that one had merely stated as a source (public id) of an own item: name and country are known.

    Raises `NotKnown`, and `Refused` for an address that does not do.
    """
    may.write(viewer)
    row = Source.objects.filter(owner_id=viewer.organization_id, public_id=source).first()
    contact = Contact.objects.filter(pk=row.contact_id or 0).first() if row else None
    if row is None or contact is None:
        raise NotKnown
    if not rules.looks_like_address(email):
        raise Refused({"email": [_("Enter an address such as name@firm.example.")]})
    contact.email, contact.language, contact.person = email.strip().lower(), language, person.strip() or contact.person
    contact.save(update_fields=["email", "language", "person"])
    of = Input.objects.get(pk=row.input_id)
    item = Item.objects.get(pk=of.item_id)
    passing = {row.pk} if not item.is_bought and item.pk in _asked_for(viewer, [item.pk]) else set()
    asked = ask_sources(
        viewer,
        [ToAsk(row, contact, of.name or item.name)],
        passing=passing,
        charter=charters.terms_of(viewer),
        purpose=Purpose.TRACEABILITY,
        due_on=clock.today() + timedelta(days=PASSED_ON_DAYS),
    )
    if asked.requests:
        ledger.append(viewer, "ask", about=asked.requests[0], detail={"lines": 1}, network=True)
    return asked


@transaction.atomic
def resend(viewer: Viewer, *, request: str) -> None:
    """Mail the request again, with a fresh link; at most three mails an hour. Raises `NotKnown`, `Refused`."""
    may.write(viewer)
    row = _mine(viewer, request)
    contact = Contact.objects.get(pk=row.contact_id)
    references = tuple(_open_lines(row).values_list("reference", flat=True))
    if not references:
        raise Refused(_("Nothing of this request is open any more."))
    invitation = invitations_for(viewer, [contact])[contact.pk] if row.supplier_id is None else None
    if invitation and row.invitation_id != invitation.pk:
        row.invitation = invitation
        row.save(update_fields=["invitation"])
    if invitation and keys_since(invitation, 1) >= rules.MOST_MAILS_AN_HOUR:
        raise Refused(_("Three mails left within the last hour. Wait a little before sending it again."))
    line = ledger_line(viewer, "resend_request", row)
    cause = f"{MAILED} {row.public_id} {line}"
    link = notices.invitation_link(new_key(invitation, mail=cause)) if invitation else notices.tasks_link()
    to = invitation.email if invitation else contact.email
    notices.asked(row, references, to=to, language=contact.language, link=link, cause=cause)


@transaction.atomic
def cancel(viewer: Viewer, *, request: str) -> None:
    """Take back what of a request is still open. Twice changes nothing. Raises `NotKnown`."""
    may.write(viewer)
    row = _mine(viewer, request)
    invitation = locked(pk=row.invitation_id) if row.invitation_id else None
    if not _open_lines(row).update(status=RequestLine.Status.CANCELLED):
        return
    if invitation and invitation.used_at is None and not still_asked(invitation):
        invitation.cancelled_at = clock.now()
        invitation.save(update_fields=["cancelled_at"])
    ledger_line(viewer, "cancel_request", row)


def still_asked(invitation: Invitation) -> bool:
    """Tell whether anything is open of what an invitation asks."""
    requests = list(Request.objects.filter(invitation_id=invitation.pk).values_list("pk", flat=True))
    return RequestLine.objects.filter(request_id__in=requests, status=RequestLine.Status.OPEN).exists()


def ledger_line(viewer: Viewer, act: str, row: Request) -> str:
    """Append one line about a request and return a word for this act: the moment."""
    ledger.append(viewer, act, about=row.public_id)
    return clock.now().isoformat()


def ask_sources(
    viewer: Viewer,
    wanted: Sequence[ToAsk],
    *,
    passing: set[int],
    charter: Terms,
    purpose: str,
    due_on: date,
    message: str = "",
) -> Asked:
    """Make the requests and write the mails for own sources, inside the act that causes it.

    `passing` are the sources (keys) whose firms are asked because one was asked oneself.
    """
    new = _not_asked_yet(wanted, passing)
    firms = {each.contact.pk: each.contact for each in new}
    known = organizations_of(viewer, firms.values())
    invitations = invitations_for(viewer, [each for key, each in firms.items() if key not in known])
    requests = {
        key: Request(
            asker_id=viewer.organization_id,
            supplier_id=known.get(key[0]),
            contact=firms[key[0]],
            invitation=invitations.get(key[0]),
            consortium_id=charter.consortium,
            charter_id=charter.charter,
            purpose=purpose,
            message="" if key[1] else message,
            due_on=due_on,
            passed=key[1],
            asked_by_id=viewer.person_id,
            created_at=clock.now(),
        )
        for key in dict.fromkeys((each.contact.pk, each.source.pk in passing) for each in new)
    }
    Request.objects.bulk_create(requests.values())
    lines = [_line(requests[each.contact.pk, each.source.pk in passing], each) for each in new]
    RequestLine.objects.bulk_create(lines)
    for each in new:
        each.source.asked_at, each.source.refused_at = clock.now(), None
    Source.objects.bulk_update([each.source for each in new], ["asked_at", "refused_at"], batch_size=200)
    _write_mails(requests.values(), lines)
    notices.received(lines)
    return Asked(tuple(row.public_id for row in requests.values()), len(new), len(wanted) - len(new))


def _not_asked_yet(wanted: Sequence[ToAsk], passing: set[int]) -> list[ToAsk]:
    """Return what is to be asked: not what stands asked already; an own request covers one passed on."""
    going = (RequestLine.Status.OPEN, RequestLine.Status.ACCEPTED, RequestLine.Status.ANSWERED)
    rows = RequestLine.objects.filter(source_id__in={each.source.pk for each in wanted}, status__in=going)
    asked = set(rows.values_list("source_id", "passed"))
    found: dict[int, ToAsk] = {}
    for each in wanted:
        covered = {(each.source.pk, False)} | ({(each.source.pk, True)} if each.source.pk in passing else set())
        if not asked & covered:
            found.setdefault(each.source.pk, each)
    return list(found.values())


def _line(request: Request, each: ToAsk) -> RequestLine:
    return RequestLine(
        request=request,
        asker_id=request.asker_id,
        supplier_id=request.supplier_id,
        source=each.source,
        passed=request.passed,
        reference=each.reference[:200],
    )


def _write_mails(requests: Iterable[Request], lines: Sequence[RequestLine]) -> None:
    for row in requests:
        cause = f"{MAILED} {row.public_id}"
        link = notices.invitation_link(new_key(row.invitation, mail=cause)) if row.invitation else notices.tasks_link()
        references = tuple(line.reference for line in lines if line.request_id == row.pk)
        to = row.invitation.email if row.invitation else row.contact.email
        notices.asked(row, references, to=to, language=row.contact.language, link=link, cause=cause)


def _pairs(viewer: Viewer, lines: Sequence[LineAsked]) -> list[tuple[Item, Contact, str]]:
    items = {
        row.public_id: row
        for row in Item.objects.filter(owner_id=viewer.organization_id, public_id__in={each.item for each in lines})
    }
    contacts = {
        row.public_id: row
        for row in Contact.objects.filter(
            owner_id=viewer.organization_id, public_id__in={each.contact for each in lines}
        )
    }
    if any(each.item not in items or each.contact not in contacts for each in lines):
        raise NotKnown
    for each in lines:
        complete(contacts[each.contact], each)
    return [(items[each.item], contacts[each.contact], each.reference) for each in lines]


def complete(contact: Contact, line: LineAsked) -> None:
    """Put the address that comes with a line onto a firm of which the book holds none."""
    if line.email and not contact.email:
        contact.email, contact.language = line.email.strip().lower(), line.language or contact.language


def _keep_addresses(pairs: Sequence[tuple[Item, Contact, str]], lines: Sequence[LineAsked]) -> None:
    said = {each.contact for each in lines if each.email}
    changed = {contact.pk: contact for _item, contact, _reference in pairs if contact.public_id in said}
    Contact.objects.bulk_update(changed.values(), ["email", "language"], batch_size=200)


def _check(pairs: Sequence[tuple[Item, Contact, str]], *, purpose: str, due_on: date, message: str) -> None:
    wrong: dict[str, list[object]] = {}
    if not pairs:
        wrong["lines"] = [_("Choose at least one line.")]
    if purpose not in set(Purpose):
        wrong["purpose"] = [_("Choose from the list.")]
    if due_on <= clock.today():
        wrong["due_on"] = [_("Choose a day to come.")]
    if len(message) > LONGEST_MESSAGE:
        wrong["message"] = [_("This is too long.")]
    for contact in {each.pk: each for _item, each, _reference in pairs}.values():
        if not rules.looks_like_address(contact.email):
            said = _("%(firm)s has no e-mail address in your book.") % {"firm": contact.name}
            wrong.setdefault("lines", []).append(said)
    if wrong:
        raise Refused(wrong)


def _asked_for(viewer: Viewer, items: Sequence[int]) -> set[int]:
    """Return which own items (keys) customers ask about: what is asked for them is passed on."""
    if not items:
        return set()
    lines = RequestLine.objects.filter(supplier_id=viewer.organization_id, link_id__isnull=False)
    links = Link.objects.filter(pk__in=set(lines.values_list("link_id", flat=True)), supplier_item_id__in=items)
    return set(links.values_list("supplier_item_id", flat=True))


def _mine(viewer: Viewer, request: str) -> Request:
    row = Request.objects.filter(asker_id=viewer.organization_id, public_id=request).first()
    if row is None:
        raise NotKnown
    return row


def _open_lines(row: Request) -> QuerySet[RequestLine]:
    return RequestLine.objects.filter(request_id=row.pk, status=RequestLine.Status.OPEN)
