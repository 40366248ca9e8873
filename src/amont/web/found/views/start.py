"""Starting: an address is proved by a mailed link, then an account is opened in one step."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_safe

from amont.consortia import actions, read
from amont.kernel.errors import Refused
from amont.web.account.signing import sign_in
from amont.web.found.forms import AccountForm, AddressForm
from amont.web.shell.forms import show_refusal

READ_OR_SEND = ("GET", "HEAD", "POST")


def language() -> str:
    """Return the language of the page."""
    return get_language() or settings.LANGUAGE_CODE


@login_not_required
@require_http_methods(READ_OR_SEND)
def start(request: HttpRequest) -> HttpResponse:
    """Say what founding takes; ask a visitor for its address, let a signed-in person begin."""
    form = AddressForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.ask_to_found(email=form.cleaned_data["email"], language=language())
        except Refused as refusal:
            show_refusal(form, refusal)
        else:
            return redirect("found:sent")
    return render(request, "found/start.html", {"form": form})


@login_not_required
@require_safe
def sent(request: HttpRequest) -> HttpResponse:
    """Say that a mail is on its way, to whatever address."""
    return render(request, "found/sent.html")


@login_not_required
@require_http_methods(READ_OR_SEND)
def open_account(request: HttpRequest, token: str) -> HttpResponse:
    """Open the founder's account from the mailed link, and begin."""
    if request.user.is_authenticated:
        return redirect("found:step", "template")
    try:
        email = read.founder_address(token)
    except Refused as refusal:
        return render(request, "found/gone.html", {"refusal": refusal}, status=410)
    form = AccountForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            said = {**form.cleaned_data, "password": form.cleaned_data["password"] or None}
            sign_in(request, actions.open_account_to_found(token, language=language(), **said))
        except Refused as refusal:
            show_refusal(form, refusal)
        else:
            return redirect("found:step", "template")
    return render(request, "found/open.html", {"form": form, "email": email})
