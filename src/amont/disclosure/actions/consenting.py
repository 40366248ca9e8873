"""Asking owners for more than they give, and what each of them says (disclosure rule, 3.5)."""

from collections.abc import Iterable
from datetime import timedelta
from typing import NamedTuple

from django.db import transaction
from django.utils.translation import gettext as _

from amont.disclosure import may, notices
from amont.disclosure.levels import Audience, Covers, Level
from amont.disclosure.models import Consent, Grant, MoreAsked
from amont.disclosure.unsealed import unsealed
from amont.kernel import clock
from amont.kernel.errors import NotKnown, Refused
from amont.kernel.viewer import Viewer
from amont.ledger import actions as ledger
from amont.parties.models import Organization

LASTS = timedelta(days=30)
LONGEST_PURPOSE = 600


class Keeper(NamedTuple):
    """One owner of a link that keeps a place nameless: the link's key, on which side of it, and whose it is."""

    link: int
    covers: Covers
    owner: int


@transaction.atomic
def ask_owners(viewer: Viewer, *, place: str, key: tuple[int, int], purpose: str, keepers: Iterable[Keeper]) -> None:
    """Ask each keeper for its own consent; the same place is asked once in 30 days.

    `place` is the pseudonym, `key` (item, head) what it stands for. Returns nothing, and takes the same course
    whatever the owners said before. Raises `Denied` to readers and unchecked firms, `Refused` without a purpose.
    """
    may.decide(viewer)
    said = " ".join(purpose.split())
    if not said:
        raise Refused({"purpose": [_("Say why you ask: it is what the firm reads.")]})
    if len(said) > LONGEST_PURPOSE:
        raise Refused({"purpose": [_("At most %(most)s characters.") % {"most": LONGEST_PURPOSE}]})
    Organization.objects.select_for_update(of=("self",)).get(pk=viewer.organization_id)
    now, (item, head) = clock.now(), key
    mine = MoreAsked.objects.filter(owner_id=viewer.organization_id, item_id=item, head_id=head)
    if mine.filter(expires_at__gt=now).exists():
        return
    row = MoreAsked.objects.create(
        owner_id=viewer.organization_id,
        item_id=item,
        head_id=head,
        place=place,
        purpose=said,
        asked_at=now,
        expires_at=now + LASTS,
    )
    with unsealed("a question belongs to whoever is asked"):
        made = Consent.objects.bulk_create(_consent(row, each) for each in sorted(set(keepers)))
    ledger.append(viewer, "ask_for_more", about=row.public_id)
    for owner in sorted({each.owner for each in keepers}):
        own = next(each for each in made if each.owner_id == owner)
        notices.asked_for_more(row, owner, consent=own.public_id)


@transaction.atomic
def say(viewer: Viewer, public_id: str, *, yes: bool) -> None:
    """Consent, or not, to what one was asked; it may be said otherwise as long as it is held.

    What the same firm asks about the same side of the same link is one question. With the last consent each becomes
    a grant of 3 to that firm about that link; saying no afterwards revokes one's own. Raises `Denied` to readers and
    to an unchecked firm that says yes, `NotKnown` for what is not the viewer's, `Refused` for what has lapsed.
    """
    (may.decide if yes else may.narrow)(viewer)
    now = clock.now()
    row = Consent.objects.filter(owner_id=viewer.organization_id, public_id=public_id).first()
    if row is None:
        raise NotKnown
    if row.expires_at <= now:
        raise Refused(_("This question has lapsed: 30 days have passed since it was asked."))
    same = {"owner_id": row.owner_id, "asker_id": row.asker_id, "link_id": row.link_id, "covers": row.covers}
    said = Consent.Said.YES if yes else Consent.Said.NO
    rows = list(Consent.objects.filter(**same, expires_at__gt=now).exclude(said=said).order_by("pk"))
    if not rows:
        return
    with unsealed("the last consent makes a grant of each owner's"):
        asked = MoreAsked.objects.select_for_update(of=("self",))
        open_ones = list(asked.filter(pk__in={each.asked_id for each in rows}, granted_at=None).order_by("pk"))
        Consent.objects.filter(pk__in=[each.pk for each in rows]).update(said=said, said_at=now)
        ledger.append(viewer, "consent" if yes else "refuse_consent", about=row.public_id)
        for each in open_ones:
            _grant_if_all(each)
        if not yes:
            _take_back(viewer, row)


def _take_back(viewer: Viewer, row: Consent) -> None:
    """End what the consent had become."""
    now = clock.now()
    named = Grant.objects.filter(owner_id=row.owner_id, covers=row.covers, link_id=row.link_id, revoked_at=None)
    for each in named.filter(audience_organization_id=row.asker_id).exclude(until_at__lte=now).order_by("pk"):
        each.revoked_at = now
        each.save(update_fields=["revoked_at"])
        ledger.append(viewer, "revoke", about=each.public_id, network=True)


def _consent(row: MoreAsked, keeper: Keeper) -> Consent:
    return Consent(
        owner_id=keeper.owner,
        asked=row,
        asker_id=row.owner_id,
        purpose=row.purpose,
        covers=keeper.covers,
        link_id=keeper.link,
        asked_at=row.asked_at,
        expires_at=row.expires_at,
    )


def _grant_if_all(asked: MoreAsked) -> None:
    """Make a grant of each consent, once all are in."""
    consents = list(Consent.objects.filter(asked=asked).order_by("pk"))
    if not consents or any(each.said != Consent.Said.YES for each in consents):
        return
    asked.granted_at = clock.now()
    asked.save(update_fields=["granted_at"])
    for each in consents:
        made = Grant.objects.create(
            owner_id=each.owner_id,
            covers=each.covers,
            link_id=each.link_id,
            audience=Audience.ORGANIZATION,
            audience_organization_id=each.asker_id,
            level=int(Level.NAMED),
            starts_at=asked.granted_at,
        )
        ledger.append(Viewer(each.owner_id), "grant", about=made.public_id, network=True)
