"""What a face may hold of organizations and people."""

from dataclasses import dataclass
from datetime import date, datetime

from amont.kernel.viewer import Role, Viewer


@dataclass(frozen=True, slots=True)
class Me:
    """The person who looks, and the organization it acts for."""

    person_name: str
    person_email: str
    organization: str
    organization_name: str
    country: str
    role: Role
    other_organizations: int
    checked_by: str
    person: str = ""
    language: str = "fr"


@dataclass(frozen=True, slots=True)
class Choice:
    """An organization that a person may act for."""

    organization: str
    name: str
    role: Role


@dataclass(frozen=True, slots=True)
class Colleague:
    """A person of one's own organization, or one invited: then `person` is empty, `until` is the link's last day."""

    person: str
    name: str
    email: str
    role: Role
    waiting: bool
    invitation: str = ""
    is_me: bool = False
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Welcome:
    """What a colleague reads who opens the mailed link: `refusal` says in words why it does not work any more."""

    organization_name: str
    email: str
    role: Role
    invited_by: str
    refusal: str
    other_account: bool


@dataclass(frozen=True, slots=True)
class TokenFact:
    """An access token as its organization's admins know it; the secret is nowhere. `used_at` is to the hour.

    `state` is live, expired or revoked.
    """

    token: str
    name: str
    scopes: tuple[str, ...]
    made_by: str
    created_at: datetime
    expires_at: datetime
    used_at: datetime | None
    state: str


@dataclass(frozen=True, slots=True)
class Bearer:
    """Who comes with a token that works: as whom it looks, and what it may. `key` is a database key, never shown."""

    viewer: Viewer
    scopes: frozenset[str]
    key: int


@dataclass(frozen=True, slots=True)
class Answered:
    """What a program was answered before."""

    status: int
    media_type: str
    body: str


@dataclass(frozen=True, slots=True)
class Account:
    """A person's seat in a firm, as the operator's staff sees it."""

    organization: str
    country: str
    is_checked: bool
    email: str
    role: str
    since_at: datetime
    signed_in_at: datetime | None


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter that checks who a firm is: to whom and where, the code that stands in it, and its last day."""

    organization_name: str
    country: str
    address: str
    code: str
    until: date
