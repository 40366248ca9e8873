"""Signing in through one's own company (OpenID Connect).

No page says which companies do so. The company's own address holds an id that nobody guesses; it is told to its people
by the company, and by the mail with the code that anybody of its domain asks for.
"""

from typing import Any

from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse


class Adapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """A company speaks for addresses of its own domains, and for no others; nobody signs up through it.

    Nothing is connected for good: each time the address alone tells who it is.
    """

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:  # noqa: ANN401, ARG002 - allauth's
        """Accounts come from an invitation, here as anywhere."""
        return False

    def can_authenticate_by_email(self, login: Any, email: str) -> bool:  # noqa: ANN401 - allauth's signature
        """Tell whether the company that answered speaks for this address."""
        return company_of(email) == str(login.provider.app.provider_id)


def company_of(email: str) -> str:
    """Return the id of the company that signs the people of this domain in; empty for none."""
    domains: dict[str, str] = settings.OIDC_DOMAINS
    return domains.get(email.rpartition("@")[2].lower(), "")


def address_for(email: str) -> str:
    """Return the whole address at which the holder of a mailbox signs in through its company; empty for none."""
    found = company_of(email)
    return settings.BASE_URL + reverse("openid_connect_login", args=[found]) if found else ""
