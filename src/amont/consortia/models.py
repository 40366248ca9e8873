"""Tables of consortia: charter by version, floors, participation, seats offered, decisions."""

from django.db import models

from amont.kernel.clock import now
from amont.kernel.ids import new_public_id


class Consortium(models.Model):
    """A group of organizations that trace together under one charter."""

    CLASSIFIED = "internal: read for its participants and for those it invites"

    public_id = models.CharField(max_length=32, unique=True, default=new_public_id)
    name = models.CharField(max_length=200)
    template = models.CharField(max_length=20, help_text="the sector template it was founded from")
    founded_at = models.DateTimeField(default=now)

    def __str__(self) -> str:
        """Return the public id."""
        return self.public_id


class Charter(models.Model):
    """One version of a consortium's rules: defaults, lists of codes, targets, thresholds, first questions.

    `families`, `steps`, `schemes` are lists of {"code", "fr", "en"}; a family may add {"at_risk": true}.
    `questions` is the list of codes of what an answer is asked for. `thresholds` are those of publications.
    """

    CLASSIFIED = "internal: read for its participants and for those it invites"

    consortium = models.ForeignKey(Consortium, models.PROTECT, related_name="charters")
    version = models.PositiveIntegerField(default=1)
    in_force_from = models.DateTimeField(default=now)
    customers = models.PositiveSmallIntegerField(default=3)
    requesters = models.PositiveSmallIntegerField(default=2)
    chain = models.PositiveSmallIntegerField(default=1)
    families = models.JSONField(default=list)
    steps = models.JSONField(default=list)
    schemes = models.JSONField(default=list)
    questions = models.JSONField(default=list)
    thresholds = models.JSONField(default=dict)
    target_partners = models.PositiveIntegerField(default=0)
    target_lines = models.PositiveIntegerField(default=0)
    target_on = models.DateField(null=True)
    quorum = models.PositiveSmallIntegerField(default=50, help_text="percent of the members that must have voted")
    majority = models.PositiveSmallIntegerField(default=50, help_text="percent of yes and no that yes must exceed")
    notice_days = models.PositiveSmallIntegerField(default=30, help_text="from a proposal to the count of its votes")
    proposal = models.OneToOneField(
        "Proposal", models.PROTECT, null=True, related_name="charter", help_text="counts only once this is adopted"
    )

    class Meta:
        """One row a version; levels are 0 to 4."""

        constraints = (
            models.CheckConstraint(
                condition=models.Q(quorum__gte=1, quorum__lte=100, majority__gte=50, majority__lt=100),
                name="consortia_voting",
            ),
            models.UniqueConstraint(fields=("consortium", "version"), name="consortia_charter_version"),
            models.CheckConstraint(
                condition=models.Q(customers__lte=4, requesters__lte=4, chain__lte=4), name="consortia_levels"
            ),
        )

    def __str__(self) -> str:
        """Return the version's number."""
        return f"charter {self.version}"


class Floor(models.Model):
    """The least that members get, as requesters, of a family of items, for links accepted from a moment on."""

    CLASSIFIED = "internal: part of the charter"

    charter = models.ForeignKey(Charter, models.PROTECT, related_name="floors")
    family = models.CharField(max_length=60)
    level = models.PositiveSmallIntegerField()
    holds_from = models.DateTimeField()

    class Meta:
        """Levels are 0 to 4."""

        constraints = (models.CheckConstraint(condition=models.Q(level__lte=4), name="consortia_floor_level"),)

    def __str__(self) -> str:
        """Return the row's number."""
        return f"floor {self.pk}"


class Participation(models.Model):
    """An organization takes part in a consortium: as member, as partner (supplier), as coordinator."""

    CLASSIFIED = "internal: members know the members; partners are known by sight alone"

    consortium = models.ForeignKey(Consortium, models.PROTECT, related_name="participations")
    organization = models.ForeignKey("parties.Organization", models.PROTECT, related_name="participations")
    is_member = models.BooleanField(default=False)
    is_coordinator = models.BooleanField(default=False)
    joined_at = models.DateTimeField(default=now)
    helped_from = models.DateTimeField(null=True, help_text="accepted the coordinator's help then; none: does not")

    class Meta:
        """An organization takes part once."""

        constraints = (models.UniqueConstraint(fields=("consortium", "organization"), name="consortia_one_seat"),)

    def __str__(self) -> str:
        """Return the row's number."""
        return f"participation {self.pk}"


class Seat(models.Model):
    """An invitation to join as a member: by mail, single use, expiring, bound to the address (see tokens)."""

    CLASSIFIED = "internal: read for the consortium's coordinators"

    public_id = models.CharField(max_length=32, unique=True, default=new_public_id)
    consortium = models.ForeignKey(Consortium, models.PROTECT, related_name="seats")
    firm = models.CharField(max_length=200, help_text="the firm's name as the coordinator wrote it")
    email = models.EmailField()
    language = models.CharField(max_length=5, default="fr")
    offered_by = models.ForeignKey("parties.Person", models.SET_NULL, null=True, related_name="+")
    offered_for = models.ForeignKey("parties.Organization", models.PROTECT, related_name="+")
    mailed = models.PositiveSmallIntegerField(default=1, help_text="how many times the link was mailed")
    mailed_at = models.DateTimeField(default=now)
    created_at = models.DateTimeField(default=now)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        """An address is asked once for a consortium."""

        constraints = (models.UniqueConstraint(fields=("consortium", "email"), name="consortia_seat_once"),)

    def __str__(self) -> str:
        """Return the public id: no address."""
        return self.public_id


class Proposal(models.Model):
    """A change that members decide: a kind and a payload, a notice until votes are counted, a day from which it holds.

    Whether it is adopted is counted from its votes once `closes_at` has come, by whoever asks; `outcome` keeps the
    count. How votes are counted is kept from the charter under which it was proposed.
    """

    CLASSIFIED = "internal: read for the members of its consortium"

    class Kind(models.TextChoices):
        """What is to change."""

        CHARTER = "charter"
        QUESTIONS = "questions"

    class Outcome(models.TextChoices):
        """What came of it."""

        OPEN = "open"
        ADOPTED = "adopted"
        REJECTED = "rejected"
        WITHDRAWN = "withdrawn"

    public_id = models.CharField(max_length=32, unique=True, default=new_public_id)
    consortium = models.ForeignKey(Consortium, models.PROTECT, related_name="proposals")
    kind = models.CharField(max_length=12, choices=Kind)
    payload = models.JSONField(default=dict)
    reason = models.CharField(max_length=1000)
    base = models.ForeignKey(Charter, models.PROTECT, related_name="+", help_text="the version that it changes")
    proposed_by = models.ForeignKey("parties.Organization", models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField(default=now)
    closes_at = models.DateTimeField()
    in_force_from = models.DateTimeField()
    quorum = models.PositiveSmallIntegerField()
    majority = models.PositiveSmallIntegerField()
    outcome = models.CharField(max_length=9, choices=Outcome, default=Outcome.OPEN)
    settled_at = models.DateTimeField(null=True)

    class Meta:
        """Votes are counted after the notice and before it holds."""

        constraints = (
            models.CheckConstraint(
                condition=models.Q(closes_at__gt=models.F("proposed_at"), in_force_from__gte=models.F("closes_at")),
                name="consortia_notice",
            ),
        )

    def __str__(self) -> str:
        """Return the public id."""
        return self.public_id


class Vote(models.Model):
    """One member's vote; there is a row for each firm that was a member when the notice was given."""

    CLASSIFIED = "internal: each member reads its own; all read the count once the notice is over"

    class Said(models.TextChoices):
        """What a member said."""

        NOTHING = "nothing"
        YES = "yes"
        NO = "no"
        ABSTAIN = "abstain"

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="votes")
    organization = models.ForeignKey("parties.Organization", models.PROTECT, related_name="+")
    said = models.CharField(max_length=7, choices=Said, default=Said.NOTHING)
    said_at = models.DateTimeField(null=True)

    class Meta:
        """Each member has one vote."""

        constraints = (models.UniqueConstraint(fields=("proposal", "organization"), name="consortia_one_vote"),)

    def __str__(self) -> str:
        """Return the row's number."""
        return f"vote {self.pk}"
