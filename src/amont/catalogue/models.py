"""Tables of items, sites, and files brought."""

from django.db import models

from amont.disclosure.guard import Owned
from amont.kernel.clock import now
from amont.kernel.ids import new_public_id


class Site(Owned):
    """One place where an organization works."""

    LENT_BY = ("id", "catalogue.Item.site")

    public_id = models.CharField(max_length=32, unique=True, default=new_public_id)
    name = models.CharField(max_length=200)
    external_id = models.CharField(max_length=60, blank=True, help_text="the identifier that its owner's files give it")
    identifiers = models.JSONField(default=dict, help_text="other identifiers, normalized, by kind: gln, siret, os_id")
    address = models.CharField(max_length=300, blank=True)
    town = models.CharField(max_length=120, blank=True)
    region = models.CharField(max_length=120, blank=True)
    country = models.CharField(max_length=2, blank=True)
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    point_written = models.CharField(max_length=80, blank=True, help_text="the point as written, where read otherwise")
    details = models.JSONField(default=dict, help_text="what else its owner's file said of it, column by column")
    closed_on = models.DateField(null=True, help_text="nobody works there since; what was made there keeps it")

    class Meta(Owned.Meta):
        """An owner names a site once, or once for each point on the map."""

        constraints = (
            models.UniqueConstraint(
                fields=("owner", "name", "town", "country"),
                condition=models.Q(latitude__isnull=True, longitude__isnull=True),
                name="catalogue_site_once",
            ),
        )

    def __str__(self) -> str:
        """Return the public id: no name."""
        return self.public_id


class Item(Owned):
    """One article line of one organization: what it buys to use or what it sells."""

    LENT_BY = ("id", "")

    class Kind(models.TextChoices):
        """What sort of line it is."""

        INGREDIENT = "ingredient"
        PACKAGING = "packaging"
        RAW_MATERIAL = "raw_material"
        SERVICE = "service"

    class ChainEnd(models.TextChoices):
        """How the chain ends here, as its owner states it; blank: it goes on, or nothing was said."""

        ORIGIN_REACHED = "origin_reached"
        RECYCLED = "recycled"
        SYNTHETIC = "synthetic"
        POOLED = "pooled"
        DECLINED = "declined"

    class VolumeBand(models.TextChoices):
        """Yearly volume in tonnes (or thousands of pieces), in bands."""

        UNDER_1 = "<1"
        FROM_1 = "1-10"
        FROM_10 = "10-100"
        FROM_100 = "100-1000"
        OVER_1000 = ">1000"

    public_id = models.CharField(max_length=32, unique=True, default=new_public_id)
    kind = models.CharField(max_length=12, choices=Kind, default=Kind.INGREDIENT)
    reference = models.CharField(max_length=80, blank=True, help_text="the owner's own, unique within the owner")
    name = models.CharField(max_length=200)
    inci = models.CharField(max_length=400, blank=True)
    material = models.CharField(max_length=200, blank=True)
    hs_code = models.CharField(max_length=12, blank=True)
    family = models.CharField(max_length=60, blank=True, help_text="a code of the charter's list")
    unit = models.CharField(max_length=12, blank=True)
    volume_band = models.CharField(max_length=8, choices=VolumeBand, blank=True)
    step = models.CharField(max_length=60, blank=True, help_text="a code of the charter's list")
    country = models.CharField(max_length=2, blank=True)
    site = models.ForeignKey(Site, models.PROTECT, null=True, related_name="+")
    chain_end = models.CharField(max_length=16, choices=ChainEnd, blank=True)
    is_bought = models.BooleanField(default=False, help_text="an article line brought to be traced")
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(default=now)

    class Meta(Owned.Meta):
        """A reference stands once within its owner, never across owners: uniqueness would tell."""

        constraints = (
            models.UniqueConstraint(
                fields=("owner", "reference"), condition=~models.Q(reference=""), name="catalogue_reference_once"
            ),
        )

    def __str__(self) -> str:
        """Return the public id: no name."""
        return self.public_id


class Import(Owned):
    """A file that its owner brought: kept until it is imported or a day has passed; its report stays.

    `settings` holds the user's choices (sheet, header row, column to field), `sample` the first rows of a long file,
    `look` what it would do, `report` what came of it, `marked` the refused rows as a spreadsheet with their reasons,
    `undo` what stood before, for seven days.
    """

    class State(models.TextChoices):
        """Where the file is: looked at, in the worker's queue, in its hands, or at an end."""

        WAITING = "waiting"
        QUEUED = "queued"
        RUNNING = "running"
        DONE = "done"
        CANCELLED = "cancelled"
        FAILED = "failed"

    public_id = models.CharField(max_length=32, unique=True, default=new_public_id)
    file_name = models.CharField(max_length=200)
    shape = models.CharField(max_length=12, help_text="lines, contacts, sites or paths")
    state = models.CharField(max_length=9, choices=State, default=State.WAITING)
    reason = models.CharField(max_length=40, blank=True, help_text="the code of why it failed")
    rows = models.PositiveIntegerField(default=0, help_text="of its longest sheet: long files go to the worker")
    content = models.BinaryField(null=True)
    sample = models.BinaryField(null=True)
    settings = models.JSONField(default=dict)
    look = models.JSONField(default=dict)
    report = models.JSONField(default=dict)
    marked = models.BinaryField(null=True)
    undo = models.BinaryField(null=True)
    created_at = models.DateTimeField(default=now)
    done_at = models.DateTimeField(null=True)
    undone_at = models.DateTimeField(null=True)

    class Meta(Owned.Meta):
        """As any guarded table."""

    def __str__(self) -> str:
        """Return the public id: no file name."""
        return self.public_id


class ImportProgress(Owned):
    """How far the worker is with a file: a row of its own, so that it shows while the import is not yet committed.

    Who works on the file says so with `worker` and `beat_at`; where the beat stops, another takes it up again.
    """

    class Phase(models.TextChoices):
        """What the worker is at."""

        QUEUED = "queued"
        READING = "reading"
        CHECKING = "checking"
        WRITING = "writing"
        UNDOING = "undoing"
        PAIRING = "pairing"

    brought = models.OneToOneField(Import, models.CASCADE, related_name="+")
    phase = models.CharField(max_length=8, choices=Phase, default=Phase.QUEUED)
    rows_done = models.PositiveIntegerField(default=0)
    rows = models.PositiveIntegerField(default=0)
    person = models.ForeignKey("parties.Person", models.SET_NULL, null=True, related_name="+")
    language = models.CharField(max_length=5, blank=True, help_text="in which its report is written")
    worker = models.CharField(max_length=40, blank=True)
    beat_at = models.DateTimeField(default=now)
    tries = models.PositiveSmallIntegerField(default=0)
    cancel_asked_at = models.DateTimeField(null=True)

    class Meta(Owned.Meta):
        """As any guarded table."""

    def __str__(self) -> str:
        """Return the row's number."""
        return f"progress {self.pk}"


class ColumnsChosen(Owned):
    """What an owner chose last for a file of these headings, so that the next one opens the same way."""

    shape = models.CharField(max_length=12)
    headings = models.CharField(max_length=64, help_text="SHA-256 over the headings, folded, in alphabetical order")
    columns = models.JSONField(help_text="field by folded heading; empty: left out on purpose")
    kind = models.CharField(max_length=12, blank=True)
    used_at = models.DateTimeField(default=now)

    class Meta(Owned.Meta):
        """Once for an owner and a set of headings."""

        constraints = (models.UniqueConstraint(fields=("owner", "headings"), name="catalogue_columns_chosen_once"),)

    def __str__(self) -> str:
        """Return the row's number: no heading."""
        return f"columns chosen {self.pk}"


class FormerFacts(Owned):
    """What was said of an item before it was changed in a quarter: below level 3 it shows until the next one begins.

    A blank field was not said before: its first statement shows at once.
    """

    LENT_BY = ("item", "")

    item = models.ForeignKey(Item, models.CASCADE, related_name="+")
    until_on = models.DateField(help_text="the first day of the next quarter")
    country = models.CharField(max_length=2, blank=True)
    step = models.CharField(max_length=60, blank=True)
    family = models.CharField(max_length=60, blank=True)
    chain_end = models.CharField(max_length=16, choices=Item.ChainEnd, blank=True)

    class Meta(Owned.Meta):
        """Once for an item and a quarter."""

        constraints = (models.UniqueConstraint(fields=("item", "until_on"), name="catalogue_former_once"),)

    def __str__(self) -> str:
        """Return the row's number."""
        return f"former facts {self.pk}"
