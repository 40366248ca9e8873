"""Looking ahead: the next band and what if, savings, the next negotiation."""

from decimal import Decimal

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from amont.exchange.numbers import number
from amont.kernel.errors import Refused
from amont.purchasing import actions, read, read_foresight
from amont.purchasing.facts import Side
from amont.web.buy import present, tables
from amont.web.buy.forms import BaselineForm, NeedForm
from amont.web.buy.views import both
from amont.web.shell.forms import show_refusal
from amont.web.shell.handing import handed, is_file
from amont.web.shell.middleware import signed_in

_MOST = Decimal(10) ** 12


@require_safe
def foresight(request: HttpRequest, agreement: str) -> HttpResponse:
    """Show what the next euro is worth, what if, whether one does better alone, and what one adds."""
    viewer, typed = signed_in(request), request.GET.get("added", "")
    added = number(typed) if typed else None
    wrong = bool(typed) and (added is None or not 0 <= added < _MOST)
    found = read_foresight.foresight(viewer, agreement, added=None if wrong else added)
    shown = {"fact": read.agreement(viewer, agreement), "ahead": found, "typed": typed, "wrong": wrong}
    return render(request, "buy/foresight.html", {**shown, "reached": found.reached})


@both
def savings(request: HttpRequest, agreement: str) -> HttpResponse:
    """Show what one saved, and let it say what it paid before."""
    viewer, form = signed_in(request), BaselineForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.say_baseline(viewer, agreement, **form.cleaned_data)
            return redirect("buy:savings", agreement)
        except Refused as refusal:
            show_refusal(form, refusal)
    found = read_foresight.savings(viewer, agreement)
    if is_file(request):
        return handed(request, tables.baselines_written(found))
    kinds = [(each, present.BASELINES[each.kind]) for each in found.baselines]
    shown = {"row": present.row(read.agreement(viewer, agreement)), "saved": found, "form": form, "baselines": kinds}
    return render(request, "buy/savings.html", shown)


@both
def renewal(request: HttpRequest, agreement: str) -> HttpResponse:
    """Show what the next negotiation can claim, and let a buyer say, sealed, what it will buy."""
    viewer, fact = signed_in(request), read.agreement(signed_in(request), agreement)
    found = read_foresight.renewal(viewer, agreement)
    form = NeedForm(request.POST or None, initial={"amount": found.own_need})
    if request.method == "POST" and form.is_valid():
        amount, category = form.cleaned_data["amount"], fact.category.category
        try:
            actions.say_need(
                viewer, fact.network, category=category, year=found.year, amount=amount, currency=fact.currency
            )
            return redirect("buy:renewal", agreement)
        except Refused as refusal:
            show_refusal(form, refusal)
    shown = {"row": present.row(fact), "fact": fact, "reached": found.reached, "ahead": found, "form": form}
    return render(request, "buy/renewal.html", {**shown, "owns": fact.side is Side.OWNER})


@require_POST
def publish(request: HttpRequest, agreement: str) -> HttpResponse:
    """Publish the demand, where the rule lets it be told."""
    if actions.publish_demand(signed_in(request), agreement):
        messages.success(request, _("The demand of all was published."))
    else:
        messages.info(request, _("Nothing new may be published yet: too few said or changed what they need."))
    return redirect("buy:renewal", agreement)
