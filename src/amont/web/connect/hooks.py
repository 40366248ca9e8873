"""The addresses that are called when something happens."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from amont.kernel.errors import Refused
from amont.parties import may
from amont.post import actions, read
from amont.web.connect import present
from amont.web.connect.forms import HookForm
from amont.web.connect.tables import calls_written
from amont.web.shell.forms import show_refusal
from amont.web.shell.handing import handed, is_file
from amont.web.shell.middleware import signed_in
from amont.web.shell.stepping import step_up


@step_up()
@step_up()
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Have an address called, and show the secret that calls are signed by, this once."""
    viewer = signed_in(request)
    may.administer(viewer)
    form = HookForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            _hook, secret = actions.register_hook(viewer, url=form.cleaned_data["url"])
        except Refused as refusal:
            show_refusal(form, refusal)
        else:
            return render(request, "connect/secret.html", {"secret": secret, "kind": "hook"})
    return render(request, "connect/hook_new.html", {"form": form})


@require_safe
def one(request: HttpRequest, hook: str) -> HttpResponse:
    """Show an address with its last calls."""
    found = read.hook(signed_in(request), hook)
    calls = present.call_rows(found.calls)
    if is_file(request):
        return handed(request, calls_written(calls))
    return render(request, "connect/hook.html", {"hook": found, "calls": calls})


@step_up()
@step_up()
@require_POST
def rotate(request: HttpRequest, hook: str) -> HttpResponse:
    """Make a new secret, and show it this once."""
    secret = actions.rotate_secret(signed_in(request), hook)
    return render(request, "connect/secret.html", {"secret": secret, "kind": "rotated"})


@require_POST
def try_it(request: HttpRequest, hook: str) -> HttpResponse:
    """Call an address once, to see whether it answers."""
    actions.try_hook(signed_in(request), hook)
    messages.success(request, _("The call leaves within a minute."))
    return redirect("connect:hook", hook)


@require_POST
def drop(request: HttpRequest, hook: str) -> HttpResponse:
    """Call an address no more."""
    actions.drop_hook(signed_in(request), hook)
    messages.success(request, _("This address is called no more."))
    return redirect("connect:programs")
