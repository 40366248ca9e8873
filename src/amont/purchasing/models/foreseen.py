"""What a buyer paid before, and what all together will buy: baselines, and the demand published of a category."""

from django.db import models

from amont.disclosure.guard import Owned
from amont.kernel.clock import now
from amont.kernel.ids import new_public_id
from amont.purchasing.models.agreements import Agreement
from amont.purchasing.models.networks import Category


class Baseline(Owned):
    """A price before the agreement, of one reference: paid, with its source; or only offered, which is no saving."""

    class Kind(models.TextChoices):
        """What the price was."""

        PAID = "paid"
        OFFERED = "offered"

    public_id = models.CharField(max_length=32, unique=True, default=new_public_id)
    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=7, choices=Kind)
    reference = models.CharField(max_length=80)
    price = models.DecimalField(max_digits=18, decimal_places=6, help_text="for one unit of the price list")
    source = models.CharField(max_length=300)
    dated_on = models.DateField()
    said_at = models.DateTimeField(default=now)

    class Meta(Owned.Meta):
        """One price of a kind for a reference."""

        constraints = (
            models.UniqueConstraint(
                fields=("owner", "agreement", "kind", "reference"), name="purchasing_baseline_once"
            ),
            models.CheckConstraint(condition=models.Q(price__gt=0), name="purchasing_baseline_positive"),
        )

    def __str__(self) -> str:
        """Return the public id."""
        return self.public_id


class Demand(models.Model):
    """What a network's buyers together say that they will buy of a category in a year, published at a month's end."""

    CLASSIFIED = "internal: a publication, made by the rule on pooled figures, read for the buyers of its network"

    category = models.ForeignKey(Category, models.CASCADE, related_name="+")
    year = models.PositiveSmallIntegerField()
    on = models.DateField()
    currency = models.CharField(max_length=3)
    units = models.BigIntegerField()

    class Meta:
        """Published once for a day."""

        constraints = (
            models.UniqueConstraint(fields=("category", "year", "currency", "on"), name="purchasing_demand_once"),
        )

    def __str__(self) -> str:
        """Return the row's number."""
        return f"demand {self.pk}"


class DemandPart(Owned):
    """One buyer's part of a published demand: what the next publication is compared with."""

    demand = models.ForeignKey(Demand, models.CASCADE, related_name="+")
    units = models.BigIntegerField()

    class Meta(Owned.Meta):
        """One part of a buyer."""

        constraints = (models.UniqueConstraint(fields=("owner", "demand"), name="purchasing_demand_part_once"),)

    def __str__(self) -> str:
        """Return the row's number."""
        return f"demand part {self.pk}"
