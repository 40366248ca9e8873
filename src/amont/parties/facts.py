"""What a face may hold of organizations and people."""

from dataclasses import dataclass

from amont.kernel.viewer import Role


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


@dataclass(frozen=True, slots=True)
class Choice:
    """An organization that a person may act for."""

    organization: str
    name: str
    role: Role


@dataclass(frozen=True, slots=True)
class Colleague:
    """A person of one's own organization, or one invited (then `person` is empty)."""

    person: str
    name: str
    email: str
    role: Role
    waiting: bool
