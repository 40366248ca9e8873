"""Reading the outbox: for the demo's page alone."""

from django.conf import settings

from amont.kernel.errors import NotKnown
from amont.post.facts import Letter
from amont.post.models import Mail


def newest(most: int = 100) -> tuple[Letter, ...]:
    """Return the newest mails, newest first. Raises `NotKnown` outside of demo mode: mails are their recipients'."""
    if not settings.DEMO:
        raise NotKnown
    rows = Mail.objects.order_by("-written_at", "-pk")[:most]
    return tuple(Letter(row.to, row.subject, row.text, row.language, row.written_at, row.status) for row in rows)
