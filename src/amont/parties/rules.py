"""Pure rules about people: what an address, a name, a role may be."""

from collections.abc import Mapping

from amont.kernel.viewer import Role

LONGEST_NAME = 120
LONGEST_FIRM = 200
INVITATION_DAYS = 14
LANGUAGES = ("fr", "en")


def folded(email: str) -> str:
    """Return the address as it is compared: no spaces around, lower case."""
    return email.strip().lower()


def keeps_an_admin(roles: Mapping[str, Role], person: str, becomes: Role | None) -> bool:
    """Tell whether an organization still has an admin once `person` has the role `becomes` (None: has left)."""
    after = {each: role for each, role in roles.items() if each != person}
    if becomes is not None:
        after[person] = becomes
    return Role.ADMIN in after.values()
