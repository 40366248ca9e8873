"""What one needs, what all need together, and who leads."""

from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from amont.exchange.writing import Written, columns
from amont.kernel.errors import NotKnown, Refused
from amont.purchasing import actions, read, read_needs
from amont.purchasing.facts_needs import LeadFact, NeedFact
from amont.purchasing.rules.leading import Outcome
from amont.web.buy import present
from amont.web.buy.forms_needs import LeadForm, NeedForm
from amont.web.buy.views import both
from amont.web.shell.forms import show_refusal
from amont.web.shell.handing import handed, is_file
from amont.web.shell.middleware import signed_in

OUTCOMES: Mapping[Outcome, Promise] = {
    Outcome.OPEN: _("being voted on"),
    Outcome.ADOPTED: _("mandated"),
    Outcome.REJECTED: _("not mandated"),
    Outcome.WITHDRAWN: _("offer withdrawn"),
}


@both
def needs(request: HttpRequest, network: str) -> HttpResponse:
    """Say what one needs, beside what all need together."""
    viewer = signed_in(request)
    found, categories = read_needs.needs(viewer, network), read.categories(viewer, network)
    if is_file(request):
        return handed(request, _needs_written(found))
    form = NeedForm(request.POST or None, categories=categories, initial=_asked(request, found))
    if request.method == "POST" and form.is_valid():
        try:
            actions.say_need(viewer, network, **form.cleaned_data)
            return redirect("buy:needs", network)
        except Refused as refusal:
            show_refusal(form, refusal)
    shown = {"network": read.network(viewer, network), "needs": found, "form": form, "categories": categories}
    agreements = [present.row(each) for each in read.agreements(viewer, network) if not each.adhesion]
    shown["joinable"] = [each for each in agreements if each.fact.state == "open" and each.fact.side == "buyer"]
    return render(request, "buy/needs.html", shown)


def _asked(request: HttpRequest, found: tuple[NeedFact, ...]) -> dict[str, object]:
    """Return what was said of the category and year that the address names: to be changed."""
    asked = (request.GET.get("category", ""), request.GET.get("year", ""))
    own = next((e for e in found if (e.category.category, str(e.year)) == asked and e.own is not None), None)
    return {"category": asked[0], "year": own.year, "amount": own.own, "currency": own.currency} if own else {}


def _needs_written(found: tuple[NeedFact, ...]) -> Written:
    headed = columns(_("Category"), _("Year"), _("Currency"), _("You"), _("All together"), _("As of"))
    rows = ((n.category.label, n.year, n.currency, n.own, n.total, n.told_on) for n in found)
    return Written(str(_("Needs")), headed, rows)


@require_POST
def forget(request: HttpRequest, network: str) -> HttpResponse:
    """Take back what one said."""
    year = request.POST.get("year", "")
    if not year.isdecimal() or len(year) > 4:  # noqa: PLR2004 - a year
        raise NotKnown
    actions.forget_need(signed_in(request), network, category=request.POST.get("category", ""), year=int(year))
    return redirect("buy:needs", network)


@both
def leads(request: HttpRequest, network: str) -> HttpResponse:
    """Show who leads what, who offers to, and offer it oneself."""
    return _leads(request, network)


def _leads(request: HttpRequest, network: str, **more: object) -> HttpResponse:
    viewer = signed_in(request)
    found, categories = read_needs.leads(viewer, network), read.categories(viewer, network)
    if is_file(request):
        return handed(request, _leads_written(found))
    posted = request.POST if request.method == "POST" and not more else None
    form = LeadForm(posted, categories=categories)
    if form.is_bound and form.is_valid():
        try:
            actions.offer_to_lead(viewer, network, form.given)
            return redirect("buy:leads", network)
        except Refused as refusal:
            show_refusal(form, refusal)
    open_ = [each for each in found if each.outcome is Outcome.OPEN]
    past = [(each, OUTCOMES[each.outcome]) for each in found if each.outcome is not Outcome.OPEN]
    shown = {"network": read.network(viewer, network), "open": open_, "past": past, "form": form, **more}
    return render(request, "buy/leads.html", shown)


def _leads_written(found: tuple[LeadFact, ...]) -> Written:
    headed = columns(
        *(_("Category"), _("Company"), _("From"), _("Until"), _("Paid"), _("Another one follows"), _("State")),
        *(_("Yes"), _("No"), _("Voted"), _("Could vote")),
    )
    rows = (
        (
            *(each.category.label, each.lead, each.first_on, each.last_on, each.pay),
            *(_yes_or_no(each.rotates), str(OUTCOMES[each.outcome]), each.yes, each.no, each.cast, each.voters),
        )
        for each in found
    )
    return Written(str(_("Who leads")), headed, rows)


def _yes_or_no(said: bool) -> str:  # noqa: FBT001 - one value
    return str(_("Yes") if said else _("No"))


@require_POST
def vote(request: HttpRequest, network: str, mandate: str) -> HttpResponse:
    """Vote on who offers to lead, or take one's own offer back."""
    viewer, say = signed_in(request), request.POST.get("say", "")
    try:
        if say == "withdraw":
            actions.withdraw_offer(viewer, network, mandate=mandate)
        else:
            actions.vote_on_lead(viewer, network, mandate=mandate, say=say)
    except Refused as refusal:
        return _leads(request, network, troubles=present.places(refusal))
    return redirect("buy:leads", network)
