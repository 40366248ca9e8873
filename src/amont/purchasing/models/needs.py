"""What participants say they will need."""

from django.db import models

from amont.disclosure.guard import Owned
from amont.kernel.clock import now
from amont.purchasing.models.networks import Category


class Need(Owned):
    """What a participant says it will buy of a category in a year: confidential."""

    category = models.ForeignKey(Category, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    currency = models.CharField(max_length=3)
    units = models.BigIntegerField()
    said_at = models.DateTimeField(default=now)

    class Meta(Owned.Meta):
        """One need for a category and a year."""

        constraints = (
            models.UniqueConstraint(fields=("owner", "category", "year"), name="purchasing_need_once"),
            models.CheckConstraint(condition=models.Q(units__gte=0), name="purchasing_need_positive"),
        )

    def __str__(self) -> str:
        """Return the row's number."""
        return f"need {self.pk}"
