"""The first page, the language, and what is shown when something is wrong."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.csrf import requires_csrf_token
from django.views.decorators.http import require_POST, require_safe

from amont.parties import actions as parties
from amont.parties import rules
from amont.web.shell.language import remember
from amont.web.shell.menu import address
from amont.web.shell.middleware import viewer_of
from amont.web.shell.sample import pictures


@login_not_required
@require_safe
def first(request: HttpRequest) -> HttpResponse:
    """Show what Amont is to whoever is not signed in; send all others home."""
    if request.user.is_authenticated:
        return redirect(address("home:home") or "account:organization")
    if address("demo:start"):
        return redirect("demo:start")
    return render(request, "shell/landing.html", {"pictures": pictures(), "found_url": address("found:start")})


@login_not_required
@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Switch the language and come back to the page."""
    wanted = request.POST.get("language", "")
    back = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}):
        back = "/"
    if wanted not in rules.LANGUAGES:
        return redirect(back)
    viewer = viewer_of(request)
    if viewer is not None:
        parties.choose_language(viewer, wanted)
    return remember(redirect(back), wanted)


@login_not_required
@requires_csrf_token
def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 - Django's signature
    """Say that a request was not understood."""
    return render(request, "400.html", status=400)


@login_not_required
@requires_csrf_token
def not_allowed(request: HttpRequest, exception: Exception | None = None, reason: str = "") -> HttpResponse:  # noqa: ARG001 - Django's signature, also for forged or stale forms
    """Say that a page is not this person's."""
    return render(request, "403.html", status=403)


@login_not_required
@requires_csrf_token
def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 - Django's signature
    """Say the same of what is hidden and of what never was."""
    return render(request, "404.html", status=404)


@login_not_required
@requires_csrf_token
def went_wrong(request: HttpRequest) -> HttpResponse:
    """Say that it was our mistake, with a page that needs nothing."""
    return render(request, "500.html", status=500)
