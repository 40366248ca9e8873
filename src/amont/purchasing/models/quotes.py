"""Requests for quotation that a mandated lead sends, whom it asked, and what they quote: sealed until the closing."""

from django.db import models

from amont.disclosure.guard import Owned
from amont.kernel.clock import now
from amont.kernel.ids import new_public_id
from amont.purchasing.models.mandates import Mandate


class QuoteRequest(Owned):
    """What a lead asks several vendors to quote, on the sum of needs that was published, until a moment.

    `lines` are what is to be priced: [{"name": "Paper A4", "unit": "BX"}]. `chosen` is a quote's public id.
    """

    public_id = models.CharField(max_length=32, unique=True, default=new_public_id)
    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    currency = models.CharField(max_length=3)
    units = models.BigIntegerField(help_text="the sum of needs, as it was published")
    told_on = models.DateField(help_text="the day of that publication")
    terms = models.CharField(max_length=2000, blank=True)
    language = models.CharField(max_length=2, help_text="of the mails to vendors")
    lines = models.JSONField()
    asked_at = models.DateTimeField(default=now)
    closes_at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True, help_text="when the quotes were opened, after the closing")
    chosen = models.CharField(max_length=32, blank=True)
    reason = models.CharField(max_length=1000, blank=True)
    chosen_at = models.DateTimeField(null=True)
    agreement = models.CharField(max_length=32, blank=True, help_text="public id of the agreement made from it")

    class Meta(Owned.Meta):
        """Nothing is opened before it closes, nor chosen before it is opened; a choice has its reason."""

        constraints = (
            models.CheckConstraint(
                condition=models.Q(opened_at=None) | models.Q(opened_at__gte=models.F("closes_at")),
                name="purchasing_opened_after_closing",
            ),
            models.CheckConstraint(
                condition=models.Q(chosen="")
                | (models.Q(opened_at__isnull=False, chosen_at__isnull=False) & ~models.Q(reason="")),
                name="purchasing_chosen_with_reason",
            ),
        )

    def __str__(self) -> str:
        """Return the public id."""
        return self.public_id


class QuoteAsked(Owned):
    """A vendor that was asked, and the mark of the link that it got. Whether it answered does not stand here."""

    request = models.ForeignKey(QuoteRequest, models.CASCADE, related_name="+")
    name = models.CharField(max_length=200)
    email = models.EmailField()
    digest = models.CharField(max_length=64, unique=True)

    class Meta(Owned.Meta):
        """An address is asked once."""

        constraints = (models.UniqueConstraint(fields=("request", "email"), name="purchasing_asked_once"),)

    def __str__(self) -> str:
        """Return the row's number."""
        return f"asked {self.pk}"


class Quote(Owned):
    """What a vendor quotes, or that it declines. Until the quotes are opened it has no owner: nobody reads it.

    `prices`: by the number of the line, its reference and price. `certificates`: what it says that it holds.
    """

    owner = models.ForeignKey(  # type: ignore[assignment] # sealed: nobody is its owner yet
        "parties.Organization", models.PROTECT, null=True, related_name="+"
    )
    public_id = models.CharField(max_length=32, unique=True, default=new_public_id)
    asked = models.OneToOneField(QuoteAsked, models.CASCADE, related_name="+")
    declined = models.BooleanField(default=False)
    prices = models.JSONField(default=dict)
    certificates = models.JSONField(default=list)
    delivery_days = models.PositiveSmallIntegerField(null=True)
    payment_days = models.PositiveSmallIntegerField(null=True)
    holds_until = models.DateField(null=True)
    terms = models.CharField(max_length=2000, blank=True)
    said_at = models.DateTimeField(default=now)

    class Meta(Owned.Meta):
        """As any guarded table."""

    def __str__(self) -> str:
        """Return the public id."""
        return self.public_id
