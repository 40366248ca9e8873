"""Second factors of a person: passkeys, the application that shows codes, recovery codes."""

import base64
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal.flows import remove_authenticator
from cryptography.fernet import Fernet
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import gettext

from amont.kernel.errors import NotKnown


class Adapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Secrets of second factors are stored encrypted, under a key drawn from the operator's."""

    def encrypt(self, text: str) -> str:
        """Return what is stored of a secret."""
        return _box().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Return a secret from what is stored of it."""
        return _box().decrypt(encrypted_text.encode()).decode()

    def _get_site_name(self) -> str:
        return "Amont"

    def get_public_key_credential_user_entity(self, user: Any) -> dict[str, Any]:  # noqa: ANN401 - allauth's signature
        """Tell a passkey whose it is by the public id: row numbers tell how many others there are."""
        return {"id": user.public_id.encode(), "name": user.email, "display_name": user.name or user.email}

    def generate_authenticator_name(self, user: Any, type: Any) -> str:  # noqa: A002, ANN401, ARG002 - allauth's
        """Propose a name for a passkey."""
        return gettext("My passkey")


def _box() -> Fernet:
    return Fernet(base64.urlsafe_b64encode(sha256(f"second factors {settings.SECRET_KEY}".encode()).digest()))


@dataclass(frozen=True, slots=True)
class Key:
    """A passkey: its public id, the name that its owner gave it, since when, and when it was last used."""

    ref: str
    name: str
    added_at: datetime
    used_at: datetime | None


@dataclass(frozen=True, slots=True)
class Factors:
    """What a person proves itself with besides a password or its mailbox."""

    keys: tuple[Key, ...]
    has_app: bool
    codes_left: int

    @property
    def has_any(self) -> bool:
        """Whether signing in asks for a second one."""
        return bool(self.keys) or self.has_app


def factors_of(person: int) -> Factors:
    """Return the second factors of a person (its key)."""
    rows = list(Authenticator.objects.filter(user_id=person).order_by("created_at", "pk"))
    keys = tuple(
        Key(_ref(row), row.wrap().name, row.created_at, row.last_used_at) for row in rows if row.type == "webauthn"
    )
    return Factors(keys, any(row.type == "totp" for row in rows), len(codes_of(person)))


def has_password(request: HttpRequest) -> bool:
    """Tell whether the signed-in person chose a password."""
    return request.user.is_authenticated and request.user.has_usable_password()


def codes_of(person: int) -> list[str]:
    """Return the recovery codes of a person that were not used yet."""
    row = Authenticator.objects.filter(user_id=person, type="recovery_codes").first()
    return list(row.wrap().get_unused_codes()) if row else []


@transaction.atomic
def drop_key(request: HttpRequest, ref: str) -> None:
    """Remove one's own passkey. Raises `NotKnown` where one has none of this id."""
    rows = Authenticator.objects.filter(user_id=request.user.pk, type="webauthn")
    row = next((each for each in rows if _ref(each) == ref), None)
    if row is None:
        raise NotKnown
    remove_authenticator(request, row)


def _ref(row: Authenticator) -> str:
    return str(row.data["credential"]["id"])
