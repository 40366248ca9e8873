"""What was bought: invoices and credit notes; what was settled of it, and what each adherent is told."""

from django.db import models

from amont.disclosure.guard import Guarded
from amont.kernel.clock import now
from amont.kernel.ids import new_public_id
from amont.kernel.viewer import Viewer
from amont.purchasing.models.agreements import Adhesion, Agreement, Shared


class Invoice(Shared):
    """An invoice or a credit note of the supplier to one adherent (its owner), by whatever channel it came first.

    `counts_on` is the day on which it counts: its own, or for a credit note that of the invoice it corrects.
    """

    class Kind(models.TextChoices):
        """What it is."""

        INVOICE = "invoice"
        CREDIT = "credit"

    public_id = models.CharField(max_length=32, unique=True, default=new_public_id)
    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="+")
    adhesion = models.ForeignKey(Adhesion, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=7, choices=Kind)
    number = models.CharField(max_length=80)
    corrects = models.CharField(max_length=80, blank=True)
    dated_on = models.DateField()
    counts_on = models.DateField()
    known_on = models.DateField()
    channel = models.CharField(max_length=8)
    came_at = models.DateTimeField(default=now)
    dropped_on = models.DateField(null=True, help_text="the supplier does not stand by it: taken back from this day on")

    class Meta(Shared.Meta):
        """A supplier's number names one document of a buyer; two buyers' of one number are never settled."""

        constraints = (
            models.UniqueConstraint(fields=("supplier", "owner", "number"), name="purchasing_document_once"),
        )

    def __str__(self) -> str:
        """Return the public id."""
        return self.public_id


class InvoiceLine(Shared):
    """One line, in minor units of the agreement's currency and net of VAT, below zero on a credit note."""

    invoice = models.ForeignKey(Invoice, models.CASCADE, related_name="+")
    number = models.CharField(max_length=40)
    reference = models.CharField(max_length=80, blank=True)
    name = models.CharField(max_length=200, blank=True)
    unit = models.CharField(max_length=20, blank=True)
    quantity = models.DecimalField(max_digits=15, decimal_places=4)
    units = models.BigIntegerField()
    vat_percent = models.DecimalField(max_digits=5, decimal_places=2)
    verdict = models.CharField(max_length=8)
    expected = models.BigIntegerField(null=True)
    counts = models.BooleanField(help_text="on the list, and within the agreement's and the adhesion's days")

    class Meta(Shared.Meta):
        """A line's number stands once in its document."""

        constraints = (models.UniqueConstraint(fields=("invoice", "number"), name="purchasing_line_once"),)

    def __str__(self) -> str:
        """Return the row's number."""
        return f"invoice line {self.pk}"


class Dispute(Shared):
    """A line that its buyer does not agree with, and what the supplier answers."""

    class State(models.TextChoices):
        """What the supplier said."""

        OPEN = "open"
        CREDITED = "credited"
        REFUSED = "refused"

    public_id = models.CharField(max_length=32, unique=True, default=new_public_id)
    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="+")
    line = models.OneToOneField(InvoiceLine, models.CASCADE, related_name="+")
    said = models.CharField(max_length=1000)
    said_at = models.DateTimeField(default=now)
    state = models.CharField(max_length=8, choices=State, default=State.OPEN)
    answer = models.CharField(max_length=1000, blank=True)
    answered_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        """Return the public id."""
        return self.public_id


class Sold(Guarded):
    """A record of the supplier alone: what it computes from all its invoices."""

    supplier = models.ForeignKey("parties.Organization", models.PROTECT, related_name="+")

    class Meta(Guarded.Meta):
        """As any guarded table."""

        abstract = True

    @classmethod
    def visible_to(cls, viewer: Viewer) -> models.Q:
        """Return the condition: its supplier."""
        return models.Q(supplier_id=viewer.organization_id)


class Turnover(Shared):
    """What counts of one adherent from a day on, by VAT rate: kept as lines come, so that settling reads little."""

    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="+")
    adhesion = models.ForeignKey(Adhesion, models.PROTECT, related_name="+")
    counts_from = models.DateField(help_text="the later of the day it counts on and the day it was known")
    vat_percent = models.DecimalField(max_digits=5, decimal_places=2)
    units = models.BigIntegerField()

    class Meta(Shared.Meta):
        """One sum for an adherent, a day and a VAT rate."""

        constraints = (
            models.UniqueConstraint(fields=("adhesion", "counts_from", "vat_percent"), name="purchasing_turnover_once"),
        )
        indexes = (
            models.Index(fields=("agreement", "counts_from", "adhesion", "units"), name="purchasing_turnover_since"),
        )

    def __str__(self) -> str:
        """Return the row's number."""
        return f"turnover {self.pk}"


class Settlement(Sold):
    """At a day: the volume of all, the entitlement on it, and what that adds to the settlement before."""

    public_id = models.CharField(max_length=32, unique=True, default=new_public_id)
    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="+")
    on = models.DateField()
    volume = models.BigIntegerField()
    entitlement = models.BigIntegerField()
    delta = models.BigIntegerField()
    made_at = models.DateTimeField(default=now)
    is_published = models.BooleanField(
        default=False, help_text="volume and rate are told to whoever knows the agreement"
    )

    class Meta(Sold.Meta):
        """An agreement is settled once for a day."""

        constraints = (models.UniqueConstraint(fields=("agreement", "on"), name="purchasing_settled_once"),)

    def __str__(self) -> str:
        """Return the public id."""
        return self.public_id


class Share(Sold):
    """One adherent's part of a settlement, as the supplier computes it."""

    settlement = models.ForeignKey(Settlement, models.CASCADE, related_name="+")
    adhesion = models.ForeignKey(Adhesion, models.PROTECT, related_name="+")
    volume = models.BigIntegerField()
    cumulative = models.BigIntegerField()
    delta = models.BigIntegerField()

    class Meta(Sold.Meta):
        """An adherent has one part."""

        constraints = (models.UniqueConstraint(fields=("settlement", "adhesion"), name="purchasing_one_share"),)

    def __str__(self) -> str:
        """Return the row's number."""
        return f"share {self.pk}"


class Statement(Shared):
    """What one adherent is told of a settlement, and what is paid: never more than the rule on pooled figures allows.

    `accrues`: nothing is paid now, for what is due would tell the pool. `pool`, `distance` and `gain` are those of
    the settlement of `pooled_on`, the last that was published to all alike; None before.
    """

    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="+")
    adhesion = models.ForeignKey(Adhesion, models.PROTECT, related_name="+")
    on = models.DateField()
    volume = models.BigIntegerField()
    rate = models.CharField(max_length=20, blank=True, help_text="a fraction; empty where it may not be told")
    paid = models.BigIntegerField(help_text="all that is paid so far")
    delta = models.BigIntegerField()
    accrues = models.BooleanField(default=False)
    pooled_on = models.DateField(null=True)
    pool = models.BigIntegerField(null=True)
    distance = models.BigIntegerField(null=True)
    gain = models.BigIntegerField(null=True)
    value = models.BigIntegerField(
        null=True, help_text="what it adds on average over all orders of joining, if published"
    )
    value_error = models.BigIntegerField(null=True, help_text="its standard error; none where it is exact")

    class Meta(Shared.Meta):
        """One statement a settlement."""

        constraints = (models.UniqueConstraint(fields=("adhesion", "on"), name="purchasing_one_statement"),)

    def __str__(self) -> str:
        """Return the row's number."""
        return f"statement {self.pk}"
