"""The tokens by which programs come."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from amont.kernel.errors import Refused
from amont.parties import actions, may, read
from amont.post import read as called
from amont.web.connect import present
from amont.web.connect.forms import TokenForm
from amont.web.connect.tables import hooks_written, tokens_written
from amont.web.shell.forms import show_refusal
from amont.web.shell.handing import handed, is_file
from amont.web.shell.middleware import signed_in
from amont.web.shell.stepping import step_up


@require_safe
def programs(request: HttpRequest) -> HttpResponse:
    """Show the tokens, and the addresses that are called."""
    viewer = signed_in(request)
    tokens, hooks = present.token_rows(read.tokens(viewer)), called.hooks(viewer)
    if is_file(request):
        return handed(request, tokens_written(tokens), hooks_written(hooks))
    return render(request, "connect/programs.html", {"tokens": tokens, "hooks": hooks})


@step_up()
@step_up()
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Make a token, and show its secret this once."""
    viewer = signed_in(request)
    may.administer(viewer)
    form = TokenForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            _token, secret = actions.make_token(viewer, **form.cleaned_data)
        except Refused as refusal:
            show_refusal(form, refusal)
        else:
            return render(request, "connect/secret.html", {"secret": secret, "kind": "token"})
    return render(request, "connect/token_new.html", {"form": form})


@require_POST
def revoke(request: HttpRequest, token: str) -> HttpResponse:
    """Make a token stop working."""
    actions.revoke_token(signed_in(request), token)
    messages.success(request, _("The token does not work any more."))
    return redirect("connect:programs")
