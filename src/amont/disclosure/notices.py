"""What owners are told by mail: that somebody asks for more. The subject says nothing."""

from django.conf import settings
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from amont.disclosure.models import MoreAsked
from amont.kernel.viewer import Role
from amont.parties.models import Membership, Organization
from amont.post import actions as post

LANGUAGES = ("fr", "en")


def asked_for_more(asked: MoreAsked, owner: int) -> None:
    """Tell those who may decide for an owner (its key) that a firm asks, by the name that it gave itself."""
    asker = Organization.objects.get(pk=asked.owner_id).name
    people = Membership.objects.filter(organization_id=owner).exclude(role=Role.READER).select_related("person")
    for seat in people.order_by("pk"):
        spoken = seat.person.language if seat.person.language in LANGUAGES else "en"
        with translation.override(spoken):
            text = "\n\n".join(
                (
                    _("Hello,"),
                    _("%(firm)s, further down one of your chains, asks to know more than you show it.")
                    % {"firm": asker},
                    _("Its reason: %(purpose)s") % {"purpose": asked.purpose},
                    _("You decide, until %(day)s. If you say nothing, nothing changes and nobody is told.")
                    % {"day": date_format(asked.expires_at)},
                    f"{settings.BASE_URL}/who/asked/",
                )
            )
            subject = _("A question for you on Amont")
        cause = f"more {asked.public_id} {owner} {seat.person.public_id}"
        post.write(cause=cause, to=seat.person.email, language=spoken, subject=subject, text=text)
