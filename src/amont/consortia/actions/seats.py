"""Offering seats to members to be."""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext as _

from amont.consortia import may, notices, rules, tokens
from amont.consortia.facts import SeatState
from amont.consortia.models import Seat
from amont.kernel import clock
from amont.kernel.errors import NotKnown, Refused
from amont.kernel.viewer import Viewer
from amont.ledger import actions as ledger

LANGUAGES = ("fr", "en")
MOST_MAILS = 3
MOST_IN_ALL = 6
PAUSE = timedelta(days=7)
PAUSE_OF_THE_INVITED = timedelta(hours=1)


@transaction.atomic
def offer_seat(viewer: Viewer, consortium: str, *, firm: str, email: str, language: str) -> str:
    """Mail an invitation to join as a member, and return the seat's public id.

    Its link is signed, works once, for 30 days, and for that address alone. An address is asked once: a second time
    the seat that waits is returned, and no mail leaves. Whether the address has an account changes nothing and shows
    nowhere. Raises `NotKnown`, `Denied` to who does not coordinate, `Refused` at the field.
    """
    part = may.coordinate(viewer, consortium)
    email = email.strip().lower()
    _check(firm, email, language)
    seat, made = Seat.objects.get_or_create(
        consortium=part.consortium,
        email=email,
        defaults={
            "firm": firm.strip(),
            "language": language,
            "offered_by_id": viewer.person_id,
            "offered_for_id": viewer.organization_id,
            "mailed_at": clock.now(),
            "created_at": clock.now(),
            "expires_at": clock.now() + timedelta(days=rules.SEAT_DAYS),
        },
    )
    if made:
        ledger.append(viewer, "offer_seat", about=seat.public_id)
        notices.seat_offered(seat, token=tokens.mailed(seat.public_id))
    return seat.public_id


@transaction.atomic
def resend_seat(viewer: Viewer, consortium: str, *, seat: str) -> None:
    """Mail the invitation once more and let it run 30 days from now: at most once a week, three mails in all.

    Raises `NotKnown`, `Denied`, and `Refused` for a seat that was taken, or too soon, or too often.
    """
    row = _seat(viewer, consortium, seat)
    if row.used_at is not None:
        raise Refused(_("This seat was taken."))
    if row.mailed >= MOST_MAILS:
        raise Refused(_("Three mails have left. Copy the link and send it another way, or call."))
    if clock.now() < row.mailed_at + PAUSE:
        raise Refused(_("The last mail left less than a week ago. You may copy the link and send it another way."))
    row.expires_at = clock.now() + timedelta(days=rules.SEAT_DAYS)
    _mail_again(row)
    ledger.append(viewer, "resend_seat", about=row.public_id)


@transaction.atomic
def withdraw_seat(viewer: Viewer, consortium: str, *, seat: str) -> None:
    """Make a link that was not used stop working. Raises `NotKnown`, `Denied`, `Refused` for a seat that was taken."""
    row = _seat(viewer, consortium, seat)
    if row.used_at is not None:
        raise Refused(_("This seat was taken."))
    row.delete()
    ledger.append(viewer, "withdraw_seat", about=seat)


@transaction.atomic
def mail_again_from_link(token: str) -> None:
    """Let who holds a copied link have the invitation mailed to the address that it is bound to.

    At most once an hour, and six mails in all; nothing tells whether one left. Raises `NotKnown` for a link that is
    none.
    """
    known = tokens.read(token)
    row = Seat.objects.select_for_update(of=("self",)).filter(public_id=known[0]).first() if known else None
    if row is None:
        raise NotKnown
    waits = rules.state_of(row.used_at, row.expires_at, clock.now()) is SeatState.WAITING
    if waits and row.mailed < MOST_IN_ALL and clock.now() >= row.mailed_at + PAUSE_OF_THE_INVITED:
        _mail_again(row)
        ledger.append(None, "mail_seat_again", about=row.public_id)


def _check(firm: str, email: str, language: str) -> None:
    wrong: dict[str, list[object]] = {}
    if not firm.strip() or len(firm.strip()) > rules.LONGEST_NAME:
        wrong["firm"] = [_("Enter the firm's name.")]
    try:
        validate_email(email)
    except ValidationError:
        wrong["email"] = [_("Enter an address such as name@firm.example.")]
    if language not in LANGUAGES:
        wrong["language"] = [_("Choose French or English.")]
    if wrong:
        raise Refused(wrong)


def _seat(viewer: Viewer, consortium: str, seat: str) -> Seat:
    part = may.coordinate(viewer, consortium)
    rows = Seat.objects.select_for_update(of=("self",)).filter(consortium=part.consortium, public_id=seat)
    row = rows.first()
    if row is None:
        raise NotKnown
    return row


def _mail_again(row: Seat) -> None:
    row.mailed += 1
    row.mailed_at = clock.now()
    row.save(update_fields=["mailed", "mailed_at", "expires_at"])
    notices.seat_offered(row, token=tokens.mailed(row.public_id))
