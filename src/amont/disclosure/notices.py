"""What owners are told by mail: that somebody asks for more; and auditors, that they may look. Subjects say nothing."""

from django.conf import settings
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from amont.disclosure.models import Inspection, MoreAsked
from amont.kernel.viewer import Role
from amont.parties.models import Membership, Organization, Person
from amont.post import actions as post

LANGUAGES = ("fr", "en")


def asked_for_more(asked: MoreAsked, owner: int, *, consent: str) -> None:
    """Tell those who may decide for an owner (its key) that a firm asks, by the name that it gave itself.

    The owner's programs are told its own consent (public id), which nobody else has a part in.
    """
    post.tell(owner, "consent.asked", about=consent)
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


def audit_opened(audit: Inspection, person: Person) -> None:
    """Tell an auditor that it may look, for what, until when, and where."""
    owner = Organization.objects.get(pk=audit.owner_id).name
    with translation.override(person.language):
        text = "\n\n".join(
            (
                _("Hello,"),
                _("%(firm)s lets you look at its own items for an audit, until %(day)s.")
                % {"firm": owner, "day": date_format(audit.until_at)},
                _("Its reason: %(purpose)s") % {"purpose": audit.purpose},
                _("Sign in with this address; a code is mailed to you. What you look at is told to the firm."),
                f"{settings.BASE_URL}/opened/",
            )
        )
        subject = _("An audit for you on Amont")
    cause = f"audit {audit.public_id}"
    post.write(cause=cause, to=audit.email, language=person.language, subject=subject, text=text)
