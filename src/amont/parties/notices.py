"""What people are told by mail about their organization."""

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from amont.parties.models import ColleagueInvitation
from amont.post import actions as post


def colleague_invited(invitation: ColleagueInvitation, *, token: str, language: str) -> None:
    """Write the mail that invites a colleague, in the language chosen for it."""
    link = settings.BASE_URL + reverse("account:join", args=[token])
    who = invitation.invited_by
    with translation.override(language):
        organization = invitation.organization.name
        name = (who.name or who.email) if who else organization
        text = _(
            "%(name)s invites you to work for %(organization)s on Amont.\n\n"
            "Open this link to join:\n%(link)s\n\n"
            "It works once, until %(day)s, for this address only. If you did not expect it, ignore this mail."
        ) % {"name": name, "organization": organization, "link": link, "day": _day(invitation)}
        post.write(
            cause=f"{invitation.public_id} colleague",
            to=invitation.email,
            language=language,
            subject=_("Join %(organization)s on Amont") % {"organization": organization},
            text=text,
            reply_to=who.email if who else "",
        )


def _day(invitation: ColleagueInvitation) -> str:
    return date_format(invitation.expires_at, "DATE_FORMAT")
