"""What people are told by mail about a consortium."""

from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from amont.consortia.models import Proposal, Seat, Vote
from amont.kernel.viewer import Role
from amont.parties.models import Membership, Person
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


def proposed(row: Proposal) -> None:
    """Give those who decide for each member notice of a proposal, and until when they may vote."""
    for person in _deciders(row):
        with translation.override(person.language):
            subject = _("A change is proposed to “%(consortium)s”") % {"consortium": row.consortium.name}
            text = _(
                "Hello,\n\n"
                "%(firm)s proposes a change to the consortium “%(consortium)s”.\n\n"
                "Its reason: %(reason)s\n\n"
                "You may vote until %(day)s. If it is adopted, it holds from %(from)s. Read what would change, "
                "and what it means for you:\n%(link)s"
            ) % {
                "firm": row.proposed_by.name,
                "consortium": row.consortium.name,
                "reason": row.reason,
                "day": date_format(row.closes_at, "DATETIME_FORMAT"),
                "from": date_format(row.in_force_from, "DATE_FORMAT"),
                "link": _page(row),
            }
            _write(row, "notice", person, subject=subject, text=text)


def decided(row: Proposal) -> None:
    """Tell those who decide for each member what came of a proposal."""
    for person in _deciders(row):
        with translation.override(person.language):
            told = {
                Proposal.Outcome.ADOPTED: _("The change was adopted. It holds from %(day)s."),
                Proposal.Outcome.REJECTED: _("The change was not adopted. Nothing changes."),
                Proposal.Outcome.WITHDRAWN: _("The change was taken back by who proposed it. Nothing changes."),
            }[Proposal.Outcome(row.outcome)]
            day = {"day": date_format(row.in_force_from, "DATE_FORMAT")}
            subject = _("The change proposed to “%(consortium)s”") % {"consortium": row.consortium.name}
            text = "\n\n".join((_("Hello,"), told % day if "%(day)s" in told else told, _page(row)))
            _write(row, "outcome", person, subject=subject, text=text)


def _deciders(row: Proposal) -> Iterable[Person]:
    voters = Vote.objects.filter(proposal=row).values("organization_id")
    rows = Membership.objects.filter(organization_id__in=voters, role=Role.ADMIN).select_related("person")
    return {each.person.pk: each.person for each in rows.order_by("pk")}.values()


def _page(row: Proposal) -> str:
    return f"{settings.BASE_URL}{reverse('decide:proposal', args=[row.consortium.public_id, row.public_id])}"


def _write(row: Proposal, what: str, person: Person, *, subject: str, text: str) -> None:
    cause = f"{row.public_id} {what} {person.public_id}"
    post.write(cause=cause, to=person.email, language=person.language, subject=subject, text=text)
