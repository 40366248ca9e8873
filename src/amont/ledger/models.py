"""Tables of the ledger: its lines, and its head."""

from django.db import models


class Entry(models.Model):
    """One act: who did what about what. Its digest hides the record, its hash chains it to the line before."""

    CLASSIFIED = "internal: each organization reads its own lines only, through read.lines_of"

    sequence = models.PositiveBigIntegerField(unique=True)
    at = models.DateTimeField()
    organization = models.ForeignKey("parties.Organization", models.PROTECT, null=True, related_name="+")
    person = models.ForeignKey("parties.Person", models.PROTECT, null=True, related_name="+")
    act = models.CharField(max_length=64)
    about = models.CharField(max_length=64, blank=True)
    detail = models.JSONField(default=dict)
    salt = models.CharField(max_length=32, help_text="erasing salt, about and detail leaves the chain verifiable")
    digest = models.CharField(max_length=64)
    hash = models.CharField(max_length=64, unique=True)

    class Meta:
        """Lines are read in their order."""

        ordering = ("sequence",)
        indexes = (models.Index(fields=("organization", "sequence"), name="ledger_entry_owner"),)

    def __str__(self) -> str:
        """Return the line's number: no secret."""
        return f"ledger line {self.sequence}"

    @property
    def record(self) -> dict[str, object]:
        """Return what the digest is made over: who by public ids, since a row's number tells how many came before."""
        return {
            "at": self.at.isoformat(),
            "organization": self.organization.public_id if self.organization else None,
            "person": self.person.public_id if self.person else None,
            "act": self.act,
            "about": self.about,
            "detail": self.detail,
        }


class Head(models.Model):
    """The one row that every writing transaction moves: last sequence, last hash, version of the network."""

    CLASSIFIED = "internal: one row of numbers, read by the ledger and by the walk's snapshot"

    sequence = models.PositiveBigIntegerField(default=0)
    hash = models.CharField(max_length=64, default="0" * 64)
    network_version = models.PositiveBigIntegerField(default=0)
    network_hash = models.CharField(max_length=64, blank=True, help_text="hash of the last line that moved the network")

    class Meta:
        """There is exactly one head."""

        constraints = (models.CheckConstraint(condition=models.Q(pk=1), name="ledger_head_is_one"),)

    def __str__(self) -> str:
        """Return the head's number: no secret."""
        return f"ledger head at {self.sequence}"
