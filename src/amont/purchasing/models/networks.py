"""Networks, who takes part in them, and the categories that may be bought together."""

from django.db import models

from amont.kernel.clock import now
from amont.kernel.ids import new_public_id, new_token


class Network(models.Model):
    """Participants who buy together. Whoever holds its joining link, which its operator may change, joins."""

    CLASSIFIED = "internal: read for its participants and for those who hold its joining link"

    public_id = models.CharField(max_length=32, unique=True, default=new_public_id)
    name = models.CharField(max_length=200)
    joining = models.CharField(max_length=64, unique=True, default=new_token, help_text="the token of the joining link")
    founded_at = models.DateTimeField(default=now)
    summed_in = models.DateField(null=True, help_text="the first day of the month in which its needs were summed last")

    def __str__(self) -> str:
        """Return the public id."""
        return self.public_id


class Participant(models.Model):
    """An organization takes part in a network: buys, sells, runs it."""

    CLASSIFIED = "internal: its operator knows them; the others learn who owns or sells an agreement from that alone"

    network = models.ForeignKey(Network, models.PROTECT, related_name="participants")
    organization = models.ForeignKey("parties.Organization", models.PROTECT, related_name="+")
    is_buyer = models.BooleanField(default=True)
    is_vendor = models.BooleanField(default=False)
    is_operator = models.BooleanField(default=False)
    joined_at = models.DateTimeField(default=now)

    class Meta:
        """An organization takes part once."""

        constraints = (models.UniqueConstraint(fields=("network", "organization"), name="purchasing_takes_part_once"),)

    def __str__(self) -> str:
        """Return the row's number."""
        return f"participant {self.pk}"


class Exclusion(models.Model):
    """A vendor that takes no part in joint talks: since when, why, and whether it asked for talks of its own."""

    CLASSIFIED = "internal: read for who runs the network and for that vendor; buyers are not offered it, that is all"

    network = models.ForeignKey(Network, models.CASCADE, related_name="exclusions")
    organization = models.ForeignKey("parties.Organization", models.PROTECT, related_name="+")
    reason = models.CharField(max_length=600)
    is_own_wish = models.BooleanField(default=False)
    since = models.DateTimeField(default=now)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        """One in force at a time."""

        constraints = (
            models.UniqueConstraint(
                fields=("network", "organization"), condition=models.Q(ended_at=None), name="purchasing_excluded_once"
            ),
        )

    def __str__(self) -> str:
        """Return the row's number."""
        return f"exclusion {self.pk}"


class Category(models.Model):
    """A category that a network may buy together: all others are denied. By whom it was looked at, why, until when."""

    CLASSIFIED = "internal: read for the participants of its network"

    class Scheme(models.TextChoices):
        """The list that the code is of."""

        CPV = "cpv"
        UNSPSC = "unspsc"

    public_id = models.CharField(max_length=32, unique=True, default=new_public_id)
    network = models.ForeignKey(Network, models.PROTECT, related_name="categories")
    scheme = models.CharField(max_length=6, choices=Scheme)
    code = models.CharField(max_length=12)
    label = models.CharField(max_length=200)
    reason = models.CharField(max_length=600)
    reviewer = models.CharField(max_length=200)
    review_on = models.DateField(help_text="the last day on which the review holds")
    buying_percent = models.DecimalField(max_digits=5, decimal_places=2, null=True)
    selling_percent = models.DecimalField(max_digits=5, decimal_places=2, null=True)
    share_source = models.CharField(max_length=300, blank=True)
    legal_opinion = models.CharField(max_length=600, blank=True)
    allowed_at = models.DateTimeField(default=now)

    class Meta:
        """A code stands once; shares are percents."""

        constraints = (
            models.UniqueConstraint(fields=("network", "scheme", "code"), name="purchasing_category_once"),
            models.CheckConstraint(
                condition=models.Q(buying_percent__isnull=True) | models.Q(buying_percent__range=(0, 100)),
                name="purchasing_buying_percent",
            ),
            models.CheckConstraint(
                condition=models.Q(selling_percent__isnull=True) | models.Q(selling_percent__range=(0, 100)),
                name="purchasing_selling_percent",
            ),
        )

    def __str__(self) -> str:
        """Return the public id."""
        return self.public_id
