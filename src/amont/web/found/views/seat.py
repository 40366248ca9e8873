"""The page behind a seat's link: readable before any account."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from amont.consortia import actions, read
from amont.consortia.facts import ConsortiumFacts, SeatState
from amont.kernel.errors import Refused
from amont.kernel.viewer import Viewer
from amont.web.account.signing import sign_in
from amont.web.found.forms import AccountForm
from amont.web.found.present import charter_words
from amont.web.found.views.start import language
from amont.web.shell.forms import show_refusal
from amont.web.shell.middleware import viewer_of


@login_not_required
@require_http_methods(("GET", "HEAD", "POST"))
def seat(request: HttpRequest, token: str) -> HttpResponse:
    """Show who invites, under which charter, at what cost; join with the account signed in or with a new one."""
    offer, viewer = read.seat_offer(token), viewer_of(request)
    if offer.state is not SeatState.WAITING:
        return render(request, "found/seat_gone.html", {"state": offer.state.value}, status=410)
    form = AccountForm(request.POST if request.method == "POST" and viewer is None else None)
    form.initial = {"organization_name": offer.firm}
    if request.method == "POST" and (viewer is not None or form.is_valid()):
        try:
            joined = _taken(request, token, form, viewer)
        except Refused as refusal:
            show_refusal(form, refusal) if viewer is None else messages.error(request, str(refusal))
        else:
            messages.success(request, _("You are a member of “%(name)s”.") % {"name": joined.name})
            return redirect("found:page", joined.public_id)
    shown = {"offer": offer, "form": form, "charter": charter_words(offer.charter), "token": token}
    return render(request, "found/seat.html", shown)


def _taken(request: HttpRequest, token: str, form: AccountForm, viewer: Viewer | None) -> ConsortiumFacts:
    if viewer is not None:
        return actions.take_seat(viewer, token=token)
    said = {**form.cleaned_data, "password": form.cleaned_data["password"] or None}
    opened, joined = actions.open_account_and_take_seat(token, language=language(), **said)
    sign_in(request, opened)
    return joined


@login_not_required
@require_POST
def mail(request: HttpRequest, token: str) -> HttpResponse:
    """Mail the link to the address that a copied one is bound to."""
    actions.mail_again_from_link(token)
    messages.success(request, _("The link is mailed to the address that was invited. Open it there."))
    return redirect("found:seat", token)
