"""Tables of requests: what is asked, line by line, and the drafts of answers."""

from django.db import models

from amont.catalogue.models import Item
from amont.chain.models import Contact, Invitation, Link, RequestMark, Source
from amont.disclosure.guard import Guarded, Owned
from amont.kernel.clock import now
from amont.kernel.ids import new_public_id
from amont.kernel.viewer import Viewer


class Request(Guarded):
    """A buyer asks one supplier for data about some lines, for itself or passing on what it was asked."""

    public_id = models.CharField(max_length=32, unique=True, default=new_public_id)
    asker = models.ForeignKey("parties.Organization", models.PROTECT, related_name="+")
    supplier = models.ForeignKey("parties.Organization", models.PROTECT, null=True, related_name="+")
    contact = models.ForeignKey(Contact, models.PROTECT, related_name="+")
    invitation = models.ForeignKey(Invitation, models.PROTECT, null=True, related_name="+")
    consortium = models.ForeignKey("consortia.Consortium", models.PROTECT, related_name="+")
    charter = models.ForeignKey(
        "consortia.Charter", models.PROTECT, related_name="+", help_text="the version whose questions it asks"
    )
    purpose = models.CharField(max_length=40, help_text="a code of requests.facts.Purpose")
    message = models.TextField(blank=True)
    due_on = models.DateField()
    passed = models.BooleanField(default=False)
    asked_by = models.ForeignKey("parties.Person", models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(default=now)

    class Meta(Guarded.Meta):
        """As any guarded table."""

    def __str__(self) -> str:
        """Return the public id."""
        return self.public_id

    @classmethod
    def visible_to(cls, viewer: Viewer) -> models.Q:
        """Asker and asked know the request."""
        return models.Q(asker_id=viewer.organization_id) | models.Q(supplier_id=viewer.organization_id)


class RequestLine(Guarded):
    """One line of a request: the asker's source, and what the supplier says to it.

    The asked sees `reference` and never the asker's item or source.
    """

    class Status(models.TextChoices):
        """Where the line is."""

        OPEN = "open"
        ACCEPTED = "accepted"
        ANSWERED = "answered"
        DECLINED = "declined"
        NOT_MINE = "not_mine"
        CANCELLED = "cancelled"

    public_id = models.CharField(max_length=32, unique=True, default=new_public_id)
    request = models.ForeignKey(Request, models.PROTECT, related_name="lines")
    asker = models.ForeignKey("parties.Organization", models.PROTECT, related_name="+")
    supplier = models.ForeignKey("parties.Organization", models.PROTECT, null=True, related_name="+")
    source = models.ForeignKey(Source, models.SET_NULL, null=True, related_name="+")
    passed = models.BooleanField(default=False)
    reference = models.CharField(max_length=200, help_text="what the supplier reads for this line")
    status = models.CharField(max_length=9, choices=Status, default=Status.OPEN)
    reason = models.CharField(max_length=400, blank=True)
    link = models.ForeignKey(Link, models.PROTECT, null=True, related_name="+")
    mark = models.ForeignKey(RequestMark, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)

    class Meta(Guarded.Meta):
        """What is asked of a source stands once, for oneself and once more passed on."""

        constraints = (
            models.UniqueConstraint(
                fields=("source", "passed"),
                condition=models.Q(status__in=("open", "accepted", "answered"), source__isnull=False),
                name="requests_asked_once",
            ),
        )

    def __str__(self) -> str:
        """Return the public id."""
        return self.public_id

    @classmethod
    def visible_to(cls, viewer: Viewer) -> models.Q:
        """Asker and asked know the line."""
        return models.Q(asker_id=viewer.organization_id) | models.Q(supplier_id=viewer.organization_id)


class Draft(Owned):
    """An answer being written about one line, saved as one types; nobody but its owner ever sees it."""

    line = models.ForeignKey(RequestLine, models.CASCADE, related_name="+")
    item = models.ForeignKey(Item, models.CASCADE, null=True, related_name="+")
    content = models.JSONField(default=dict)
    saved_at = models.DateTimeField(default=now)

    class Meta(Owned.Meta):
        """One draft a line."""

        constraints = (models.UniqueConstraint(fields=("owner", "line"), name="requests_draft_once"),)

    def __str__(self) -> str:
        """Return the row's number."""
        return f"draft {self.pk}"


class Reminder(models.Model):
    """That one mail reminded one address of one request: the first, second or third time."""

    CLASSIFIED = "internal: who asked never learns when others' requests made a mail leave"

    public_id = models.CharField(max_length=32, unique=True, default=new_public_id)
    request = models.ForeignKey(Request, models.CASCADE, related_name="+")
    address = models.EmailField(db_index=True)
    number = models.PositiveSmallIntegerField(help_text="1, 2 or 3")
    at = models.DateTimeField()

    class Meta:
        """A request is in each of its reminders once, whatever runs twice."""

        constraints = (models.UniqueConstraint(fields=("request", "number"), name="requests_reminded_once"),)

    def __str__(self) -> str:
        """Return the public id: no address."""
        return self.public_id


class Pause(models.Model):
    """That an address gets no reminders until a day, or until it asks for them again."""

    CLASSIFIED = "internal: read for who holds the link mailed to the address, and by the sender"

    public_id = models.CharField(max_length=32, unique=True, default=new_public_id)
    address = models.EmailField(unique=True)
    until = models.DateTimeField(null=True, help_text="none: until asked for again")
    is_on = models.BooleanField(default=True)
    changed_at = models.DateTimeField()

    class Meta:
        """One row an address."""

    def __str__(self) -> str:
        """Return the public id: no address."""
        return self.public_id
