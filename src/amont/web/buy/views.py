"""Networks: one's own, founding one, joining one, what it may buy together."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from amont.kernel.errors import Refused
from amont.purchasing import actions, may, read
from amont.web.buy import present, tables
from amont.web.buy.forms import CategoryForm, FoundForm, JoinForm
from amont.web.shell.forms import show_refusal
from amont.web.shell.handing import handed, is_file
from amont.web.shell.middleware import signed_in

both = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """Show one's networks with what is open there."""
    viewer = signed_in(request)
    networks = read.networks(viewer)
    rows = [present.row(each) for network in networks for each in read.agreements(viewer, network.network)]
    if is_file(request):
        return handed(request, tables.agreements_written(rows), tables.networks_written(networks))
    return render(request, "buy/start.html", {"networks": networks, "rows": rows})


@both
def found(request: HttpRequest) -> HttpResponse:
    """Found a network."""
    viewer = signed_in(request)
    may.administer(viewer)
    form = FoundForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            return redirect("buy:network", actions.found(viewer, name=form.cleaned_data["name"]))
        except Refused as refusal:
            show_refusal(form, refusal)
    return render(request, "buy/found.html", {"form": form})


@both
def join(request: HttpRequest, token: str) -> HttpResponse:
    """Join the network whose link one holds."""
    viewer = signed_in(request)
    name, form = read.joining(viewer, token), JoinForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        sells = form.cleaned_data["part"] == "sells"
        return redirect("buy:network", actions.join(viewer, token, sells=sells))
    return render(request, "buy/join.html", {"form": form, "name": name})


@require_safe
def network(request: HttpRequest, network: str) -> HttpResponse:
    """Show a network: what it may buy together, and what is open there."""
    viewer = signed_in(request)
    fact, categories = read.network(viewer, network), read.categories(viewer, network)
    rows = [present.row(each) for each in read.agreements(viewer, network)]
    if is_file(request):
        return handed(request, tables.agreements_written(rows), tables.categories_written(categories))
    return render(request, "buy/network.html", {"network": fact, "categories": categories, "rows": rows})


@require_POST
def renew_link(request: HttpRequest, network: str) -> HttpResponse:
    """Make another joining link."""
    actions.renew_link(signed_in(request), network)
    return redirect("buy:network", network)


@both
def category(request: HttpRequest, network: str) -> HttpResponse:
    """Allow a category."""
    viewer = signed_in(request)
    may.operate(viewer, network)
    form = CategoryForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.allow_category(viewer, network, form.given)
            return redirect("buy:network", network)
        except Refused as refusal:
            show_refusal(form, refusal)
    return render(request, "buy/category.html", {"form": form, "network": read.network(viewer, network)})
