"""Asking for more than one's view gives, and answering those who ask."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from amont.disclosure import actions as disclosure
from amont.disclosure import read as disclosed
from amont.kernel.errors import Refused
from amont.sight import actions
from amont.sight.asking import askable, questions
from amont.web.see import words
from amont.web.share.forms import AskForm
from amont.web.shell.middleware import signed_in


@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, place: str) -> HttpResponse:
    """Ask who stands at a nameless place; while it is asked, say until when."""
    viewer = signed_in(request)
    found = askable(viewer, place)
    form = AskForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.ask_for_more(viewer, place, purpose=form.cleaned_data["purpose"])
        except Refused as refusal:
            form.add_error("purpose", str(refusal))
        else:
            return redirect("share:ask", place=place)
    context = {"form": form, "asked": found.asked_until, "who": words.title(found.place)}
    context |= {"about": words.about(found.place), "beside": words.title(found.beside)}
    return render(request, "share/ask.html", context)


@require_safe
def asked(request: HttpRequest) -> HttpResponse:
    """Show what one is asked to consent to, and what one asked oneself."""
    viewer = signed_in(request)
    found = questions(viewer)
    waiting = [each for each in found if each.asked.is_open and each.asked.said == "nothing"]
    said = [each for each in found if each.asked.is_open and each.asked.said != "nothing"]
    lapsed = [each for each in found if not each.asked.is_open]
    context = {"waiting": waiting, "said": said, "lapsed": lapsed, "mine": disclosed.askings_of(viewer)}
    return render(request, "share/asked.html", context)


@require_POST
def say(request: HttpRequest, consent: str) -> HttpResponse:
    """Consent, or not; either may be said otherwise later."""
    yes = request.POST.get("say") == "yes"
    try:
        disclosure.say(signed_in(request), consent, yes=yes)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("You agreed.") if yes else _("You did not agree. Nobody is told."))
    return redirect("share:asked")
