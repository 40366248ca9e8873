"""Tables of certificates and what showed of them before a change, of documents, and of the keys that seal these."""

from django.db import models

from amont.disclosure.guard import Owned
from amont.kernel.clock import now
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


class Document(Owned):
    """A document beside an own certificate or item: sealed by a key of its own, which its owner's key wraps."""

    LENT_BY = ("item", "")
    LENT_ALSO_BY = ("certificate", "evidence.Reliance.certificate")

    public_id = models.CharField(max_length=32, unique=True, default=new_public_id)
    certificate = models.ForeignKey(Certificate, models.CASCADE, null=True, related_name="+")
    item = models.ForeignKey("catalogue.Item", models.CASCADE, null=True, related_name="+")
    name = models.CharField(max_length=120)
    media = models.CharField(max_length=90)
    size = models.PositiveIntegerField(help_text="bytes of the content")
    sha256 = models.CharField(max_length=64, help_text="of the content: its owner alone is told")
    wrapped_key = models.BinaryField()
    parts = models.PositiveSmallIntegerField()
    added_at = models.DateTimeField(default=now)

    class Meta(Owned.Meta):
        """Beside one certificate or one item, and the same content there once."""

        constraints = (
            models.CheckConstraint(
                condition=models.Q(certificate__isnull=True) ^ models.Q(item__isnull=True),
                name="evidence_document_beside_one",
            ),
            models.UniqueConstraint(fields=("certificate", "sha256"), name="evidence_once_beside_certificate"),
            models.UniqueConstraint(fields=("item", "sha256"), name="evidence_once_beside_item"),
        )

    def __str__(self) -> str:
        """Return the public id: no file name."""
        return self.public_id


class DocumentPart(Owned):
    """One sealed part of a document's content."""

    document = models.ForeignKey(Document, models.CASCADE, related_name="+")
    number = models.PositiveSmallIntegerField()
    sealed = models.BinaryField()

    class Meta(Owned.Meta):
        """Each part once."""

        constraints = (models.UniqueConstraint(fields=("document", "number"), name="evidence_part_once"),)

    def __str__(self) -> str:
        """Return the row's number."""
        return f"part {self.pk}"


class OwnerKey(Owned):
    """The key that wraps all keys of an owner's documents, itself wrapped by a master key from outside the database.

    Once shredded it is empty for good, and nothing that it wrapped can be read, in no copy.
    """

    wrapped = models.BinaryField(null=True)
    master = models.CharField(max_length=16, help_text="mark of the master key that wraps it")
    made_at = models.DateTimeField(default=now)
    shredded_at = models.DateTimeField(null=True)

    class Meta(Owned.Meta):
        """One key for an owner, shredded or not."""

        constraints = (
            models.UniqueConstraint(fields=("owner",), name="evidence_one_key_for_an_owner"),
            models.CheckConstraint(
                condition=models.Q(wrapped__isnull=False) ^ models.Q(shredded_at__isnull=False),
                name="evidence_key_or_shredded",
            ),
        )

    def __str__(self) -> str:
        """Return the row's number: no secret."""
        return f"key {self.pk}"
