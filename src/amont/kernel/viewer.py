"""Who looks: a person, always on behalf of exactly one organization."""

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What a person may do for an organization."""

    ADMIN = "admin"
    CONTRIBUTOR = "contributor"
    READER = "reader"


@dataclass(frozen=True, slots=True)
class Viewer:
    """The organization on whose behalf somebody looks or acts, and that somebody.

    `organization_id` and `person_id` are database keys; `person_id` is None for an act of the software itself
    (a task, the demo) or of a program that holds an access token: then `token` is the token's public id. `role` is
    that of the person in this organization; a token's is contributor or reader, whoever made it.
    """

    organization_id: int
    person_id: int | None = None
    role: Role = Role.ADMIN
    token: str = ""

    @property
    def may_write(self) -> bool:
        """Tell whether this person may change anything for the organization."""
        return self.role is not Role.READER

    @property
    def may_administer(self) -> bool:
        """Tell whether this person may invite colleagues and change the organization itself."""
        return self.role is Role.ADMIN
