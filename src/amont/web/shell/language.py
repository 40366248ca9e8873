"""The language of a page: the signed-in person's, else the cookie's, else the browser's."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.middleware.locale import LocaleMiddleware
from django.utils import translation

from amont.parties import read as parties


class LanguageMiddleware(LocaleMiddleware):
    """A signed-in person's own language wins; for others Django's choice (cookie, then browser)."""

    def process_request(self, request: HttpRequest) -> None:
        """Choose the language."""
        super().process_request(request)
        if request.user.is_authenticated and request.user.pk is not None:
            translation.activate(parties.language_of(request.user.pk) or translation.get_language())
            request.LANGUAGE_CODE = translation.get_language()


def remember(response: HttpResponse, language: str) -> HttpResponse:
    """Keep a language in the visitor's cookie."""
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=365 * 24 * 3600,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return response
