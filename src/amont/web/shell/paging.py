"""Which page of a longer list is asked for."""

from django.http import HttpRequest


def number_of(request: HttpRequest) -> int:
    """Return the page's number in the address; 1 for none, or for what is no number."""
    asked = request.GET.get("page", "")
    return int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 6 else 1  # noqa: PLR2004 - no longer list
