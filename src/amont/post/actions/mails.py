"""Writing mail into the outbox and sending what waits there."""

from django.core.mail import EmailMessage
from django.db import transaction

from amont.kernel import clock, ids
from amont.post.models import Mail

MOST_TRIES = 5


def write(*, cause: str, to: str, language: str, subject: str, text: str, reply_to: str = "") -> None:
    """Put one mail into the outbox, inside the transaction of the act that causes it.

    `cause` names the act (a public id and a word): written a second time, nothing happens.
    Raises `TransactionManagementError` outside a transaction.
    """
    if not transaction.get_connection().in_atomic_block:
        message = "a mail is written in the transaction of its act"
        raise transaction.TransactionManagementError(message)
    Mail.objects.get_or_create(
        cause=cause,
        defaults={
            "message_id": ids.new_public_id(),
            "to": to,
            "language": language,
            "subject": " ".join(subject.split())[:250],
            "text": text,
            "reply_to": reply_to,
            "written_at": clock.now(),
        },
    )


def send_waiting(*, sender: str, host: str, most: int = 50) -> int:
    """Send up to `most` waiting mails and return how many left. A mail that fails is tried again, five times in all.

    Each is marked in its own transaction; should the process die between sending and marking, the second
    mail bears the same Message-ID (`host` is its domain part), so that a mailbox can tell.
    """
    left = 0
    for pk in list(Mail.objects.filter(status=Mail.Status.WAITING).values_list("pk", flat=True)[:most]):
        with transaction.atomic():
            mail = Mail.objects.select_for_update(of=("self",)).filter(pk=pk, status=Mail.Status.WAITING).first()
            if mail is not None:
                left += _send(mail, sender=sender, host=host)
    return left


def _send(mail: Mail, *, sender: str, host: str) -> int:
    message = EmailMessage(
        mail.subject,
        mail.text,
        sender,
        [mail.to],
        reply_to=[mail.reply_to] if mail.reply_to else None,
        headers={"Message-ID": f"<{mail.message_id}@{host}>", "Auto-Submitted": "auto-generated"},
    )
    mail.tries += 1
    try:
        message.send()
    except OSError as trouble:  # smtplib's errors are OSError
        mail.trouble = type(trouble).__name__
        mail.status = Mail.Status.FAILED if mail.tries >= MOST_TRIES else Mail.Status.WAITING
        mail.save(update_fields=["tries", "trouble", "status"])
        return 0
    mail.status, mail.sent_at = Mail.Status.SENT, clock.now()
    mail.save(update_fields=["tries", "status", "sent_at"])
    return 1
