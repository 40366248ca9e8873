"""Tables of certificates, and of what showed of them before a change."""

from django.db import models

from amont.disclosure.guard import Owned
from amont.kernel.ids import new_public_id


class Certificate(Owned):
    """A certificate that an organization holds: renewed once, for all items that rely on it."""

    LENT_BY = ("id", "evidence.Reliance.certificate")

    public_id = models.CharField(max_length=32, unique=True, default=new_public_id)
    scheme = models.CharField(max_length=60, help_text="a code of the charter's list")
    number = models.CharField(max_length=80, blank=True)
    valid_until = models.DateField(null=True)

    class Meta(Owned.Meta):
        """As any guarded table."""

    def __str__(self) -> str:
        """Return the public id."""
        return self.public_id


class Reliance(Owned):
    """An item relies on a certificate of its owner."""

    LENT_BY = ("item", "")

    certificate = models.ForeignKey(Certificate, models.CASCADE, related_name="reliances")
    item = models.ForeignKey("catalogue.Item", models.CASCADE, related_name="reliances")

    class Meta(Owned.Meta):
        """Once for a pair."""

        constraints = (models.UniqueConstraint(fields=("certificate", "item"), name="evidence_reliance_once"),)

    def __str__(self) -> str:
        """Return the row's number."""
        return f"reliance {self.pk}"


class FormerSchemes(Owned):
    """What showed of an item's certificates before a change in a quarter: below level 3 until the next one begins.

    `schemes` tells of each scheme that changed whether a certificate of it was valid on the quarter's first day.
    """

    LENT_BY = ("item", "")

    item = models.ForeignKey("catalogue.Item", models.CASCADE, related_name="+")
    until_on = models.DateField(help_text="the first day of the next quarter")
    schemes = models.JSONField(default=dict)

    class Meta(Owned.Meta):
        """Once for an item and a quarter."""

        constraints = (models.UniqueConstraint(fields=("item", "until_on"), name="evidence_former_once"),)

    def __str__(self) -> str:
        """Return the row's number."""
        return f"former schemes {self.pk}"
