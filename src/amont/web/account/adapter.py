"""How django-allauth behaves here."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest
from django.utils.http import base36_to_int
from django.utils.translation import get_language

from amont.kernel import ids
from amont.ledger import actions as ledger
from amont.parties import read as parties
from amont.post import actions as post
from amont.web.account.companies import address_for

FACTORS = {
    "mfa/email/totp_activated": "add_app",
    "mfa/email/totp_deactivated": "remove_app",
    "mfa/email/webauthn_added": "add_passkey",
    "mfa/email/webauthn_removed": "remove_passkey",
    "mfa/email/recovery_codes_generated": "make_recovery_codes",
}
"""What the ledger calls a change of second factors, by the mail that tells of it."""


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Mail of sign-in leaves through the outbox like any other; nobody signs up without an invitation."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 - allauth's signature
        """Accounts come from an invitation, or from founding a consortium."""
        return False

    def set_password(self, user: Any, password: str) -> None:  # noqa: ANN401 - allauth's signature
        """Set a password, with its line in the ledger."""
        with transaction.atomic():
            super().set_password(user, password)
            ledger.append(parties.viewer_of(user.pk), "set_password")

    def get_reset_password_from_key_url(self, key: str) -> str:
        """Return the link to a new password; allauth's names the row's number, which would tell how many there are."""
        number, _, secret = key.partition("-")
        person = parties.id_of_person(base36_to_int(number))
        return str(super().get_reset_password_from_key_url(f"{person}-{secret}"))

    def confirm_email(self, request: HttpRequest, email_address: Any) -> bool:  # noqa: ANN401 - allauth's signature
        """Take an address as proved, with its line in the ledger."""
        with transaction.atomic():
            proved = bool(super().confirm_email(request, email_address))
            if proved:
                ledger.append(parties.viewer_of(email_address.user_id), "prove_address")
        return proved

    def send_notification_mail(self, template_prefix: str, user: Any, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401
        """Tell a person what changed about signing in; a change of second factors has its line in the ledger."""
        with transaction.atomic():
            if template_prefix in FACTORS:
                ledger.append(parties.viewer_of(user.pk), FACTORS[template_prefix])
            super().send_notification_mail(template_prefix, user, *args, **kwargs)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Render allauth's text and write it into the outbox."""
        more = {"email": email, "base_url": settings.BASE_URL, "company_url": address_for(email)}
        message = self.render_mail(template_prefix, email, {**context, **more})
        with transaction.atomic():
            post.write(
                cause=f"sign-in {ids.new_public_id()}",
                to=email,
                language=get_language() or settings.LANGUAGE_CODE,
                subject=str(message.subject),
                text=str(message.body),
            )
