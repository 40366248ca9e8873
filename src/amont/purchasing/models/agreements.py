"""Framework agreements, their price lists, and who joined them. Both owner and supplier see what is theirs."""

from django.db import models

from amont.disclosure.guard import Owned
from amont.kernel.clock import now
from amont.kernel.ids import new_public_id
from amont.kernel.viewer import Viewer
from amont.purchasing.models.mandates import Mandate
from amont.purchasing.models.networks import Category, Network
from amont.purchasing.rules.schemes import Formula


class Shared(Owned):
    """A record of two: its owner and a supplier, visible to both and to nobody else."""

    supplier = models.ForeignKey("parties.Organization", models.PROTECT, related_name="+")

    class Meta(Owned.Meta):
        """As any guarded table."""

        abstract = True

    @classmethod
    def visible_to(cls, viewer: Viewer) -> models.Q:
        """Return the condition: its owner or its supplier."""
        return models.Q(owner_id=viewer.organization_id) | models.Q(supplier_id=viewer.organization_id)


class Agreement(Shared):
    """A framework agreement between its owner and a supplier; open to its network once both consented.

    Days are inclusive. `bands` are those of the tier scheme: [{"from": "50000", "rate": "0.02"}].
    """

    class VatNature(models.TextChoices):
        """What a rebate is: a reduction of the price to each invoiced buyer, or the price of a service."""

        REDUCTION = "reduction"
        SERVICE = "service"

    public_id = models.CharField(max_length=32, unique=True, default=new_public_id)
    network = models.ForeignKey(Network, models.PROTECT, related_name="+")
    category = models.ForeignKey(Category, models.PROTECT, related_name="+")
    mandate = models.ForeignKey(
        Mandate, models.PROTECT, null=True, related_name="+", help_text="under which it was made"
    )
    name = models.CharField(max_length=200)
    currency = models.CharField(max_length=3)
    first_on = models.DateField()
    last_on = models.DateField()
    terms = models.CharField(max_length=2000, blank=True)
    formula = models.CharField(max_length=11, choices=[(each.value, each.value) for each in Formula])
    bands = models.JSONField()
    vat_nature = models.CharField(max_length=9, choices=VatNature, default=VatNature.REDUCTION)
    counterpart = models.CharField(max_length=600, help_text="what the supplier gets for opening it")
    owner_consented_at = models.DateTimeField(null=True)
    supplier_consented_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(default=now)

    class Meta(Shared.Meta):
        """Nobody sells to itself, and it ends after it begins."""

        constraints = (
            models.CheckConstraint(
                condition=models.Q(last_on__gte=models.F("first_on")), name="purchasing_agreement_ends"
            ),
            models.CheckConstraint(
                condition=~models.Q(owner=models.F("supplier")), name="purchasing_agreement_between_two"
            ),
        )

    def __str__(self) -> str:
        """Return the public id."""
        return self.public_id


class PriceList(Shared):
    """One version of an agreement's prices, for some days."""

    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="+")
    version = models.PositiveIntegerField()
    first_on = models.DateField()
    last_on = models.DateField()
    file_name = models.CharField(max_length=200)
    added_at = models.DateTimeField(default=now)

    class Meta(Shared.Meta):
        """Versions are counted."""

        constraints = (models.UniqueConstraint(fields=("agreement", "version"), name="purchasing_price_version"),)

    def __str__(self) -> str:
        """Return the version's number."""
        return f"price list {self.version}"


class PriceLine(Shared):
    """A price for so many units (`base`) from a quantity on."""

    price_list = models.ForeignKey(PriceList, models.CASCADE, related_name="+")
    reference = models.CharField(max_length=80)
    name = models.CharField(max_length=200, blank=True)
    unit = models.CharField(max_length=20)
    price = models.DecimalField(max_digits=18, decimal_places=6)
    base = models.DecimalField(max_digits=12, decimal_places=3, default=1)
    from_quantity = models.DecimalField(max_digits=12, decimal_places=3, default=0)

    class Meta(Shared.Meta):
        """A reference has one price for a unit and a quantity break."""

        constraints = (
            models.UniqueConstraint(
                fields=("price_list", "reference", "unit", "from_quantity"), name="purchasing_price_once"
            ),
            models.CheckConstraint(condition=models.Q(price__gte=0, base__gt=0), name="purchasing_price_positive"),
        )

    def __str__(self) -> str:
        """Return the row's number."""
        return f"price line {self.pk}"


class Adhesion(Shared):
    """A buyer's joining of an agreement for named sites; its volume counts from its start, once accepted."""

    class State(models.TextChoices):
        """What the supplier said."""

        ASKED = "asked"
        ACCEPTED = "accepted"
        DECLINED = "declined"

    public_id = models.CharField(max_length=32, unique=True, default=new_public_id)
    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="+")
    state = models.CharField(max_length=8, choices=State, default=State.ASKED)
    sites = models.JSONField(default=list, help_text="names of the sites it is for")
    customer = models.CharField(max_length=80, blank=True, help_text="the supplier's own number of this buyer")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, help_text="the last day that counts")
    asked_at = models.DateTimeField(default=now)
    answered_at = models.DateTimeField(null=True)

    class Meta(Shared.Meta):
        """A buyer joins an agreement once; a supplier's number of a buyer is one buyer's."""

        constraints = (
            models.UniqueConstraint(fields=("agreement", "owner"), name="purchasing_joins_once"),
            models.UniqueConstraint(
                fields=("agreement", "customer"), condition=~models.Q(customer=""), name="purchasing_customer_once"
            ),
        )

    def __str__(self) -> str:
        """Return the public id."""
        return self.public_id
