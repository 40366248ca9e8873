"""Tables of who exists: organizations, people, memberships, colleagues invited, access tokens of programs."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from amont.kernel.clock import now
from amont.kernel.ids import new_public_id
from amont.kernel.viewer import Role

ROLES = [(role.value, role.value) for role in Role]


class Organization(models.Model):
    """One legal entity with an account of its own."""

    CLASSIFIED = "internal: read for its own people by parties.read, for others by sight alone"

    class Check(models.TextChoices):
        """How the organization's identity was checked."""

        NONE = "none"
        LETTER = "letter"
        COORDINATOR = "coordinator"
        BUYER = "buyer"
        WORLD = "world"

    public_id = models.CharField(max_length=32, unique=True, default=new_public_id)
    name = models.CharField(max_length=200)
    country = models.CharField(max_length=2, help_text="ISO 3166-1 alpha-2 of the registered address")
    registry_id = models.CharField(max_length=40, blank=True)
    checked_by = models.CharField(max_length=12, choices=Check, default=Check.NONE)
    created_at = models.DateTimeField(default=now)

    def __str__(self) -> str:
        """Return the public id: no name."""
        return self.public_id


class PersonManager(BaseUserManager["Person"]):
    """Makes people; there is no superuser."""

    def create_user(self, email: str, password: str | None = None, **fields: str) -> "Person":
        """Make a person who signs in with this address; without a password, by mail link only."""
        person = self.model(email=self.normalize_email(email).lower(), **fields)
        person.set_password(password)
        person.save(using=self._db)
        return person


class Person(AbstractBaseUser):
    """One human being with an address; acts for one organization at a time."""

    CLASSIFIED = "internal: its own page, its colleagues, and nobody else"

    public_id = models.CharField(max_length=32, unique=True, default=new_public_id)
    email = models.EmailField(unique=True)
    name = models.CharField(max_length=120, blank=True)
    language = models.CharField(max_length=5, default="fr")
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(default=now)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects: ClassVar[PersonManager] = PersonManager()

    def __str__(self) -> str:
        """Return the public id: no address."""
        return self.public_id


class Membership(models.Model):
    """A person's role in an organization."""

    CLASSIFIED = "internal: read for the organization's own people"

    person = models.ForeignKey(Person, models.CASCADE, related_name="memberships")
    organization = models.ForeignKey(Organization, models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=12, choices=ROLES)
    since_at = models.DateTimeField(default=now)

    class Meta:
        """A person has one role in an organization."""

        constraints = (models.UniqueConstraint(fields=("person", "organization"), name="parties_one_role"),)

    def __str__(self) -> str:
        """Return the row's number."""
        return f"membership {self.pk}"


class ColleagueInvitation(models.Model):
    """An organization's admin asks a colleague in: by mail, single use, expiring, bound to the address."""

    CLASSIFIED = "internal: read for the organization's own admins"

    public_id = models.CharField(max_length=32, unique=True, default=new_public_id)
    organization = models.ForeignKey(Organization, models.CASCADE, related_name="+")
    email = models.EmailField()
    role = models.CharField(max_length=12, choices=ROLES)
    token_digest = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(default=now)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        """Return the public id: no address."""
        return self.public_id


class Token(models.Model):
    """A program acts for an organization by this secret, within its scopes, until it expires or is revoked."""

    CLASSIFIED = "internal: read for the organization's own admins, and found by its digest when the API is asked"

    public_id = models.CharField(max_length=32, unique=True, default=new_public_id)
    organization = models.ForeignKey(Organization, models.CASCADE, related_name="+")
    name = models.CharField(max_length=80)
    digest = models.CharField(max_length=64, unique=True, help_text="SHA-256 of the secret, which is shown once")
    scopes = models.JSONField(default=list, help_text="names of rules.SCOPES")
    made_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(default=now)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    used_at = models.DateTimeField(null=True, help_text="last use, to the hour")

    class Meta:
        """It ends after it began."""

        constraints = (
            models.CheckConstraint(
                condition=models.Q(expires_at__gt=models.F("created_at")), name="parties_token_ends"
            ),
        )

    def __str__(self) -> str:
        """Return the public id."""
        return self.public_id


class KeptAnswer(models.Model):
    """What a program was answered to a request that bore a key: sent again with this key, it gets the same answer."""

    CLASSIFIED = "internal: what one token was answered, given again to the same token alone, for a day"

    token = models.ForeignKey(Token, models.CASCADE, related_name="+")
    key = models.CharField(max_length=255)
    digest = models.CharField(max_length=64, help_text="SHA-256 of method, path and body")
    status = models.PositiveSmallIntegerField(default=0)
    media_type = models.CharField(max_length=80, blank=True)
    body = models.TextField(blank=True)
    kept_at = models.DateTimeField(default=now)

    class Meta:
        """A key stands for one request of one token."""

        constraints = (models.UniqueConstraint(fields=("token", "key"), name="parties_answer_once"),)

    def __str__(self) -> str:
        """Return the row's number."""
        return f"kept answer {self.pk}"


class Staff(models.Model):
    """A person works for the platform's operator until a moment: it sees accounts and deliveries, no content."""

    CLASSIFIED = "internal: read by the doors of the operator's own pages"

    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    reason = models.CharField(max_length=300)
    since_at = models.DateTimeField(default=now)
    until_at = models.DateTimeField()

    def __str__(self) -> str:
        """Return the row's number."""
        return f"staff {self.pk}"


class Letter(models.Model):
    """A code was sent by letter to a firm's registered address; who enters it shows that the firm has that address."""

    CLASSIFIED = "internal: nobody reads it; what is entered is held against it"

    organization = models.ForeignKey(Organization, models.CASCADE, related_name="+")
    digest = models.CharField(max_length=64, help_text="SHA-256 of the code, which stands in the letter alone")
    tries = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField(default=now)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        """Return the row's number."""
        return f"letter {self.pk}"
