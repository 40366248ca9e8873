"""Pages that exist in demo mode only."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from amont.kernel.errors import NotKnown
from amont.parties import read as parties
from amont.post import read as post
from amont.web.account.signing import sign_in
from amont.web.demo.personas import BUYING, PERSONAS
from amont.web.demo.showcase import showcase
from amont.web.shell.menu import address


@login_not_required
@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """Show one chain three times, and those who buy together; let the visitor take any of the seats."""
    return render(request, "demo/start.html", {"show": showcase()})


@login_not_required
@require_POST
def enter(request: HttpRequest) -> HttpResponse:
    """Sign the visitor in as one of the demo's own people."""
    viewer = parties.viewer_of_address((PERSONAS | BUYING).get(request.POST.get("persona", ""), ""))
    if viewer is None:
        raise NotKnown
    sign_in(request, viewer)
    return redirect(address("see:line", request.POST.get("item", "")) or "/")


@login_not_required
@require_safe
def outbox(request: HttpRequest) -> HttpResponse:
    """Show the mails as they were sent, newest first."""
    return render(request, "demo/outbox.html", {"mails": post.newest()})
