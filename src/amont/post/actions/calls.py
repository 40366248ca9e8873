"""Calls: written into their outbox by the act that causes them, sent by the worker at least once."""

from datetime import datetime

from django.db import transaction
from django.db.models import F
from standardwebhooks.webhooks import Webhook

from amont.kernel import clock, ids
from amont.post import calling, rules
from amont.post.models import Call, Hook
from amont.post.secrets import secret_of

AGENT = "Amont-Webhooks"


def tell(organization: int, kind: str, *, about: str, hook: int | None = None) -> None:
    """Write a call to each hook of an organization (key), inside the transaction of the act that causes it.

    `kind` is of `rules.TYPES`; `about` is the one id that it carries, which the organization may see. Of one `hook`
    (key) alone where it is given. Raises `TransactionManagementError` outside a transaction.
    """
    if not transaction.get_connection().in_atomic_block:
        message = "a call is written in the transaction of its act"
        raise transaction.TransactionManagementError(message)
    rows = Hook.objects.filter(organization_id=organization, dropped_at=None)
    now = clock.now()
    Call.objects.bulk_create(
        Call(hook=row, public_id=ids.new_public_id(), kind=kind, about=about, written_at=now, next_at=now)
        for row in (rows.filter(pk=hook) if hook is not None else rows)
    )


def send_calls(*, most: int = 50) -> int:
    """Send up to `most` calls whose time has come, and return how many were taken.

    A call is claimed before it is sent: should the process die, it is sent again after a pause, with the same id.
    """
    due = Call.objects.filter(status=Call.Status.WAITING, next_at__lte=clock.now()).order_by("next_at", "pk")
    taken = 0
    for pk in list(due.values_list("pk", flat=True)[:most]):
        claimed = _claim(pk)
        if claimed is not None:
            _settle(claimed, *_sent(claimed))
            taken += 1
    return taken


def forget_calls(before: datetime) -> int:
    """Forget calls that were sent or given up before a moment, and return how many."""
    return Call.objects.exclude(status=Call.Status.WAITING).filter(written_at__lt=before).delete()[0]


def _claim(pk: int) -> Call | None:
    """Take a call for a try: until the pause after it has passed nobody else takes it."""
    now = clock.now()
    with transaction.atomic():
        row = Call.objects.select_for_update(of=("self",)).select_related("hook").filter(pk=pk).first()
        if row is None or row.status != Call.Status.WAITING or row.next_at > now:
            return None
        if row.hook.dropped_at is not None:
            row.status = Call.Status.FAILED
            row.save(update_fields=["status"])
            return None
        row.tries += 1
        row.next_at = now + (rules.pause_after(row.tries) or rules.PAUSES[-1])
        row.save(update_fields=["tries", "next_at"])
        return row


def _sent(row: Call) -> tuple[int, str]:
    """Return the status that came back, and a word where none did."""
    body, now = rules.body_of(row.kind, row.about), clock.now()
    headers = {
        "User-Agent": AGENT,
        "webhook-id": row.public_id,
        "webhook-timestamp": str(int(now.timestamp())),
        "webhook-signature": " ".join(_signatures(row, body, now)),
    }
    try:
        return calling.call(row.hook.url, body, headers), ""
    except calling.NotCalled as trouble:
        return 0, str(trouble)


def _signatures(row: Call, body: str, now: datetime) -> list[str]:
    hook = row.hook
    rotating = hook.rotated_at is not None and now - hook.rotated_at < rules.ROTATES_FOR
    turns = [hook.turn, hook.turn - 1] if rotating else [hook.turn]
    return [Webhook(secret_of(hook.public_id, turn)).sign(row.public_id, now, body) for turn in turns]


def _settle(row: Call, status: int, trouble: str) -> None:
    row.answered, row.trouble = status, trouble
    if 200 <= status < 300:  # noqa: PLR2004 - statuses of success
        row.status = Call.Status.SENT
    elif rules.pause_after(row.tries) is None:
        row.status = Call.Status.FAILED
    with transaction.atomic():
        row.save(update_fields=["answered", "trouble", "status"])
        Hook.objects.filter(pk=row.hook_id).update(failures=0 if row.status == Call.Status.SENT else F("failures") + 1)
