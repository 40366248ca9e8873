"""Reminders: one mail a week at most for each person asked, whoever asks, three in all; and their pause."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.core.signing import BadSignature, Signer
from django.db import IntegrityError, transaction
from django.db.models import Count, Max

from amont.chain.actions.invitations import REMINDER, new_key
from amont.chain.models import Contact, Invitation, Source
from amont.disclosure.unsealed import unsealed
from amont.kernel import clock
from amont.kernel.errors import NotKnown
from amont.ledger import actions as ledger
from amont.parties.models import Organization, Person
from amont.post.models import Mail
from amont.requests import notices, rules_reminders
from amont.requests.models import Pause, Reminder, Request, RequestLine

OPEN = (RequestLine.Status.OPEN, RequestLine.Status.ACCEPTED)
_SALT = "amont.requests.reminders"


@dataclass(slots=True)
class _Addressed:
    """What waits at one address."""

    requests: list[Request] = field(default_factory=list)
    contact: Contact | None = None


def remind() -> int:
    """Write the reminders that are due now, each in a transaction of its own, and return how many.

    A person is reminded in the working hours of its country, unless it paused. Nobody who asks learns of it.
    """
    with unsealed("reminders are grouped by the person asked, for all who ask"):
        lines = _lines()
        by_address = _by_address(lines)
        now = clock.now()
        working = {address: each for address, each in by_address.items() if _may_write(address, each, now)}
        return sum(_remind(address, each, lines, now) for address, each in working.items())


def paused_by(token: str) -> Pause | None:
    """Return the pause of the address behind a mailed link, None where reminders leave. Raises `NotKnown`."""
    row = Pause.objects.filter(address=_address(token), is_on=True).first()
    return row if row and (row.until is None or row.until > clock.now()) else None


@transaction.atomic
def pause_reminders(token: str, *, days: int | None = rules_reminders.PAUSE_DAYS) -> None:
    """Write no reminders to the address behind a mailed link, for so many days or (None) until asked for again.

    Raises `NotKnown` for a link that is none.
    """
    until = None if days is None else clock.now() + timedelta(days=days)
    _keep(_address(token), is_on=True, until=until)


@transaction.atomic
def resume_reminders(token: str) -> None:
    """Write reminders again to the address behind a mailed link. Raises `NotKnown`."""
    _keep(_address(token), is_on=False, until=None)


def token_for(address: str) -> str:
    """Return the word in the link by which who reads an address pauses its reminders."""
    return str(Signer(salt=_SALT).sign_object(address.lower(), compress=True)).replace(":", "~")


def _address(token: str) -> str:
    try:
        return str(Signer(salt=_SALT).unsign_object(token.replace("~", ":")))
    except (BadSignature, ValueError) as trouble:
        raise NotKnown from trouble


def _keep(address: str, *, is_on: bool, until: datetime | None) -> None:
    found = {"is_on": is_on, "until": until, "changed_at": clock.now()}
    row, _made = Pause.objects.update_or_create(address=address, defaults=found)
    ledger.append(None, "pause_reminders" if is_on else "resume_reminders", about=row.public_id)


def _lines() -> Mapping[int, list[str]]:
    """Return the references that wait, by request (key); what was confirmed by a mailed link does not wait."""
    rows = list(RequestLine.objects.filter(status__in=OPEN).order_by("pk"))
    confirmed = set(Source.objects.filter(confirmed_at__isnull=False).values_list("pk", flat=True))
    found: dict[int, list[str]] = {}
    for row in rows:
        if row.source_id not in confirmed:
            found.setdefault(row.request_id, []).append(row.reference)
    return found


def _by_address(lines: Mapping[int, list[str]]) -> Mapping[str, _Addressed]:
    requests = sorted(Request.objects.in_bulk(list(lines)).values(), key=lambda each: (each.created_at, each.pk))
    invitations = Invitation.objects.in_bulk({each.invitation_id for each in requests if each.invitation_id})
    contacts = Contact.objects.in_bulk({each.contact_id for each in requests})
    now = clock.now()
    found: dict[str, _Addressed] = {}
    for each in requests:
        invitation = invitations.get(each.invitation_id or 0) if each.supplier_id is None else None
        if each.supplier_id is None and not _stands(invitation, now):
            continue
        contact = contacts[each.contact_id]
        held = found.setdefault((invitation.email if invitation else contact.email).lower(), _Addressed())
        each.invitation = invitation
        held.requests.append(each)
        held.contact = contact
    return {address: held for address, held in found.items() if address}


def _stands(invitation: Invitation | None, now: datetime) -> bool:
    ended = invitation and (invitation.used_at or invitation.declined_at or invitation.cancelled_at)
    return invitation is not None and not ended and invitation.expires_at > now


def _may_write(address: str, held: _Addressed, now: datetime) -> bool:
    paused = Pause.objects.filter(address=address, is_on=True).first()
    if paused and (paused.until is None or paused.until > now):
        return False
    return rules_reminders.at_work(held.contact.country if held.contact else "", now)


def _remind(address: str, held: _Addressed, lines: Mapping[int, list[str]], now: datetime) -> int:
    """Write one mail to an address, where one is due; two workers write one."""
    told = dict(
        Reminder.objects.filter(request_id__in=[each.pk for each in held.requests])
        .values_list("request_id")
        .annotate(Count("pk"))
    )
    last = Reminder.objects.filter(address=address).aggregate(Max("at"))["at__max"]
    waiting = [rules_reminders.Waiting(each.pk, _asked_at(each), told.get(each.pk, 0)) for each in held.requests]
    named = set(rules_reminders.to_name(waiting, last=last, now=now))
    if not named:
        return 0
    requests = [each for each in held.requests if each.pk in named]
    try:
        with transaction.atomic():
            rows = [
                Reminder(request=each, address=address, number=told.get(each.pk, 0) + 1, at=now) for each in requests
            ]
            Reminder.objects.bulk_create(rows)
            _write(address, held, requests, lines, cause=f"{REMINDER}{rows[0].public_id}")
            ledger.append(None, "remind", about=rows[0].public_id, detail={"requests": len(rows)})
    except IntegrityError:  # another worker was faster
        return 0
    return 1


def _asked_at(request: Request) -> datetime:
    """Return when a request was mailed last by its asker."""
    last = Mail.objects.filter(cause__startswith=f"request {request.public_id}").aggregate(Max("written_at"))
    return max(request.created_at, last["written_at__max"] or request.created_at)


def _write(
    address: str, held: _Addressed, requests: Sequence[Request], lines: Mapping[int, list[str]], *, cause: str
) -> None:
    firms = dict(Organization.objects.filter(pk__in={each.asker_id for each in requests}).values_list("pk", "name"))
    people = Person.objects.in_bulk({each.asked_by_id for each in requests if each.asked_by_id})
    links = _links(requests, cause)
    waiting: dict[tuple[int, str], notices.Waiting] = {}
    for each in requests:
        link = links[each.pk]
        person = people.get(each.asked_by_id or 0)
        one = waiting.setdefault(
            (each.asker_id, link),
            notices.Waiting(
                firms[each.asker_id], person.name if person else "", person.email if person else "", each.due_on, link
            ),
        )
        one.references.extend(ref for ref in lines[each.pk] if ref not in one.references)
        one.due_on = min(one.due_on, each.due_on)
    reader = Person.objects.filter(email__iexact=address).first()
    language = reader.language if reader else held.contact.language if held.contact else ""
    notices.reminded(tuple(waiting.values()), to=address, language=language, word=token_for(address), cause=cause)


def _links(requests: Iterable[Request], cause: str) -> Mapping[int, str]:
    """Return the link to follow, by request (key): one fresh key an invitation, one's tasks for who has an account."""
    keys: dict[int, str] = {}
    found = {}
    for each in requests:
        if each.invitation is None:
            found[each.pk] = notices.tasks_link()
            continue
        if each.invitation.pk not in keys:
            keys[each.invitation.pk] = notices.invitation_link(new_key(each.invitation, mail=cause))
        found[each.pk] = keys[each.invitation.pk]
    return found
