"""Agreements: drafting one, its prices, consenting, joining it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from amont.exchange.buying.prices import bring_prices
from amont.kernel import clock
from amont.kernel.errors import Refused
from amont.kernel.paging import page_of
from amont.purchasing import actions, may, read, read_quotes
from amont.purchasing.facts import AgreementFact
from amont.web.buy import present, tables
from amont.web.buy.forms import AdhereForm, DraftForm, PricesForm
from amont.web.buy.views import both
from amont.web.shell.forms import show_refusal
from amont.web.shell.handing import handed, is_file
from amont.web.shell.middleware import signed_in


@both
def draft(request: HttpRequest, network: str) -> HttpResponse:
    """Draft an agreement with a vendor of the network."""
    viewer = signed_in(request)
    may.administer(viewer)
    categories, vendors = read.categories(viewer, network), read.vendors(viewer, network)
    form = DraftForm(request.POST or None, categories=categories, vendors=vendors)
    if request.method == "POST" and form.is_valid():
        try:
            return redirect("buy:agreement", actions.draft(viewer, network, form.given))
        except Refused as refusal:
            show_refusal(form, refusal)
    return render(request, "buy/draft.html", {"form": form, "network": read.network(viewer, network)})


@require_safe
def agreement(request: HttpRequest, agreement: str) -> HttpResponse:
    """Show an agreement: between whom, terms, rebate, prices, and what one may do."""
    return _shown(request, agreement)


def _shown(request: HttpRequest, agreement: str, form: PricesForm | None = None, **more: object) -> HttpResponse:
    viewer = signed_in(request)
    fact, prices = read.agreement(viewer, agreement), read.prices(viewer, agreement)
    if is_file(request):
        return handed(request, tables.bands_written(fact.bands), tables.prices_written(prices))
    page = page_of(prices, present.asked_page(request))
    form = form or PricesForm(initial={"first_on": fact.first_on, "last_on": fact.last_on})
    shown = {"row": present.row(fact), "page": page, "form": form, "reached": read.reached(viewer, agreement)}
    shown["led"] = read_quotes.led_by(viewer, agreement)
    return render(request, "buy/agreement.html", {**shown, **more})


@require_POST
def prices(request: HttpRequest, agreement: str) -> HttpResponse:
    """Bring a price list."""
    viewer, form = signed_in(request), PricesForm(request.POST, request.FILES)
    may.decide_for(viewer, agreement)
    if not form.is_valid():
        return _shown(request, agreement, form)
    file, days = form.cleaned_data["file"], {name: form.cleaned_data[name] for name in ("first_on", "last_on")}
    try:
        bring_prices(viewer, agreement, file.read(), file.name or "", **days)
    except Refused as refusal:
        show_refusal(form, Refused({"file": present.places(refusal)}))
        return _shown(request, agreement, form)
    return redirect("buy:agreement", agreement)


@require_POST
def consent(request: HttpRequest, agreement: str) -> HttpResponse:
    """Consent to opening it."""
    try:
        actions.consent(signed_in(request), agreement)
    except Refused as refusal:
        return _shown(request, agreement, troubles=present.places(refusal))
    return redirect("buy:agreement", agreement)


@require_POST
def close(request: HttpRequest, agreement: str) -> HttpResponse:
    """Close it to new buyers."""
    actions.close(signed_in(request), agreement)
    return redirect("buy:agreement", agreement)


@both
def adhere(request: HttpRequest, agreement: str) -> HttpResponse:
    """Join an agreement."""
    viewer = signed_in(request)
    fact = read.agreement(viewer, agreement)
    form = AdhereForm(request.POST or None, about=fact, site=read.usual_site(viewer))
    if request.method == "POST" and form.is_valid():
        try:
            _adhere(request, fact, form)
            return redirect("buy:own", agreement)
        except Refused as refusal:
            show_refusal(form, refusal)
    shown = {"form": form, "row": present.row(fact), "fact": fact, "reached": read.reached(viewer, agreement)}
    return render(request, "buy/adhere.html", shown)


def _adhere(request: HttpRequest, fact: AgreementFact, form: AdhereForm) -> None:
    viewer, said = signed_in(request), form.cleaned_data
    actions.adhere(viewer, fact.agreement, sites=said["sites"].splitlines(), starts_on=said["starts_on"])
    if said["need"] is not None and fact.category.holds:
        actions.say_need(
            viewer,
            fact.network,
            category=fact.category.category,
            year=clock.today().year,
            amount=said["need"],
            currency=fact.currency,
        )
