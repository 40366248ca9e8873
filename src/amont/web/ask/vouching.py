"""Vouching for the firms that supply oneself."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from amont.chain.actions.vouching import vouch as vouch_for
from amont.chain.read.vouching import unchecked
from amont.kernel.errors import NotKnown
from amont.web.shell.middleware import signed_in
from amont.web.shell.stepping import step_up


@step_up()
@require_http_methods(["GET", "HEAD", "POST"])
def vouch(request: HttpRequest, organization: str) -> HttpResponse:
    """Say what vouching means, and do it."""
    viewer = signed_in(request)
    if request.method == "POST":
        vouch_for(viewer, organization)
        messages.success(request, _("You vouch for this firm."))
        return redirect("ask:suppliers")
    found = next((each for each in unchecked(viewer) if each.organization == organization), None)
    if found is None:
        raise NotKnown
    return render(request, "ask/vouch.html", {"firm": found})
