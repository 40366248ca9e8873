"""The page behind the link at the end of each reminder: a pause, none at all, or again."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from amont.requests import actions


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def reminders(request: HttpRequest, word: str) -> HttpResponse:
    """Show whether reminders leave for the address that the link was mailed to, and change it by a button."""
    pause = actions.paused_by(word)
    if request.method != "POST":
        return render(request, "answer/reminders.html", {"pause": pause})
    if request.POST.get("act") == "resume":
        actions.resume_reminders(word)
    elif request.POST.get("act") == "stop":
        actions.pause_reminders(word, days=None)
    else:
        actions.pause_reminders(word)
    return redirect("answer:reminders", word=word)
