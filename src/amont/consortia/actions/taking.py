"""Taking the seat that was offered."""

from django.db import transaction
from django.utils.translation import gettext as _

from amont.consortia import may, read, rules, tokens
from amont.consortia.facts import ConsortiumFacts, SeatState
from amont.consortia.models import Participation, Seat
from amont.kernel import clock
from amont.kernel.errors import NotKnown, Refused
from amont.kernel.viewer import Viewer
from amont.ledger import actions as ledger
from amont.parties import actions as parties
from amont.parties.models import Person


@transaction.atomic
def take_seat(viewer: Viewer, *, token: str) -> ConsortiumFacts:
    """Join as a member with the organization that the person acts for, under the charter shown.

    Raises `NotKnown` for a link that is none, `Denied` for a person who is no administrator, and `Refused` for a seat
    that was taken or has expired, for the link of another address, and for a link that was copied.
    """
    may.administer(viewer)
    seat = _open(token)
    if not Person.objects.filter(pk=viewer.person_id or 0, email=seat.email).exists():
        raise Refused(_("This link was sent to another address. Sign in with that address to use it."))
    return _take(viewer, seat)


@transaction.atomic
def open_account_and_take_seat(
    token: str, *, person_name: str, organization_name: str, country: str, language: str, password: str | None = None
) -> tuple[Viewer, ConsortiumFacts]:
    """Open an account for the address that the link was mailed to, and join, in one act.

    Raises `Refused` at the field, or as `take_seat`; if the address has an account already its owner is asked to sign
    in, which a copied link never comes to: nobody but the reader of the mailbox is told.
    """
    seat = _open(token)
    viewer = parties.open_account(
        email=seat.email,
        person_name=person_name,
        organization_name=organization_name,
        country=country,
        language=language,
        password=password,
    )
    return viewer, _take(viewer, seat)


def _open(token: str) -> Seat:
    """Return the seat behind a link, locked, if it may be taken now."""
    known = tokens.read(token)
    seat = Seat.objects.select_for_update(of=("self",)).filter(public_id=known[0]).first() if known else None
    if known is None or seat is None:
        raise NotKnown
    state = rules.state_of(seat.used_at, seat.expires_at, clock.now())
    if state is SeatState.TAKEN:
        raise Refused(_("This invitation was used already."))
    if state is SeatState.EXPIRED:
        raise Refused(_("This invitation has expired. Ask whoever invited you for a new one."))
    if not known[1]:
        raise Refused(_("Use the link that was mailed to the address invited."))
    return seat


def _take(viewer: Viewer, seat: Seat) -> ConsortiumFacts:
    seat.used_at = clock.now()
    seat.save(update_fields=["used_at"])
    part, _made = Participation.objects.get_or_create(
        consortium_id=seat.consortium_id,
        organization_id=viewer.organization_id,
        defaults={"joined_at": clock.now()},
    )
    part.is_member = True
    part.save(update_fields=["is_member"])
    ledger.append(viewer, "take_seat", about=seat.public_id, network=True)
    return read.facts_of(part)
