"""Who leads for a category: candidates stand for a term, the buyers of the network vote."""

from django.db import models

from amont.kernel.clock import now
from amont.kernel.ids import new_public_id
from amont.purchasing.models.networks import Category


class Mandate(models.Model):
    """A candidate's offer to lead for a category: its term, its pay, whether others must follow it, and the vote on it.

    Days are inclusive. As with charters, whether it is adopted is counted by whoever asks, once `closes_at` has come.
    """

    CLASSIFIED = "internal: read for the buyers of its network; who stands names itself"

    public_id = models.CharField(max_length=32, unique=True, default=new_public_id)
    category = models.ForeignKey(Category, models.PROTECT, related_name="+")
    lead = models.ForeignKey("parties.Organization", models.PROTECT, related_name="+")
    first_on = models.DateField()
    last_on = models.DateField()
    pay = models.CharField(max_length=300, blank=True, help_text="what the lead is paid, and by whom; empty: nothing")
    rotates = models.BooleanField(default=True, help_text="the next term is another firm's")
    reason = models.CharField(max_length=1000)
    offered_at = models.DateTimeField(default=now)
    closes_at = models.DateTimeField()
    quorum = models.PositiveSmallIntegerField()
    majority = models.PositiveSmallIntegerField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        """It ends after it begins, and begins after the votes are counted."""

        constraints = (
            models.CheckConstraint(
                condition=models.Q(last_on__gte=models.F("first_on")), name="purchasing_mandate_ends"
            ),
            models.CheckConstraint(
                condition=models.Q(closes_at__gt=models.F("offered_at")), name="purchasing_mandate_notice"
            ),
        )

    def __str__(self) -> str:
        """Return the public id."""
        return self.public_id


class Ballot(models.Model):
    """One buyer's vote on a mandate; there is a row for each firm that bought in the network when it was offered."""

    CLASSIFIED = "internal: each buyer reads its own; all read the count once the notice is over"

    class Said(models.TextChoices):
        """What a buyer said."""

        NOTHING = "nothing"
        YES = "yes"
        NO = "no"
        ABSTAIN = "abstain"

    mandate = models.ForeignKey(Mandate, models.CASCADE, related_name="ballots")
    organization = models.ForeignKey("parties.Organization", models.PROTECT, related_name="+")
    said = models.CharField(max_length=7, choices=Said, default=Said.NOTHING)
    said_at = models.DateTimeField(null=True)

    class Meta:
        """Each buyer has one vote."""

        constraints = (models.UniqueConstraint(fields=("mandate", "organization"), name="purchasing_one_ballot"),)

    def __str__(self) -> str:
        """Return the row's number."""
        return f"ballot {self.pk}"
