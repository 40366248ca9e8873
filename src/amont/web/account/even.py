"""What allauth asks the database for one kind of address only is asked here for the other: both cost the same."""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.auth_backends import AuthenticationBackend
from allauth.account.models import EmailAddress
from django.contrib.auth import get_user_model
from django.http import HttpRequest

NOBODY = 0
"""No person has this key."""


class Backend(AuthenticationBackend):  # type: ignore[misc]
    """A wrong password asks the same of an address with an account and of one without."""

    def authenticate(self, request: HttpRequest | None, **credentials: Any) -> Any:  # noqa: ANN401 - allauth's signature
        """Return the person, or None, in the same number of queries."""
        found = super().authenticate(request, **credentials)
        if found is None and credentials.get("password"):
            look_anyway(credentials.get("email") or "")
        return found


def look_anyway(email: str) -> None:
    """Look among people for a proved address too: allauth does so only for one that nobody proved."""
    if EmailAddress.objects.filter(email=email.lower(), verified=True).exists():
        list(get_user_model().objects.filter(email=email.lower()))


def link_to_nobody(email: str, tokens: Any) -> None:  # noqa: ANN401 - allauth's generator
    """Make a link to a new password that nobody gets, where no account is."""
    EmailAddress.objects.filter(user_id=NOBODY, email=email).exists()
    secret = tokens.make_token(get_user_model()(pk=NOBODY))
    get_adapter().get_reset_password_from_key_url(f"{NOBODY}-{secret}")
