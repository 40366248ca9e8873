"""Pages of the invited: readable before any account; going on needs the mailed link."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from amont.kernel.errors import Refused
from amont.parties import read as parties
from amont.requests import actions, read
from amont.requests.facts import Invited
from amont.web.account.signing import act_for, sign_in
from amont.web.answer.boxes import asked_in_words
from amont.web.answer.forms import AccountForm, ConfirmForm, ForwardForm, ReasonForm
from amont.web.answer.seen import by_charter
from amont.web.shell.forms import show_refusal
from amont.web.shell.middleware import signed_in

READ_OR_SEND = ("GET", "HEAD", "POST")
GONE = 410
REPLIES = {
    "passed_on": "answer/passed_on.html",
    "declined": "answer/declined.html",
    "confirmed": "answer/confirmed.html",
}


@login_not_required
@never_cache
@require_safe
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Show who asks, for what, why, by when, how many minutes, who will see."""
    try:
        found = read.invitation(token, person_id=request.user.pk)
    except Refused as refusal:
        return closed(request, refusal, token)
    return render(request, "answer/invitation.html", {"token": token, **_told(found)})


@login_not_required
@never_cache
@require_http_methods(READ_OR_SEND)
def copied(request: HttpRequest, invitation: str) -> HttpResponse:
    """Show the same page from a copied link; going on mails a fresh link to the invited address."""
    try:
        found = read.copied(invitation)
    except Refused as refusal:
        return closed(request, refusal)
    if request.method == "POST":
        actions.send_fresh_link(invitation=invitation)
        return render(request, "answer/mailed.html", {"invited": found})
    return render(request, "answer/invitation.html", _told(found))


@login_not_required
@never_cache
@require_POST
def begin(request: HttpRequest, token: str) -> HttpResponse:
    """Go on from the page: to the account, or to the choice of organization."""
    try:
        read.invitation(token, person_id=request.user.pk)
        actions.begin(token)
    except Refused as refusal:
        return closed(request, refusal, token)
    return redirect("answer:choose" if request.user.is_authenticated else "answer:account", token=token)


@login_not_required
@never_cache
@require_http_methods(READ_OR_SEND)
def account(request: HttpRequest, token: str) -> HttpResponse:
    """Open an account in one step, or say that the address has one."""
    try:
        found = read.invitation(token, person_id=request.user.pk)
    except Refused as refusal:
        return closed(request, refusal, token)
    if request.user.is_authenticated:
        return redirect("answer:choose", token=token)
    form = AccountForm(request.POST or None, initial={"organization_name": found.firm, "country": found.country})
    if request.method == "POST" and not found.has_account and form.is_valid():
        answer = _joined(request, token, form)
        if answer is not None:
            return answer
    return render(request, "answer/account.html", {"invited": found, "form": form, "token": token})


@require_http_methods(READ_OR_SEND)
def choose(request: HttpRequest, token: str) -> HttpResponse:
    """Let a person who has an account choose for which of its organizations it takes the requests up."""
    viewer = signed_in(request)
    try:
        found = read.invitation(token, person_id=viewer.person_id)
        if request.method == "POST":
            chosen = parties.viewer_of(viewer.person_id or 0, organization=request.POST.get("organization"))
            actions.accept_invitation(chosen or viewer, token=token)
            act_for(request, chosen or viewer)
            return redirect("answer:tasks")
    except Refused as refusal:
        return closed(request, refusal, token)
    choices = parties.choices(viewer.person_id or 0)
    return render(request, "answer/choose.html", {"invited": found, "choices": choices, "token": token})


@login_not_required
@never_cache
@require_http_methods(READ_OR_SEND)
def forward(request: HttpRequest, token: str) -> HttpResponse:
    """Pass the invitation on to a colleague."""
    form = ForwardForm(request.POST or None, initial={"language": get_language()})
    try:
        found = read.invitation(token, person_id=request.user.pk)
    except Refused as refusal:
        return closed(request, refusal, token)
    if request.method == "POST" and form.is_valid():
        try:
            actions.forward(token, email=form.cleaned_data["email"], language=form.cleaned_data["language"])
        except Refused as refusal:
            show_refusal(form, refusal)
        else:
            return _replied(request, token, "passed_on", form.cleaned_data["email"])
    return render(request, "answer/forward.html", {"invited": found, "form": form, "token": token})


@login_not_required
@never_cache
@require_http_methods(READ_OR_SEND)
def decline(request: HttpRequest, token: str) -> HttpResponse:
    """Decline all that is asked, with a reason."""
    form = ReasonForm(request.POST or None)
    try:
        found = read.invitation(token, person_id=request.user.pk)
        if request.method == "POST" and form.is_valid():
            actions.decline_invitation(token, reason=form.cleaned_data["reason"])
            return _replied(request, token, "declined", found.asker.organization)
    except Refused as refusal:
        return closed(request, refusal, token)
    return render(request, "answer/decline.html", {"invited": found, "form": form, "token": token})


@login_not_required
@never_cache
@require_http_methods(READ_OR_SEND)
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Confirm, without an account, that one's firm is the source of what is asked about."""
    try:
        found = read.invitation(token, person_id=request.user.pk)
        form = ConfirmForm(found.may_confirm, request.POST if request.method == "POST" else None)
        if request.method == "POST" and form.is_valid():
            actions.confirm_statement(token, lines=form.cleaned_data["lines"])
            return _replied(request, token, "confirmed", found.asker.organization)
    except Refused as refusal:
        return closed(request, refusal, token)
    shown = {"invited": found, "form": form, "token": token}
    return render(request, "answer/confirm.html", shown, status=422 if form.errors else 200)


@login_not_required
@never_cache
@require_safe
def replied(request: HttpRequest, token: str) -> HttpResponse:
    """Say that what was sent has arrived: passed on, declined, or confirmed."""
    what, to = request.session.get("replied", ("", ""))
    if what not in REPLIES:
        return redirect("answer:invitation", token)
    return render(request, REPLIES[what], {"to": to, "token": token})


def _replied(request: HttpRequest, token: str, what: str, to: str) -> HttpResponse:
    request.session["replied"] = [what, to]
    return redirect("answer:replied", token)


@login_not_required
@never_cache
@require_POST
def fresh(request: HttpRequest, token: str) -> HttpResponse:
    """Mail a fresh link in the place of one that has expired."""
    actions.send_fresh_link(token=token)
    return render(request, "answer/mailed.html")


def closed(request: HttpRequest, refusal: Refused, token: str = "") -> HttpResponse:
    """Say why a link does not open, and nothing of what it was about."""
    shown = {
        "why": str(refusal),
        "token": token,
        "other_address": "address" in refusal.errors,
        "expired": "expired" in refusal.errors,
    }
    return render(request, "answer/closed.html", shown, status=GONE)


def _joined(request: HttpRequest, token: str, form: AccountForm) -> HttpResponse | None:
    said = form.cleaned_data
    try:
        viewer = actions.join(
            token=token,
            person_name=said["person_name"],
            organization_name=said["organization_name"],
            country=said["country"],
            language=get_language() or settings.LANGUAGE_CODE,
            password=said["password"] or None,
        )
    except Refused as refusal:
        show_refusal(form, refusal)
        return None
    sign_in(request, viewer)
    messages.success(request, _("Your account is open. Here is what you are asked."))
    return redirect("answer:tasks")


def _told(found: Invited) -> dict[str, object]:
    return {
        "invited": found,
        "seen": by_charter(dict(found.audiences), found.asker.organization),
        "asked": asked_in_words(found.questions),
    }
