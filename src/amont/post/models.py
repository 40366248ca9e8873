"""The outbox."""

from django.db import models


class Mail(models.Model):
    """One mail, written in the transaction of the act that causes it and sent afterwards."""

    CLASSIFIED = "internal: written by actions, read by the sender; the demo's page shows it in demo mode only"

    class Status(models.TextChoices):
        """Where the mail is."""

        WAITING = "waiting"
        SENT = "sent"
        FAILED = "failed"

    message_id = models.CharField(max_length=120, unique=True, help_text="stands in the mail's Message-ID header")
    cause = models.CharField(max_length=160, unique=True, help_text="one act, one mail: a second is not written")
    to = models.EmailField()
    language = models.CharField(max_length=5)
    subject = models.CharField(max_length=250)
    text = models.TextField()
    reply_to = models.EmailField(blank=True)
    status = models.CharField(max_length=8, choices=Status, default=Status.WAITING)
    written_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    trouble = models.CharField(max_length=250, blank=True)

    class Meta:
        """Oldest first."""

        ordering = ("written_at", "pk")
        indexes = (models.Index(fields=("status", "written_at"), name="post_mail_waiting"),)

    def __str__(self) -> str:
        """Return the mail's number: no address."""
        return f"mail {self.pk}"
