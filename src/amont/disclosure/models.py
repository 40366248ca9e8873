"""Tables of grants, of what was asked beyond them, of who read what, and of who was let in to look."""

from django.db import models

from amont.disclosure.guard import Owned
from amont.disclosure.levels import Audience, Covers
from amont.kernel.clock import now
from amont.kernel.ids import new_public_id


class Grant(Owned):
    """An owner's decision: about what, for which audience, up to which level, from when, until when.

    Neither item nor link: about the owner's whole organization. In force from `starts_at` (none: ever since),
    inclusive, to the earlier of `until_at` and `revoked_at`, exclusive.
    """

    public_id = models.CharField(max_length=32, unique=True, default=new_public_id)
    covers = models.CharField(max_length=8, choices=[(each.value, each.value) for each in Covers])
    item = models.ForeignKey("catalogue.Item", models.PROTECT, null=True, related_name="+")
    link = models.ForeignKey("chain.Link", models.PROTECT, null=True, related_name="+")
    audience = models.CharField(max_length=12, choices=[(each.value, each.value) for each in Audience])
    audience_organization = models.ForeignKey("parties.Organization", models.PROTECT, null=True, related_name="+")
    level = models.PositiveSmallIntegerField()
    starts_at = models.DateTimeField(null=True)
    until_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta(Owned.Meta):
        """A grant has one subject, and names an organization exactly when its audience is one."""

        constraints = (
            models.CheckConstraint(
                condition=models.Q(item__isnull=True) | models.Q(link__isnull=True), name="disclosure_one_subject"
            ),
            models.CheckConstraint(condition=models.Q(level__lte=4), name="disclosure_grant_level"),
            models.CheckConstraint(
                condition=models.Q(audience="organization", audience_organization__isnull=False)
                | (~models.Q(audience="organization") & models.Q(audience_organization__isnull=True)),
                name="disclosure_audience_named",
            ),
        )

    def __str__(self) -> str:
        """Return the public id."""
        return self.public_id


class MoreAsked(Owned):
    """A viewer asks, from a nameless place of its view, to be told who it is; for 30 days.

    Neither `item` nor `head` ever leaves the table: the asker knows the place by its pseudonym.
    """

    public_id = models.CharField(max_length=32, unique=True, default=new_public_id)
    item = models.ForeignKey("catalogue.Item", models.CASCADE, related_name="+")
    head = models.ForeignKey("catalogue.Item", models.CASCADE, related_name="+")
    place = models.CharField(max_length=32, help_text="the pseudonym under which the asker knows the place")
    purpose = models.CharField(max_length=600)
    asked_at = models.DateTimeField(default=now)
    expires_at = models.DateTimeField()
    granted_at = models.DateTimeField(null=True, help_text="the last consent came in: each became a grant")

    class Meta(Owned.Meta):
        """It lapses after it was asked."""

        constraints = (
            models.CheckConstraint(condition=models.Q(expires_at__gt=models.F("asked_at")), name="disclosure_asks_end"),
        )

    def __str__(self) -> str:
        """Return the public id."""
        return self.public_id


class Consent(Owned):
    """One owner is asked for its own consent about its own link, without learning who else is; held until all are in.

    All that its owner may know of the asking stands here again, so that nothing need be joined.
    """

    class Said(models.TextChoices):
        """What the owner said."""

        NOTHING = "nothing"
        YES = "yes"
        NO = "no"

    public_id = models.CharField(max_length=32, unique=True, default=new_public_id)
    asked = models.ForeignKey(MoreAsked, models.CASCADE, related_name="+")
    asker = models.ForeignKey("parties.Organization", models.PROTECT, related_name="+")
    purpose = models.CharField(max_length=600)
    covers = models.CharField(max_length=8, choices=[(each.value, each.value) for each in Covers])
    link = models.ForeignKey("chain.Link", models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=now)
    expires_at = models.DateTimeField()
    said = models.CharField(max_length=7, choices=Said, default=Said.NOTHING)
    said_at = models.DateTimeField(null=True)

    class Meta(Owned.Meta):
        """One consent for one side of a link."""

        constraints = (models.UniqueConstraint(fields=("asked", "link", "covers"), name="disclosure_consent_once"),)

    def __str__(self) -> str:
        """Return the public id."""
        return self.public_id


class Reading(Owned):
    """A line of the owner's access log: one firm read facts of it, within an hour, by one channel.

    The owner reads it through `sight.log` alone, which names the reader only where `is_known`: the owner knew it then.
    """

    reader = models.ForeignKey("parties.Organization", models.PROTECT, related_name="+")
    is_known = models.BooleanField()
    hour = models.DateTimeField()
    channel = models.CharField(max_length=4)
    named = models.JSONField(help_text="keys of the owner's items read by name")
    full = models.JSONField(help_text="keys of the owner's items read in full")
    documents = models.JSONField(help_text="public ids of the owner's documents opened")
    digest = models.CharField(max_length=32)

    class Meta(Owned.Meta):
        """The same facts, read again within the hour, are one line."""

        constraints = (
            models.UniqueConstraint(
                fields=("reader", "hour", "channel", "owner", "digest"), name="disclosure_reading_once"
            ),
        )
        indexes = (models.Index(fields=("owner", "hour"), name="disclosure_reading_owner"),)

    def __str__(self) -> str:
        """Return the row's number: no name."""
        return f"reading {self.pk}"


class Inspection(Owned):
    """An owner lets somebody look at its own items for a time: the operator's staff (a case), or an auditor.

    It ends by itself at `until_at`, or before when the owner closes it.
    """

    class Kind(models.TextChoices):
        """Who is let in."""

        CASE = "case"
        AUDIT = "audit"

    public_id = models.CharField(max_length=32, unique=True, default=new_public_id)
    kind = models.CharField(max_length=5, choices=Kind)
    email = models.EmailField(blank=True, help_text="the auditor's address; blank for a case")
    purpose = models.CharField(max_length=600)
    items = models.JSONField(default=list, help_text="keys of own items; none: all")
    opened_at = models.DateTimeField(default=now)
    until_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    class Meta(Owned.Meta):
        """It ends after it began, and names an address exactly when it is an audit."""

        constraints = (
            models.CheckConstraint(
                condition=models.Q(until_at__gt=models.F("opened_at")), name="disclosure_inspection_ends"
            ),
            models.CheckConstraint(
                condition=(models.Q(kind="audit") & ~models.Q(email="")) | models.Q(kind="case", email=""),
                name="disclosure_inspection_address",
            ),
        )

    def __str__(self) -> str:
        """Return the public id: no address."""
        return self.public_id


class Inspected(Owned):
    """What one person looked at under an inspection, within an hour."""

    inspection = models.ForeignKey(Inspection, models.CASCADE, related_name="+")
    person = models.ForeignKey("parties.Person", models.PROTECT, related_name="+")
    hour = models.DateTimeField()
    item = models.ForeignKey("catalogue.Item", models.CASCADE, related_name="+")

    class Meta(Owned.Meta):
        """Once for a person, an item and an hour."""

        constraints = (
            models.UniqueConstraint(fields=("inspection", "person", "item", "hour"), name="disclosure_inspected_once"),
        )

    def __str__(self) -> str:
        """Return the row's number: no name."""
        return f"inspected {self.pk}"
