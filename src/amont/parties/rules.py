"""Pure rules about people: what an address, a name, a role may be."""

from collections.abc import Iterable, Mapping
from datetime import timedelta

from amont.kernel.viewer import Role

LONGEST_NAME = 120
LONGEST_FIRM = 200
INVITATION_DAYS = 14
LANGUAGES = ("fr", "en")
LONGEST_TOKEN_NAME = 80
SCOPES = (
    "lines:read",
    "lines:write",
    "requests:read",
    "requests:write",
    "answers:read",
    "answers:write",
    "grants:read",
    "grants:write",
    "view:read",
    "coverage:read",
)
"""What a token may be allowed, resource by resource; to write is not to read."""
TOKEN_DAYS = (30, 90, 180, 365)
NOTED_AGAIN = timedelta(hours=1)
KEPT_FOR = timedelta(days=1)


def folded(email: str) -> str:
    """Return the address as it is compared: no spaces around, lower case."""
    return email.strip().lower()


def keeps_an_admin(roles: Mapping[str, Role], person: str, becomes: Role | None) -> bool:
    """Tell whether an organization still has an admin once `person` has the role `becomes` (None: has left)."""
    after = {each: role for each, role in roles.items() if each != person}
    if becomes is not None:
        after[person] = becomes
    return Role.ADMIN in after.values()


def role_of(scopes: Iterable[str]) -> Role:
    """Return the role of a program with these scopes: it never administers, and writes only where one lets it."""
    return Role.CONTRIBUTOR if any(each.endswith(":write") for each in scopes) else Role.READER


LETTER_DAYS = 60
CODE_LENGTH = 12
MOST_TRIES = 5


def spelt(code: str) -> str:
    """Return a code as a letter writes it: capitals, four by four."""
    return "-".join(code[at : at + 4] for at in range(0, len(code), 4)).upper()


def bare(code: str) -> str:
    """Return a code as it is compared: without dashes and spaces, in small letters."""
    return "".join(each for each in code.lower() if each.isalnum())
