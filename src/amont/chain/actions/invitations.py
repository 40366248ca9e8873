"""Invitations: opening one for a firm of one's own book, giving it keys, finding it by the key of a mailed link."""

from collections.abc import Iterable
from datetime import timedelta

from amont.chain.models import Contact, Invitation, InvitationKey
from amont.disclosure.unsealed import unsealed
from amont.kernel import clock, ids
from amont.kernel.viewer import Viewer

LASTS = timedelta(days=30)
REMINDER = "reminder "
"""How the cause of a reminder's mail begins: it leaves for all who ask, so no asker learns anything by it."""


def invitations_for(viewer: Viewer, contacts: Iterable[Contact]) -> dict[int, Invitation]:
    """Return the waiting invitation of each firm (key) of the own book, opened anew where there is none."""
    firms = {contact.pk: contact for contact in contacts}
    until = clock.now() + LASTS
    waiting = Invitation.objects.filter(
        contact_id__in=firms, used_at=None, declined_at=None, cancelled_at=None, owner_id=viewer.organization_id
    )
    found = {row.contact_id: row for row in waiting.order_by("created_at", "pk")}
    for row in found.values():
        row.expires_at = until
        _readdress(row, firms[row.contact_id])
    Invitation.objects.bulk_update(found.values(), ["expires_at", "email", "language"], batch_size=200)
    new = [
        Invitation(
            owner_id=viewer.organization_id,
            contact=contact,
            email=contact.email,
            language=contact.language,
            created_at=clock.now(),
            expires_at=until,
        )
        for key, contact in firms.items()
        if key not in found
    ]
    return found | {row.contact_id: row for row in Invitation.objects.bulk_create(new)}


def _readdress(invitation: Invitation, contact: Contact) -> None:
    """Follow a corrected address, unless the invited passed the invitation on: links mailed before stop working."""
    if invitation.forwards or invitation.email == contact.email:
        return
    invitation.email, invitation.language = contact.email, contact.language
    end_keys(invitation)


def accepted_by(viewer: Viewer, contacts: Iterable[Contact]) -> dict[int, int]:
    """Return the organization (key) that took up the viewer's own last invitation of each firm (key)."""
    rows = Invitation.objects.filter(
        owner_id=viewer.organization_id, contact_id__in=[each.pk for each in contacts], accepted_by__isnull=False
    )
    return {row.contact_id: row.accepted_by_id or 0 for row in rows.order_by("used_at", "pk")}


def new_key(invitation: Invitation, *, mail: str) -> str:
    """Return a fresh secret for a link in a mail; only its digest is stored. `mail` is the cause of that mail."""
    token = ids.new_token()
    with unsealed("a key belongs to the inviter, whoever asks for a fresh mail"):
        InvitationKey.objects.create(
            owner_id=invitation.owner_id,
            invitation=invitation,
            digest=ids.digest_of(token),
            mail=mail,
            created_at=clock.now(),
        )
    return token


def keyed(token: str) -> InvitationKey | None:
    """Return the key behind a mailed link; its invitation must be locked before anything is changed."""
    with unsealed("whoever holds the mailed link reads the invitation, before any account"):
        return InvitationKey.objects.filter(digest=ids.digest_of(token)).first()


def locked(public_id: str = "", *, pk: int = 0) -> Invitation | None:
    """Return an invitation by public id or key, locked until the end of the transaction."""
    with unsealed("the invited acts on the inviter's record"):
        rows = Invitation.objects.select_for_update(of=("self",))
        return rows.filter(pk=pk).first() if pk else rows.filter(public_id=public_id).first()


def keep(invitation: Invitation, *fields: str) -> None:
    """Write what the invited changed on the inviter's record."""
    with unsealed("the invited acts on the inviter's record"):
        invitation.save(update_fields=list(fields))


def end_keys(invitation: Invitation) -> None:
    """Let the links mailed so far stop working: the invitation was passed on."""
    with unsealed("the invited passes the invitation on"):
        InvitationKey.objects.filter(invitation=invitation, ended_at=None).update(ended_at=clock.now())


def keys_since(invitation: Invitation, hours: int) -> int:
    """Return how many links were mailed for the invitation in the last hours, those of reminders apart."""
    with unsealed("a limit on mails to one address"):
        rows = InvitationKey.objects.filter(invitation=invitation).exclude(mail__startswith=REMINDER)
        return rows.filter(created_at__gt=clock.now() - timedelta(hours=hours)).count()
