"""What an invited firm reads before any account, from the mailed link or from a copy."""

from amont.chain.actions.invitations import keyed
from amont.chain.models import Contact, Invitation, Source
from amont.consortia.models import Consortium
from amont.disclosure.unsealed import unsealed
from amont.kernel import clock
from amont.kernel.errors import NotKnown, Refused
from amont.kernel.viewer import Viewer
from amont.parties.models import Organization, Person
from amont.requests import charters, rules, words
from amont.requests.facts import Asker, Invited, InvitedLine, WaitingInvitation
from amont.requests.models import Request, RequestLine


def invitation(token: str, *, person_id: int | None = None) -> Invited:
    """Return what the holder of a mailed link reads. Reading consumes nothing.

    Raises `NotKnown` for a link that is none, `Refused` for one that does not open any more, and for a person who is
    signed in under another address: then nothing of the invitation is told.
    """
    key = keyed(token)
    if key is None:
        raise NotKnown
    with unsealed("whoever holds the mailed link reads the invitation, before any account"):
        row = Invitation.objects.get(pk=key.invitation_id)
        why = _closed(row, replaced=bool(key.ended_at))
        if why:
            raise Refused({why: [words.CLOSED[why]]})
        return _invited(row, proved=True, person_id=person_id)


def copied(public_id: str) -> Invited:
    """Return what a copy of the link shows: the same page, which proves no address. Raises as `invitation`."""
    with unsealed("whoever holds a copied link reads the invitation, and goes on by a mail to the address alone"):
        row = Invitation.objects.filter(public_id=public_id).first()
        if row is None:
            raise NotKnown
        why = _closed(row)
        if why:
            raise Refused({why: [words.CLOSED[why]]})
        return _invited(row, proved=False)


def invitations_to(viewer: Viewer) -> tuple[WaitingInvitation, ...]:
    """Return the invitations that came to the signed-in person's own address and wait, by due date."""
    person = Person.objects.filter(pk=viewer.person_id or 0).first()
    if person is None:
        return ()
    with unsealed("a person reads the invitations that were sent to its own proved address"):
        rows = Invitation.objects.filter(
            email=person.email.lower(),
            used_at=None,
            declined_at=None,
            cancelled_at=None,
            expires_at__gt=clock.now(),
        ).exclude(owner_id=viewer.organization_id)
        found = []
        for row in rows:
            requests, lines = _asked(row)
            if requests and lines:
                references = tuple(line.reference for line in lines)
                due = min(each.due_on for each in requests)
                found.append(WaitingInvitation(row.public_id, asker_of(requests[0]), references, due))
    return tuple(sorted(found, key=lambda each: (each.due_on, each.invitation)))


def asker_of(request: Request) -> Asker:
    """Return who asks: the firm, and the person behind it."""
    firm = Organization.objects.get(pk=request.asker_id)
    person = Person.objects.filter(pk=request.asked_by_id or 0).first()
    return Asker(firm.name, person.name if person else "", person.email if person else "")


def _closed(row: Invitation, *, replaced: bool = False) -> str:
    return rules.closed_because(
        used=bool(row.used_at),
        declined=bool(row.declined_at),
        cancelled=bool(row.cancelled_at),
        replaced=replaced,
        expires_at=row.expires_at,
        at=clock.now(),
    )


def _asked(row: Invitation) -> tuple[list[Request], list[RequestLine]]:
    requests = list(Request.objects.filter(invitation_id=row.pk).order_by("created_at", "pk"))
    lines = RequestLine.objects.filter(request_id__in=[each.pk for each in requests], status=RequestLine.Status.OPEN)
    return requests, list(lines.order_by("pk"))


def _invited(row: Invitation, *, proved: bool, person_id: int | None = None) -> Invited:
    account = Person.objects.filter(email=row.email.lower()).first() if proved else None
    if person_id is not None and (account is None or account.pk != person_id):
        raise Refused({"address": [words.OTHER_ADDRESS]})
    requests, lines = _asked(row)
    if not requests or not lines:
        raise Refused(words.CLOSED["cancelled"])
    last = requests[-1]
    terms = charters.in_force([last.consortium_id])[last.consortium_id]
    asks = charters.asked_by(requests)
    contact = Contact.objects.get(pk=row.contact_id)
    stated = Source.objects.in_bulk([line.source_id for line in lines if line.source_id])
    return Invited(
        invitation=row.public_id,
        asker=asker_of(last),
        firm=contact.name,
        country=contact.country,
        consortium=Consortium.objects.get(pk=last.consortium_id).name,
        purpose=str(words.purpose(last.purpose)),
        message=last.message,
        due_on=min(each.due_on for each in requests),
        minutes=rules.minutes(asks.minutes, len(lines)) + asks.once,
        further_minutes=rules.further_minutes(asks.minutes),
        questions=asks.questions,
        lines=tuple(_line(line, stated.get(line.source_id or 0)) for line in lines),
        audiences={
            "customers": terms.facts.customers,
            "requesters": terms.facts.requesters,
            "chain": terms.facts.chain,
        },
        passed=last.passed,
        language=row.language,
        email=row.email if proved else "",
        proved=proved,
        has_account=account is not None,
        is_mine=account is not None and account.pk == person_id,
    )


def _line(row: RequestLine, stated: Source | None) -> InvitedLine:
    country, confirmed = (stated.country, stated.confirmed_at is not None) if stated else ("", False)
    return InvitedLine(row.public_id, row.reference, country, confirmed)
