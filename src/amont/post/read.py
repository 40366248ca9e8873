"""Reading the outbox: whole for the demo's page alone, how mails fared for the operator's."""

from django.conf import settings
from django.db.models import Count

from amont.kernel.errors import NotKnown
from amont.post.facts import Delivery, Letter
from amont.post.models import Mail


def newest(most: int = 100) -> tuple[Letter, ...]:
    """Return the newest mails, newest first. Raises `NotKnown` outside of demo mode: mails are their recipients'."""
    if not settings.DEMO:
        raise NotKnown
    rows = Mail.objects.order_by("-written_at", "-pk")[:most]
    return tuple(Letter(row.to, row.subject, row.text, row.language, row.written_at, row.status) for row in rows)


def deliveries(most: int = 200) -> tuple[Delivery, ...]:
    """Return how the newest mails fared: to whom and when, never what they say. For the operator's own pages."""
    rows = Mail.objects.order_by("-written_at", "-pk")[:most]
    return tuple(Delivery(row.to, row.status, row.tries, row.written_at, row.sent_at, row.trouble) for row in rows)


def counted() -> dict[str, int]:
    """Return how many mails wait, were sent, failed."""
    found = dict(Mail.objects.order_by().values_list("status").annotate(number=Count("pk")))
    return {status.value: found.get(status.value, 0) for status in Mail.Status}
