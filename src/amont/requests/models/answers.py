"""Tables of answers: each said once by its owner, and let out to one customer by one consent."""

from django.db import models

from amont.catalogue.models import Import, Item, Site
from amont.disclosure.guard import Guarded, Owned
from amont.kernel.clock import now
from amont.kernel.ids import new_public_id
from amont.kernel.viewer import Viewer


class Said(models.TextChoices):
    """What an answer is: a value, or one of the four answers without."""

    VALUE = "value"
    NOT_KNOWN = "not_known"
    CONFIDENTIAL = "confidential"
    NOT_APPLICABLE = "not_applicable"
    POOLED = "pooled"


class Origin(models.TextChoices):
    """By whose word an answer is given."""

    RECORD = "record"
    STATEMENT = "statement"
    ESTIMATE = "estimate"


class Answer(Owned):
    """What an organization says to one question: of itself, of one of its sites, or of one of its items.

    `value` is a list of plain texts: codes of the question's list, one number, one day, one text. The row that stands
    has no `replaced_at`; those before it are its history. Nobody but its owner ever reads this table: see `Release`.
    """

    question = models.CharField(max_length=40, help_text="a code of the bank: its identity in every set and version")
    version = models.PositiveSmallIntegerField(default=1, help_text="of the question, when it was answered")
    site = models.ForeignKey(Site, models.CASCADE, null=True, related_name="+")
    item = models.ForeignKey(Item, models.CASCADE, null=True, related_name="+")
    state = models.CharField(max_length=14, choices=Said, default=Said.VALUE)
    value = models.JSONField(default=list)
    origin = models.CharField(max_length=9, choices=Origin, default=Origin.RECORD)
    note = models.CharField(max_length=400, blank=True)
    valid_until = models.DateField(null=True)
    said_on = models.DateField()
    said_by = models.ForeignKey("parties.Person", models.SET_NULL, null=True, related_name="+")
    sent_at = models.DateTimeField(null=True, help_text="first let out then; before, it is written over in place")
    replaced_at = models.DateTimeField(null=True)
    brought = models.ForeignKey(
        Import, models.SET_NULL, null=True, related_name="+", help_text="the workbook it was in"
    )

    class Meta(Owned.Meta):
        """One answer stands to a question about one thing; what is about a site is not about an item."""

        constraints = (
            models.UniqueConstraint(
                fields=("owner", "question"),
                condition=models.Q(replaced_at__isnull=True, site__isnull=True, item__isnull=True),
                name="requests_said_once_of_firm",
            ),
            models.UniqueConstraint(
                fields=("owner", "question", "site"),
                condition=models.Q(replaced_at__isnull=True, site__isnull=False),
                name="requests_said_once_of_site",
            ),
            models.UniqueConstraint(
                fields=("owner", "question", "item"),
                condition=models.Q(replaced_at__isnull=True, item__isnull=False),
                name="requests_said_once_of_item",
            ),
            models.CheckConstraint(
                condition=models.Q(site__isnull=True) | models.Q(item__isnull=True), name="requests_said_of_one_thing"
            ),
        )

    def __str__(self) -> str:
        """Return the row's number."""
        return f"answer {self.pk}"


class Release(Guarded):
    """One answer as its owner let it out to one customer: what was consented to then, and nothing said since.

    `label` is what the customer reads of the site; `said_on` the day of the consent, whenever it was first said.
    """

    class Review(models.TextChoices):
        """What the customer made of it."""

        NONE = "none"
        ACCEPTED = "accepted"
        AGAIN = "again"

    public_id = models.CharField(max_length=32, unique=True, default=new_public_id)
    owner = models.ForeignKey("parties.Organization", models.PROTECT, related_name="+")
    reader = models.ForeignKey("parties.Organization", models.PROTECT, related_name="+")
    question = models.CharField(max_length=40)
    version = models.PositiveSmallIntegerField(default=1)
    site = models.ForeignKey(Site, models.CASCADE, null=True, related_name="+")
    item = models.ForeignKey(Item, models.CASCADE, null=True, related_name="+")
    label = models.CharField(max_length=330, blank=True)
    state = models.CharField(max_length=14, choices=Said, default=Said.VALUE)
    value = models.JSONField(default=list)
    origin = models.CharField(max_length=9, choices=Origin, default=Origin.RECORD)
    note = models.CharField(max_length=400, blank=True)
    valid_until = models.DateField(null=True)
    said_on = models.DateField()
    released_at = models.DateTimeField(default=now)
    review = models.CharField(max_length=8, choices=Review, default=Review.NONE)
    review_note = models.CharField(max_length=400, blank=True)
    reviewed_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True, help_text="taken back, or another stands in its place")

    class Meta(Guarded.Meta):
        """To one customer one answer stands to a question about one thing."""

        constraints = (
            models.UniqueConstraint(
                fields=("owner", "reader", "question"),
                condition=models.Q(ended_at__isnull=True, site__isnull=True, item__isnull=True),
                name="requests_released_once_of_firm",
            ),
            models.UniqueConstraint(
                fields=("owner", "reader", "question", "site"),
                condition=models.Q(ended_at__isnull=True, site__isnull=False),
                name="requests_released_once_of_site",
            ),
            models.UniqueConstraint(
                fields=("owner", "reader", "question", "item"),
                condition=models.Q(ended_at__isnull=True, item__isnull=False),
                name="requests_released_once_of_item",
            ),
        )

    def __str__(self) -> str:
        """Return the public id."""
        return self.public_id

    @classmethod
    def visible_to(cls, viewer: Viewer) -> models.Q:
        """Its owner knows it always, its reader while it stands."""
        standing = models.Q(reader_id=viewer.organization_id, ended_at__isnull=True)
        return models.Q(owner_id=viewer.organization_id) | standing


class ColleagueAsked(Owned):
    """A colleague is asked to answer one question by a mailed link: one question, 14 days, no account."""

    public_id = models.CharField(max_length=32, unique=True, default=new_public_id)
    question = models.CharField(max_length=40)
    site = models.ForeignKey(Site, models.CASCADE, null=True, related_name="+")
    item = models.ForeignKey(Item, models.CASCADE, null=True, related_name="+")
    email = models.EmailField()
    language = models.CharField(max_length=5, default="fr")
    digest = models.CharField(max_length=64, unique=True, help_text="SHA-256 of the link's secret")
    asked_by = models.ForeignKey("parties.Person", models.SET_NULL, null=True, related_name="+")
    asked_at = models.DateTimeField(default=now)
    expires_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)

    class Meta(Owned.Meta):
        """As any guarded table."""

    def __str__(self) -> str:
        """Return the public id: no address."""
        return self.public_id
