"""Reading the outboxes: mail whole for the demo alone, how it fared for the operator; calls for who is called."""

from datetime import datetime

from django.conf import settings
from django.db.models import Count

from amont.kernel.errors import NotKnown
from amont.kernel.viewer import Viewer
from amont.post import may
from amont.post.facts import CallFact, Delivery, HookFact, Letter
from amont.post.models import Call, Hook, Mail

_CALLS_SHOWN = 20


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


def hooks(viewer: Viewer) -> tuple[HookFact, ...]:
    """Return the addresses that are called for the viewer's organization, the latest first. Raises `Denied`."""
    may.administer(viewer)
    rows = Hook.objects.filter(organization_id=viewer.organization_id, dropped_at=None)
    return tuple(_hook(row) for row in rows.order_by("-created_at", "public_id"))


def hook(viewer: Viewer, public_id: str) -> HookFact:
    """Return one of them. Raises `Denied`, `NotKnown`."""
    found = next((each for each in hooks(viewer) if each.hook == public_id), None)
    if found is None:
        raise NotKnown
    return found


def looked_at_before(moment: datetime) -> frozenset[int]:
    """Return the organizations (keys) with a hook that was not looked for since a moment: for the worker alone."""
    rows = Hook.objects.filter(dropped_at=None).exclude(looked_at__gte=moment)
    return frozenset(rows.values_list("organization_id", flat=True))


def _hook(row: Hook) -> HookFact:
    calls = Call.objects.filter(hook=row).order_by("-written_at", "-pk")[:_CALLS_SHOWN]
    return HookFact(
        hook=row.public_id,
        url=row.url,
        created_at=row.created_at,
        rotated_at=row.rotated_at,
        failures=row.failures,
        calls=tuple(
            CallFact(
                call=each.public_id,
                kind=each.kind,
                about=each.about,
                state=each.status,
                tries=each.tries,
                written_at=each.written_at,
                next_at=each.next_at,
                answered=each.answered,
                trouble=each.trouble,
            )
            for each in calls
        ),
    )
