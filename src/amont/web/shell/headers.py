"""What every answer bears, whoever gives it, and which requests another site may not make a browser send."""

from collections.abc import Callable

from csp.middleware import CSPMiddleware
from django.http import HttpRequest, HttpResponse

from amont.kernel import ids
from amont.web.shell.views import not_allowed

Next = Callable[[HttpRequest], HttpResponse]
OWN = {"Cross-Origin-Resource-Policy": "same-origin", "X-Permitted-Cross-Domain-Policies": "none"}
READING = {"GET", "HEAD", "OPTIONS"}
AT_HOME = {"", "same-origin", "none"}
"""What a browser says of where a request comes from: our own pages, or the person itself. Programs say nothing."""


class PolicyMiddleware(CSPMiddleware):
    """The content policy on every answer; its nonce comes from the one source of randomness."""

    def _make_nonce(self, request: HttpRequest) -> str:
        if not hasattr(request, "_csp_nonce"):
            request._csp_nonce = ids.digest_of(ids.new_token())  # type: ignore[attr-defined]  # noqa: SLF001 - where django-csp looks
        return str(request._csp_nonce)  # type: ignore[attr-defined]  # noqa: SLF001


class HeadersMiddleware:
    """Stands before all others, so that static files, redirects and refusals bear the same headers as pages."""

    def __init__(self, get_response: Next) -> None:
        """Keep what comes next."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer; what does not say how long it may be kept is never stored."""
        response = self.get_response(request)
        for name, value in OWN.items():
            response.headers.setdefault(name, value)
        response.headers.setdefault("Cache-Control", "no-store")
        return response


class FetchMiddleware:
    """Refuses what a page of another site makes a browser send: forms, frames, scripts, pictures; not its links."""

    def __init__(self, get_response: Next) -> None:
        """Keep what comes next."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass on."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_rest: object) -> HttpResponse | None:
        """Refuse before the page begins."""
        return None if may_be_sent(request) else not_allowed(request)


def may_be_sent(request: HttpRequest) -> bool:
    """Tell whether a request comes from a page of ours, from a person or a program, or is a link that was followed."""
    sent = request.headers
    if sent.get("Sec-Fetch-Site", "") in AT_HOME:
        return True
    is_link = sent.get("Sec-Fetch-Mode") == "navigate" and sent.get("Sec-Fetch-Dest", "document") == "document"
    return request.method in READING and is_link
