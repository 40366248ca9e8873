"""The guard of competition law: what is prevented, market shares, who stands apart from joint talks."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from amont.kernel.errors import Refused
from amont.purchasing import actions, read, read_law
from amont.web.buy import present, tables
from amont.web.shell.handing import handed, is_file
from amont.web.shell.middleware import signed_in


@require_safe
def law(request: HttpRequest, network: str) -> HttpResponse:
    """Show the guard of a network."""
    viewer = signed_in(request)
    found = read_law.guard(viewer, network)
    if is_file(request):
        return handed(request, tables.shares_written(found.categories))
    return render(request, "buy/law.html", {"guard": found, "network": read.network(viewer, network)})


def _told(request: HttpRequest, network: str, act: Callable[[], None]) -> HttpResponse:
    try:
        act()
    except Refused as refusal:
        for each in present.places(refusal):
            messages.error(request, each)
    return redirect("buy:law", network)


@require_POST
def exclude(request: HttpRequest, network: str) -> HttpResponse:
    """Exclude a vendor from joint talks."""
    viewer, vendor, reason = signed_in(request), request.POST.get("vendor", ""), request.POST.get("reason", "")
    return _told(request, network, lambda: actions.exclude(viewer, network, vendor=vendor, reason=reason))


@require_POST
def apart(request: HttpRequest, network: str) -> HttpResponse:
    """Ask, as a vendor, to stand apart."""
    viewer, reason = signed_in(request), request.POST.get("reason", "")
    return _told(request, network, lambda: actions.ask_to_stand_apart(viewer, network, reason=reason))


@require_POST
def readmit(request: HttpRequest, network: str, organization: str) -> HttpResponse:
    """Let a vendor take part again."""
    actions.readmit(signed_in(request), network, vendor=organization)
    return redirect("buy:law", network)
