"""Tables of chains: links, request marks, inputs and their sources, own book and claims, invitations."""

from django.db import models

from amont.catalogue.models import Item
from amont.disclosure.guard import Guarded, Owned
from amont.kernel.clock import now
from amont.kernel.ids import new_public_id
from amont.kernel.viewer import Viewer


class Contact(Owned):
    """A firm in its owner's own book, as the owner wrote it; the owner alone sees it (a claim)."""

    public_id = models.CharField(max_length=32, unique=True, default=new_public_id)
    name = models.CharField(max_length=200)
    country = models.CharField(max_length=2, blank=True)
    group = models.CharField(max_length=200, blank=True, help_text="parent company, as written")
    registry_id = models.CharField(max_length=40, blank=True)
    person = models.CharField(max_length=120, blank=True)
    email = models.EmailField(blank=True)
    language = models.CharField(max_length=5, default="fr")
    folded = models.CharField(max_length=200, help_text="name without case, accents and punctuation, for matching")
    created_at = models.DateTimeField(default=now)

    class Meta(Owned.Meta):
        """A firm of one name and country stands once in a book."""

        constraints = (models.UniqueConstraint(fields=("owner", "folded", "country"), name="chain_contact_once"),)

    def __str__(self) -> str:
        """Return the public id: no name."""
        return self.public_id


class Link(Guarded):
    """Buyer's item uses supplier's item; at most one for a pair of items. Both sides own it, each sees its own end.

    `family` is the supplier item's as both accepted it; `charter` the version shown then. Only an accepted link is
    walked, from `accepted_at` on (none: ever since). Between items of one organization a declared one is walked too.
    """

    LENT_BY = ("id", "chain.Source.link")

    class Status(models.TextChoices):
        """Where the link is."""

        DECLARED = "declared"
        ACCEPTED = "accepted"
        DECLINED = "declined"
        ENDED = "ended"

    public_id = models.CharField(max_length=32, unique=True, default=new_public_id)
    buyer = models.ForeignKey("parties.Organization", models.PROTECT, related_name="+")
    supplier = models.ForeignKey("parties.Organization", models.PROTECT, related_name="+")
    buyer_item = models.ForeignKey(Item, models.PROTECT, related_name="+")
    supplier_item = models.ForeignKey(Item, models.PROTECT, related_name="+")
    charter = models.ForeignKey("consortia.Charter", models.PROTECT, related_name="+")
    status = models.CharField(max_length=8, choices=Status)
    accepted_at = models.DateTimeField(null=True)
    family = models.CharField(max_length=60, blank=True)
    reference = models.CharField(max_length=200, blank=True, help_text="the buyer's, for the mapping; both see it")

    class Meta(Guarded.Meta):
        """One link for a pair of items, never from an item to itself."""

        constraints = (
            models.UniqueConstraint(fields=("buyer_item", "supplier_item"), name="chain_link_once"),
            models.CheckConstraint(
                condition=~models.Q(buyer_item=models.F("supplier_item")), name="chain_link_not_to_itself"
            ),
        )

    def __str__(self) -> str:
        """Return the public id."""
        return self.public_id

    @classmethod
    def visible_to(cls, viewer: Viewer) -> models.Q:
        """Both sides know the link."""
        return models.Q(buyer_id=viewer.organization_id) | models.Q(supplier_id=viewer.organization_id)


class RequestMark(Guarded):
    """That a buyer asked over a link: all that the walk knows of a request."""

    class Status(models.TextChoices):
        """Only answered makes a requester; closed counts as once answered when looking back."""

        OPEN = "open"
        ANSWERED = "answered"
        CLOSED = "closed"

    link = models.ForeignKey(Link, models.PROTECT, related_name="+")
    asker = models.ForeignKey("parties.Organization", models.PROTECT, related_name="+")
    status = models.CharField(max_length=8, choices=Status, default=Status.OPEN)
    passed = models.BooleanField(default=False, help_text="the buyer passed on what it was asked")

    class Meta(Guarded.Meta):
        """As any guarded table."""

    def __str__(self) -> str:
        """Return the row's number."""
        return f"request mark {self.pk}"

    @classmethod
    def visible_to(cls, viewer: Viewer) -> models.Q:
        """Show it to the asker; the asked knows it by its task."""
        return models.Q(asker_id=viewer.organization_id)


class Input(Owned):
    """One thing an item is made from, by name ("fragrance base", "cap"); a bought line has one without a name."""

    LENT_BY = ("item", "")

    public_id = models.CharField(max_length=32, unique=True, default=new_public_id)
    item = models.ForeignKey(Item, models.CASCADE, related_name="inputs")
    name = models.CharField(max_length=120, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    stock_weeks = models.PositiveSmallIntegerField(null=True, help_text="level 4")
    switch_months = models.PositiveSmallIntegerField(null=True, help_text="level 4")

    class Meta(Owned.Meta):
        """An item names an input once."""

        ordering = ("position", "pk")
        constraints = (models.UniqueConstraint(fields=("item", "name"), name="chain_input_once"),)

    def __str__(self) -> str:
        """Return the public id."""
        return self.public_id


class Source(Owned):
    """One alternative source of an input: an own item, a firm asked, or a firm merely stated.

    Until a link stands in its place it is the owner's statement (stated source): country, step, family, chain end
    and whether the firm was asked show to others; the contact never does.
    """

    LENT_BY = ("input", "chain.Input.id")

    public_id = models.CharField(max_length=32, unique=True, default=new_public_id)
    input = models.ForeignKey(Input, models.CASCADE, related_name="sources")
    contact = models.ForeignKey(Contact, models.PROTECT, null=True, related_name="+")
    link = models.ForeignKey(Link, models.PROTECT, null=True, related_name="+")
    country = models.CharField(max_length=2, blank=True)
    step = models.CharField(max_length=60, blank=True)
    family = models.CharField(max_length=60, blank=True)
    chain_end = models.CharField(max_length=16, choices=Item.ChainEnd, blank=True)
    supplier_reference = models.CharField(max_length=120, blank=True, help_text="the supplier's own, if known")
    asked_at = models.DateTimeField(null=True)
    refused_at = models.DateTimeField(null=True, help_text="told to the owner alone")
    confirmed_at = models.DateTimeField(null=True, help_text="the firm confirmed the statement, without an account")
    former = models.JSONField(default=dict, help_text="codes before a change: they show below level 3 until then")
    former_until_on = models.DateField(null=True, help_text="the first day of the quarter after the change")
    created_at = models.DateTimeField(default=now)

    class Meta(Owned.Meta):
        """A contact stands once as a source of an input."""

        constraints = (
            models.UniqueConstraint(
                fields=("input", "contact"), condition=models.Q(contact__isnull=False), name="chain_source_once"
            ),
        )

    def __str__(self) -> str:
        """Return the public id."""
        return self.public_id


class ClaimedPlace(Owned):
    """A place of a firm in its owner's book: a site or facility, as the owner wrote it."""

    public_id = models.CharField(max_length=32, unique=True, default=new_public_id)
    contact = models.ForeignKey(Contact, models.PROTECT, related_name="places")
    name = models.CharField(max_length=200, blank=True)
    external_id = models.CharField(max_length=60, blank=True)
    identifiers = models.JSONField(default=dict, help_text="other identifiers, normalized, by kind: gln, uml, os_id")
    address = models.CharField(max_length=300, blank=True)
    town = models.CharField(max_length=120, blank=True)
    region = models.CharField(max_length=120, blank=True)
    country = models.CharField(max_length=2, blank=True)
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    point_written = models.CharField(max_length=80, blank=True, help_text="the point as written, where read otherwise")
    step = models.CharField(max_length=60, blank=True)
    family = models.CharField(max_length=60, blank=True)
    folded = models.CharField(max_length=200)
    details = models.JSONField(default=dict, help_text="what else its owner's file said of it, column by column")

    class Meta(Owned.Meta):
        """A firm's place of one name and identifier stands once."""

        constraints = (
            models.UniqueConstraint(fields=("contact", "folded", "external_id"), name="chain_claimed_place_once"),
        )

    def __str__(self) -> str:
        """Return the public id."""
        return self.public_id


class ClaimedPath(Owned):
    """One supply path above an own item, as its owner states it: places from the direct supplier upward."""

    item = models.ForeignKey(Item, models.CASCADE, related_name="claimed_paths")
    fingerprint = models.CharField(max_length=64, help_text="SHA-256 over the places' public ids in order")
    details = models.JSONField(default=dict, help_text="what else its owner's file said of it, column by column")
    created_at = models.DateTimeField(default=now)

    class Meta(Owned.Meta):
        """A path stands once above an item."""

        constraints = (models.UniqueConstraint(fields=("item", "fingerprint"), name="chain_claimed_path_once"),)

    def __str__(self) -> str:
        """Return the row's number."""
        return f"claimed path {self.pk}"


class ClaimedStep(Owned):
    """One place on a claimed path; position 1 is the direct supplier."""

    path = models.ForeignKey(ClaimedPath, models.CASCADE, related_name="steps")
    position = models.PositiveSmallIntegerField()
    place = models.ForeignKey(ClaimedPlace, models.PROTECT, related_name="+")

    class Meta(Owned.Meta):
        """A position stands once on a path."""

        ordering = ("path_id", "position")
        constraints = (models.UniqueConstraint(fields=("path", "position"), name="chain_claimed_step_once"),)

    def __str__(self) -> str:
        """Return the row's number."""
        return f"claimed step {self.pk}"


class Alike(Owned):
    """Two rows of one's own book that may be one, with the reasons: merged by a click, or known to be different."""

    class Kind(models.TextChoices):
        """What the two are: firms of the book, facilities of such firms, or own sites."""

        FIRM = "firm"
        PLACE = "place"
        SITE = "site"

    public_id = models.CharField(max_length=32, unique=True, default=new_public_id)
    kind = models.CharField(max_length=5, choices=Kind)
    one = models.CharField(max_length=32, help_text="public id, the lesser of the two")
    other = models.CharField(max_length=32, help_text="public id, the greater of the two")
    score = models.PositiveSmallIntegerField(help_text="0 to 100")
    reasons = models.JSONField(default=list, help_text="codes with what fills their words")
    different_at = models.DateTimeField(null=True, help_text="its owner said that they are two")

    class Meta(Owned.Meta):
        """A pair stands once."""

        constraints = (models.UniqueConstraint(fields=("owner", "kind", "one", "other"), name="chain_alike_once"),)

    def __str__(self) -> str:
        """Return the public id."""
        return self.public_id


class Merge(Owned):
    """That two rows of one's own book were made one: what the row that went was known by, and all to undo it."""

    public_id = models.CharField(max_length=32, unique=True, default=new_public_id)
    kind = models.CharField(max_length=5, choices=Alike.Kind)
    kept = models.CharField(max_length=32, help_text="public id")
    gone = models.CharField(max_length=32, help_text="public id, given again when undone")
    names = models.JSONField(default=list, help_text="how the two were written: the one kept, the one gone")
    before = models.JSONField(default=dict, help_text="what stood before, and what was moved")
    created_at = models.DateTimeField(default=now)
    undone_at = models.DateTimeField(null=True)

    class Meta(Owned.Meta):
        """As any guarded table."""

    def __str__(self) -> str:
        """Return the public id: no name."""
        return self.public_id


class Invitation(Owned):
    """What a firm, with or without an account, is asked by mail; bound to one address, used once, expiring."""

    public_id = models.CharField(max_length=32, unique=True, default=new_public_id)
    contact = models.ForeignKey(Contact, models.PROTECT, related_name="+")
    email = models.EmailField()
    language = models.CharField(max_length=5)
    created_at = models.DateTimeField(default=now)
    expires_at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True)
    used_at = models.DateTimeField(null=True)
    declined_at = models.DateTimeField(null=True)
    cancelled_at = models.DateTimeField(null=True)
    forwards = models.PositiveSmallIntegerField(default=0, help_text="how often it was passed on to a colleague")
    accepted_by = models.ForeignKey("parties.Organization", models.PROTECT, null=True, related_name="+")

    class Meta(Owned.Meta):
        """As any guarded table."""

    def __str__(self) -> str:
        """Return the public id: no address."""
        return self.public_id


class InvitationKey(Owned):
    """The secret of one mailed link: it alone proves that its holder reads the address. Stored as a digest."""

    invitation = models.ForeignKey(Invitation, models.CASCADE, related_name="keys")
    digest = models.CharField(max_length=64, unique=True)
    mail = models.CharField(max_length=160, help_text="the cause of the mail that carries it")
    created_at = models.DateTimeField(default=now)
    ended_at = models.DateTimeField(null=True, help_text="passed on to a colleague, whose link stands in its place")

    class Meta(Owned.Meta):
        """As any guarded table."""

    def __str__(self) -> str:
        """Return the row's number."""
        return f"invitation key {self.pk}"


class WorldKey(models.Model):
    """The key that a world file gave to a row, kept for the conformance commands."""

    CLASSIFIED = "internal: read by the operator's conformance commands alone"

    kind = models.CharField(max_length=12)
    key = models.CharField(max_length=64)
    row = models.BigIntegerField()

    class Meta:
        """A key stands once within its kind."""

        constraints = (models.UniqueConstraint(fields=("kind", "key"), name="chain_world_key_once"),)

    def __str__(self) -> str:
        """Return the row's number."""
        return f"world key {self.pk}"
