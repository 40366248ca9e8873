"""What the invited does: begin, pass on, decline, open an account, take the requests up."""

from django.db import transaction
from django.utils.translation import gettext as _

from amont.chain.actions.invitations import end_keys, keep, keyed, keys_since, locked, new_key
from amont.chain.models import Contact, Invitation, Source
from amont.consortia.actions import join_as_partner
from amont.disclosure.unsealed import unsealed
from amont.kernel import clock
from amont.kernel.errors import NotKnown, Refused
from amont.kernel.viewer import Viewer
from amont.ledger import actions as ledger
from amont.parties.actions import open_account
from amont.parties.models import Person
from amont.requests import may, notices, rules, words
from amont.requests.actions.asking import MAILED
from amont.requests.models import Request, RequestLine

OPEN = RequestLine.Status.OPEN


@transaction.atomic
def begin(token: str) -> None:
    """Note that the invited goes on from the page: all that the inviter learns of its opening. Twice changes nothing.

    Raises `NotKnown` and `Refused` as all that the holder of a mailed link does.
    """
    invitation = held(token)
    if invitation.opened_at is None:
        invitation.opened_at = clock.now()
        keep(invitation, "opened_at")
        ledger.append(None, "open_invitation", about=invitation.public_id)


@transaction.atomic
def join(
    *, token: str, person_name: str, organization_name: str, country: str, language: str, password: str | None = None
) -> Viewer:
    """Open an account for the holder of a mailed link and take the requests up, in one step.

    Raises `NotKnown` for a link that is none, `Refused` for one that does not open any more, or at the field.
    """
    invitation = held(token)
    viewer = open_account(
        email=invitation.email,
        person_name=person_name,
        organization_name=organization_name,
        country=country,
        language=language,
        password=password,
    )
    take_up(viewer, invitation)
    return viewer


@transaction.atomic
def accept_invitation(viewer: Viewer, *, token: str = "", invitation: str = "") -> None:
    """Take requests up for the organization one acts for: by the mailed link, or by the invitation's public id.

    The person's own address must be the invited one. Raises `NotKnown`, `Denied` to a reader, `Refused`.
    """
    may.write(viewer)
    person = Person.objects.filter(pk=viewer.person_id or 0).first()
    found = held(token) if token else _sent_to(person, invitation)
    if person is None or person.email.lower() != found.email.lower():
        raise Refused(_("This invitation was sent to another address. Sign in with that address to use it."))
    if found.owner_id == viewer.organization_id:
        raise Refused(_("Your own organization sent this invitation. Choose another organization."))
    take_up(viewer, found)


@transaction.atomic
def forward(token: str, *, email: str, language: str) -> None:
    """Pass the invitation on to a colleague: a new link, bound to the new address, stands in the place of the first.

    Raises `NotKnown`, `Refused` for an address that does not do and after the third time.
    """
    invitation = held(token)
    if not rules.looks_like_address(email):
        raise Refused({"email": [words.MISTAKES["address"]]})
    if email.strip().lower() == invitation.email.lower():
        raise Refused({"email": [_("This is the address that the invitation was sent to.")]})
    if invitation.forwards >= rules.MOST_FORWARDS:
        raise Refused(_("This invitation was passed on three times already. Write to the person who asks."))
    end_keys(invitation)
    invitation.email, invitation.language = email.strip().lower(), notices.language_of(language)
    invitation.forwards += 1
    invitation.opened_at = None
    keep(invitation, "email", "language", "forwards", "opened_at")
    _mail(invitation, f"forward {invitation.public_id} {invitation.forwards}")
    ledger.append(None, "forward_invitation", about=invitation.public_id)


@transaction.atomic
def decline_invitation(token: str, *, reason: str) -> None:
    """Decline all that the invitation asks, with a reason that the inviter alone reads. No account is needed.

    Raises `NotKnown`, `Refused` for a link that does not open any more and without a reason.
    """
    invitation = held(token)
    if not reason.strip():
        raise Refused({"reason": [words.MISTAKES["missing"]]})
    if len(reason) > rules.LONGEST_REASON:
        raise Refused({"reason": [words.MISTAKES["long"]]})
    invitation.declined_at = clock.now()
    keep(invitation, "declined_at")
    with unsealed("the invited declines before any account"):
        requests = list(Request.objects.filter(invitation_id=invitation.pk))
        lines = RequestLine.objects.filter(request_id__in=[row.pk for row in requests], status=OPEN)
        sources = [pk for pk in lines.values_list("source_id", flat=True) if pk]
        counts = {row.pk: lines.filter(request_id=row.pk).count() for row in requests}
        lines.update(status=RequestLine.Status.DECLINED, reason=reason.strip(), answered_at=clock.now())
        Source.objects.filter(pk__in=sources).update(refused_at=clock.now())
        firm = Contact.objects.get(pk=invitation.contact_id).name
    for row in requests:
        if counts[row.pk]:
            notices.told(row, answered=0, refused=counts[row.pk], firm=firm)
    ledger.append(None, "decline_invitation", about=invitation.public_id, network=True)


@transaction.atomic
def send_fresh_link(*, invitation: str = "", token: str = "") -> None:
    """Mail a fresh link to the invited address: whoever holds a copy, or an expired link, goes on from there alone.

    At most three mails an hour; a fourth is quietly not written. Raises `NotKnown` where nothing is open.
    """
    key = keyed(token) if token else None
    found = locked(pk=key.invitation_id) if key and not key.ended_at else locked(invitation) if invitation else None
    if found is None or found.used_at or found.declined_at or found.cancelled_at:
        raise NotKnown
    if token and clock.now() >= found.expires_at:
        found.expires_at = clock.now() + rules.FRESH
        keep(found, "expires_at")
    if clock.now() >= found.expires_at:
        raise NotKnown
    if keys_since(found, 1) < rules.MOST_MAILS_AN_HOUR:
        _mail(found, f"fresh {found.public_id} {clock.now().isoformat()}")
        ledger.append(None, "send_fresh_link", about=found.public_id)


def _mail(invitation: Invitation, cause: str) -> None:
    link = notices.invitation_link(new_key(invitation, mail=f"{MAILED} {cause}"))
    with unsealed("the invited asks for a mail of its own"):
        row = Request.objects.filter(invitation_id=invitation.pk).order_by("pk").first()
        lines = RequestLine.objects.filter(request_id=row.pk, status=OPEN) if row else RequestLine.objects.none()
        references = tuple(lines.values_list("reference", flat=True))
    if row is None:
        raise NotKnown
    notices.asked(
        row, references, to=invitation.email, language=invitation.language, link=link, cause=f"{MAILED} {cause}"
    )


def held(token: str) -> Invitation:
    """Return the invitation of a mailed link, locked with its requests, if it may be used now."""
    key = keyed(token)
    if key is None:
        raise NotKnown
    if key.ended_at:
        raise Refused({"replaced": [words.CLOSED["replaced"]]})
    return still_open(locked(pk=key.invitation_id))


def _sent_to(person: Person | None, invitation: str) -> Invitation:
    """Return an invitation by its public id; to whom it was not sent, it is not there, whatever became of it."""
    found = locked(invitation)
    if found is None or person is None or person.email.lower() != found.email.lower():
        raise NotKnown
    return still_open(found)


def still_open(invitation: Invitation | None) -> Invitation:
    """Return a locked invitation, its requests locked too. Raises `NotKnown`, `Refused` with why it does not open."""
    if invitation is None:
        raise NotKnown
    with unsealed("the requests of an invitation are locked before the ledger is"):
        list(Request.objects.select_for_update(of=("self",)).filter(invitation_id=invitation.pk).order_by("pk"))
    why = closed(invitation)
    if why:
        raise Refused({why: [words.CLOSED[why]]})
    return invitation


def closed(invitation: Invitation, *, replaced: bool = False) -> str:
    """Return why an invitation does not open any more, "" while it does."""
    return rules.closed_because(
        used=bool(invitation.used_at),
        declined=bool(invitation.declined_at),
        cancelled=bool(invitation.cancelled_at),
        replaced=replaced,
        expires_at=invitation.expires_at,
        at=clock.now(),
    )


def take_up(viewer: Viewer, invitation: Invitation) -> None:
    """Let the viewer's organization answer all that a locked, open invitation asks."""
    invitation.used_at, invitation.accepted_by_id = clock.now(), viewer.organization_id
    keep(invitation, "used_at", "accepted_by")
    with unsealed("the invited takes the requests up"):
        requests = list(Request.objects.filter(invitation_id=invitation.pk, supplier_id__isnull=True))
        keys = [row.pk for row in requests]
        Request.objects.filter(pk__in=keys).update(supplier_id=viewer.organization_id)
        lines = RequestLine.objects.filter(request_id__in=keys)
        lines.update(supplier_id=viewer.organization_id)
        notices.received(lines.filter(status=RequestLine.Status.OPEN).order_by("pk"))
    for consortium in sorted({row.consortium_id for row in requests}):
        join_as_partner(viewer, consortium_key=consortium)
    ledger.append(viewer, "accept_invitation", about=invitation.public_id, network=True)
