"""The language of a page: the signed-in person's, else the cookie's, else the browser's."""

from django.http import HttpRequest
from django.middleware.locale import LocaleMiddleware


class LanguageMiddleware(LocaleMiddleware):
    """Django's own choice (cookie, then browser); signing in sets the cookie to the person's language."""

    def process_request(self, request: HttpRequest) -> None:
        """Choose the language."""
        super().process_request(request)
