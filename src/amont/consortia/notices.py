"""What people are told by mail about a consortium."""

from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from amont.consortia.models import Seat
from amont.post import actions as post


def cause_of(seat: Seat) -> str:
    """Return the cause of a seat's last mail, by which the outbox knows it."""
    return f"{seat.public_id} seat {seat.mailed}"


def seat_offered(seat: Seat, *, token: str) -> None:
    """Write the mail that offers a seat, in the language chosen for it; it names who invites, and no other member."""
    link = settings.BASE_URL + reverse("found:seat", args=[token])
    who = seat.offered_by
    with translation.override(seat.language):
        firm = seat.offered_for.name
        name = _("%(person)s, %(firm)s,") % {"person": who.name, "firm": firm} if who and who.name else firm
        text = _(
            "Hello,\n\n"
            "%(name)s invites %(invited)s to join the consortium “%(consortium)s” on Amont, where the companies of a "
            "sector trace their supply chains together, each seeing only what it may.\n\n"
            "Read who sees what and what it costs before any account:\n%(link)s\n\n"
            "The link works once, until %(day)s, for this address only. "
            "If you did not expect it, ignore this mail: nothing happens."
        ) % {
            "name": name,
            "invited": seat.firm,
            "consortium": seat.consortium.name,
            "link": link,
            "day": date_format(seat.expires_at, "DATE_FORMAT"),
        }
        post.write(
            cause=cause_of(seat),
            to=seat.email,
            language=seat.language,
            subject=_("%(firm)s invites you to “%(consortium)s”") % {"firm": firm, "consortium": seat.consortium.name},
            text=text,
            reply_to=who.email if who else "",
        )


def founding_asked(*, cause: str, email: str, language: str, token: str, until: datetime) -> None:
    """Write the mail that opens the founding of a consortium to the reader of an address."""
    link = settings.BASE_URL + reverse("found:open", args=[token])
    with translation.override(language):
        text = _(
            "Hello,\n\n"
            "You asked to found a consortium on Amont. This link opens it:\n%(link)s\n\n"
            "It works until %(day)s. If you did not ask, ignore this mail: nothing was opened."
        ) % {"link": link, "day": date_format(until, "DATE_FORMAT")}
        post.write(cause=cause, to=email, language=language, subject=_("Found your consortium on Amont"), text=text)
