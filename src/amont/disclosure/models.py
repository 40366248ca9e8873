"""The table of grants."""

from django.db import models

from amont.disclosure.guard import Owned
from amont.disclosure.levels import Audience, Covers
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
