"""How django-allauth behaves here."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import get_language

from amont.kernel import ids
from amont.post import actions as post


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Mail of sign-in leaves through the outbox like any other; nobody signs up without an invitation."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 - allauth's signature
        """Accounts come from an invitation, or from founding a consortium."""
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Render allauth's text and write it into the outbox."""
        message = self.render_mail(template_prefix, email, {**context, "email": email, "base_url": settings.BASE_URL})
        with transaction.atomic():
            post.write(
                cause=f"sign-in {ids.new_public_id()}",
                to=email,
                language=get_language() or settings.LANGUAGE_CODE,
                subject=str(message.subject),
                text=str(message.body),
            )
