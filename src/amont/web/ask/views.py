"""Pages of who asks: suppliers with where each request is, a new request, one request."""

from collections.abc import Sequence
from dataclasses import replace

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from amont.chain.read.vouching import unchecked
from amont.kernel.errors import Refused
from amont.kernel.paging import page_of
from amont.kernel.viewer import Viewer
from amont.requests import actions, read, words
from amont.requests.facts import LineAsked, LineToAsk
from amont.web.ask.choosing import Offer, chosen_lines, families_of, of_family, offered, reachable
from amont.web.ask.forms import AskForm, InviteForm
from amont.web.ask.states import funnel
from amont.web.ask.tables import lines_asked_written, requests_written
from amont.web.shell.forms import show_refusal
from amont.web.shell.handing import handed, is_file
from amont.web.shell.middleware import signed_in

READ_OR_SEND = ("GET", "HEAD", "POST")


@require_safe
def suppliers(request: HttpRequest) -> HttpResponse:
    """Show one's requests, by supplier, with where each is; and the firms merely stated, to be invited."""
    viewer = signed_in(request)
    sent = read.requests_sent(viewer)
    if is_file(request):
        return handed(request, requests_written(sent))
    page = page_of(sent, _number(request.GET.get("page", "1")))
    shown = {"page": page, "funnel": funnel(sent), "stated": read.stated(viewer), "unchecked": unchecked(viewer)}
    return render(request, "ask/suppliers.html", shown)


@require_http_methods(READ_OR_SEND)
def new(request: HttpRequest) -> HttpResponse:
    """Choose suppliers and lines, say why and by when, read what will leave, send."""
    viewer = signed_in(request)
    asked_for = request.GET.getlist("line") + request.GET.getlist("item")
    bought = read.to_ask(viewer, items=asked_for)
    lines = of_family(bought, request.GET.get("family"))
    form = AskForm(request.POST or None)
    picked = chosen_lines(request.POST, lines) if request.method == "POST" else []
    if request.method == "POST" and form.is_valid():
        answer = _preview_or_send(request, viewer, form, picked)
        if answer is not None:
            return answer
    offer = _offered(request, bought, lines, narrow=bool(asked_for))
    return render(request, "ask/new.html", {"form": form, "offer": offer}, status=422 if form.errors else 200)


@require_safe
def request_page(request: HttpRequest, request_id: str) -> HttpResponse:
    """Show one own request, line by line."""
    found = read.request(signed_in(request), request_id)
    if is_file(request):
        return handed(request, lines_asked_written(found))
    link = request.build_absolute_uri(reverse("answer:copied", args=[found.invitation])) if found.invitation else ""
    return render(request, "ask/request.html", {"asked": found, "link": link, "purpose": words.purpose(found.purpose)})


@require_POST
def resend(request: HttpRequest, request_id: str) -> HttpResponse:
    """Mail a request again."""
    try:
        actions.resend(signed_in(request), request=request_id)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The mail is on its way again, with a fresh link."))
    return redirect("ask:request", request_id=request_id)


@require_POST
def cancel(request: HttpRequest, request_id: str) -> HttpResponse:
    """Take back what is still open."""
    actions.cancel(signed_in(request), request=request_id)
    messages.success(request, _("What was still open is taken back."))
    return redirect("ask:request", request_id=request_id)


@require_http_methods(READ_OR_SEND)
def invite(request: HttpRequest, source: str) -> HttpResponse:
    """Invite a firm that was merely stated so far."""
    viewer = signed_in(request)
    found = read.stated_source(viewer, source)
    form = InviteForm(request.POST or None, initial={"email": found.email, "person": found.person})
    if request.method == "POST" and form.is_valid():
        try:
            actions.ask_source(viewer, source=source, **form.cleaned_data)
        except Refused as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("The invitation is on its way."))
            return redirect("ask:suppliers")
    return render(request, "ask/invite.html", {"form": form, "stated": found})


def _offered(request: HttpRequest, bought: Sequence[LineToAsk], lines: Sequence[LineToAsk], *, narrow: bool) -> Offer:
    """Return what the page offers; all suppliers of a family are chosen where one is asked for."""
    contacts, family = read.contacts_to_ask(signed_in(request)), request.GET.get("family")
    chosen = frozenset([*request.GET.getlist("contact"), *request.POST.getlist("contact")])
    if family is not None and request.method != "POST":
        chosen = reachable(lines, contacts)
    offer = offered(lines, contacts, chosen=chosen, narrow=narrow)
    return replace(offer, families=() if narrow else families_of(bought), family=family)


def _preview_or_send(
    request: HttpRequest, viewer: Viewer, form: AskForm, picked: list[LineAsked]
) -> HttpResponse | None:
    said = form.cleaned_data
    try:
        if request.POST.get("do") == "send":
            asked = actions.ask(viewer, lines=picked, **said)
            count = len(asked.requests)
            told = ngettext("%(count)s request is on its way.", "%(count)s requests are on their way.", count)
            messages.success(request, told % {"count": count})
            return redirect("ask:suppliers")
        actions.check_ask(viewer, lines=picked, **said)
    except Refused as refusal:
        show_refusal(form, refusal)
        return None
    preview = read.preview(viewer, lines=picked, **said)
    return render(request, "ask/preview.html", {"preview": preview, "form": form, "picked": picked})


def _number(written: str) -> int:
    return int(written) if written.isascii() and written.isdigit() else 1
