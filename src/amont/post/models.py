"""The outboxes: of mails, and of calls to programs."""

from django.db import models

from amont.kernel.clock import now
from amont.kernel.ids import new_public_id


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


class Hook(models.Model):
    """An address of an organization's own program, called when something happens that the organization may see."""

    CLASSIFIED = "internal: read for the organization's own admins, and by the sender"

    public_id = models.CharField(max_length=32, unique=True, default=new_public_id)
    organization = models.ForeignKey("parties.Organization", models.PROTECT, related_name="+")
    url = models.CharField(max_length=500)
    turn = models.PositiveIntegerField(default=0, help_text="how often the secret was rotated; it is stored nowhere")
    rotated_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(default=now)
    dropped_at = models.DateTimeField(null=True)
    failures = models.PositiveIntegerField(default=0, help_text="tries that failed since the last that came through")
    view_digest = models.CharField(max_length=64, blank=True, help_text="of what the organization saw when last looked")
    looked_at = models.DateTimeField(null=True)

    class Meta:
        """An address is called once for an organization."""

        constraints = (
            models.UniqueConstraint(
                fields=("organization", "url"),
                condition=models.Q(dropped_at__isnull=True),
                name="post_hook_once",
            ),
        )

    def __str__(self) -> str:
        """Return the public id: no address."""
        return self.public_id


class Call(models.Model):
    """One call to a hook: a type and an id, written in the transaction of the act that causes it."""

    CLASSIFIED = "internal: read for the admins of the hook's organization, and by the sender"

    class Status(models.TextChoices):
        """Where the call is."""

        WAITING = "waiting"
        SENT = "sent"
        FAILED = "failed"

    hook = models.ForeignKey(Hook, models.CASCADE, related_name="+")
    public_id = models.CharField(max_length=32, unique=True, default=new_public_id, help_text="its webhook-id")
    kind = models.CharField(max_length=20, help_text="of rules.TYPES")
    about = models.CharField(max_length=32)
    status = models.CharField(max_length=7, choices=Status, default=Status.WAITING)
    written_at = models.DateTimeField()
    next_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    answered = models.PositiveSmallIntegerField(default=0, help_text="the status that came back last; 0: none")
    trouble = models.CharField(max_length=20, blank=True)

    class Meta:
        """What waits is found by its time."""

        indexes = (models.Index(fields=("status", "next_at"), name="post_call_waiting"),)

    def __str__(self) -> str:
        """Return the public id."""
        return self.public_id
