"""How the identity of one's own firm was checked, what it lacks until then, and the code from the letter."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from amont.kernel.errors import Refused
from amont.parties import actions
from amont.web.account.forms import LetterCodeForm
from amont.web.shell.forms import show_refusal
from amont.web.shell.middleware import signed_in


@require_http_methods(["GET", "HEAD", "POST"])
def identity(request: HttpRequest) -> HttpResponse:
    """Say who checked the firm; take the code from the letter."""
    viewer = signed_in(request)
    form = LetterCodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.enter_code(viewer, form.cleaned_data["code"])
        except Refused as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("Your company's identity is checked."))
            return redirect("account:organization")
    return render(request, "account/identity.html", {"form": form})
