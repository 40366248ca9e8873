"""Requests for quotation: what a lead asks and compares, and the page where a vendor answers by its link."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from amont.kernel.errors import Refused
from amont.purchasing import actions, may, quoting, read, read_needs, read_quotes
from amont.purchasing.facts_quotes import AskedFact
from amont.web.buy import present, tables_quotes
from amont.web.buy.forms_quotes import AgreeForm, AskForm, QuoteForm, ReasonForm
from amont.web.buy.views import both
from amont.web.shell.forms import show_refusal
from amont.web.shell.handing import handed, is_file
from amont.web.shell.middleware import signed_in


@both
def requests(request: HttpRequest, network: str) -> HttpResponse:
    """Show what one asked vendors to quote, and ask."""
    viewer = signed_in(request)
    found = read_quotes.requests(viewer, network)
    if is_file(request):
        return handed(request, tables_quotes.requests_written(found))
    leads, needs = read_needs.leads(viewer, network), read_needs.needs(viewer, network)
    initial = {"language": get_language()}
    form = AskForm(request.POST or None, leads=leads, needs=needs, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            return redirect("buy:compared", actions.ask_quotes(viewer, network, form.given))
        except Refused as refusal:
            show_refusal(form, refusal)
    shown = {"network": read.network(viewer, network), "found": found, "form": form}
    return render(request, "buy/quotes.html", shown)


@require_safe
def compared(request: HttpRequest, quotes: str) -> HttpResponse:
    """Show a request, and once it is closed what was quoted, side by side."""
    return _compared(request, quotes)


def _compared(request: HttpRequest, quotes: str, **more: object) -> HttpResponse:
    found = read_quotes.request(signed_in(request), quotes)
    if is_file(request):
        return handed(request, tables_quotes.quotes_written(found), tables_quotes.prices_written(found))
    rows = tables_quotes.rows_of(found)
    return render(request, "buy/compared.html", {"found": found, "rows": rows, "form": ReasonForm(), **more})


@require_POST
def choose(request: HttpRequest, quotes: str) -> HttpResponse:
    """Choose a quotation."""
    said = {name: request.POST.get(name, "") for name in ("quote", "reason")}
    try:
        actions.choose_quote(signed_in(request), quotes, **said)
    except Refused as refusal:
        return _compared(request, quotes, troubles=present.places(refusal))
    return redirect("buy:compared", quotes)


@both
def agree(request: HttpRequest, quotes: str) -> HttpResponse:
    """Make the agreement from the chosen quotation."""
    viewer = signed_in(request)
    found = read_quotes.request(viewer, quotes)
    may.administer(viewer)
    form = AgreeForm(request.POST or None, vendors=read.vendors(viewer, found.network))
    if request.method == "POST" and form.is_valid():
        given = form.given_for(found.category, found.currency)
        try:
            return redirect("buy:agreement", actions.agree_on_quote(viewer, quotes, given))
        except Refused as refusal:
            show_refusal(form, refusal)
    return render(request, "buy/agree.html", {"form": form, "found": found})


@login_not_required
@never_cache
@both
def quote(request: HttpRequest, token: str) -> HttpResponse:
    """Let a vendor quote, change what it quoted, or say that it does not, by its link."""
    found = quoting.by_link(token)
    form = QuoteForm(request.POST if request.method == "POST" else None, about=found)
    declines = request.POST.get("say") == "decline"
    if request.method == "POST" and (declines or form.is_valid()):
        try:
            quoting.decline_by_link(token) if declines else quoting.quote_by_link(token, form.given)
            return render(request, "buy/quoted.html", {"found": found, "declines": declines, "token": token})
        except Refused as refusal:
            show_refusal(form, _at_fields(refusal))
    return _asked(request, found, form)


def _asked(request: HttpRequest, found: AskedFact, form: QuoteForm) -> HttpResponse:
    return render(request, "buy/quote.html", {"found": found, "form": form})


def _at_fields(refusal: Refused) -> Refused:
    """Put what was refused of a line beside its price."""
    return Refused({place.replace("line ", "price_"): list(each) for place, each in refusal.errors.items()})
