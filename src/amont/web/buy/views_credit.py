"""Credit notes of a settlement as electronic documents."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from amont.exchange.buying import credit_notes
from amont.kernel import clock
from amont.kernel.errors import Denied, Refused
from amont.kernel.viewer import Viewer
from amont.parties import read as parties
from amont.purchasing import read, read_settlements
from amont.purchasing.facts import AgreementFact, SettlementFact
from amont.web.buy import present
from amont.web.buy.forms_credit import CreditForm
from amont.web.shell.forms import show_refusal
from amont.web.shell.middleware import signed_in
from amont.web.shell.stepping import step_up


def _asked(request: HttpRequest, **_about: str) -> bool:
    """Tell whether the documents themselves are asked for: they leave this platform for good."""
    return "first" in request.GET


@step_up(_asked)
@require_safe
def credit(request: HttpRequest, agreement: str, settlement: str) -> HttpResponse:
    """Ask the supplier for what an electronic document needs besides; hand it all credit notes in UBL, packed."""
    viewer = signed_in(request)
    found, fact = read_settlements.settlement(viewer, agreement, settlement), read.agreement(viewer, agreement)
    form = CreditForm(request.GET if _asked(request) else None)
    if form.is_bound and form.is_valid():
        try:
            named = {"Content-Disposition": f'attachment; filename="{found.on:%Y-%m-%d}-ubl.zip"'}
            return HttpResponse(_packed(viewer, fact, found, form), content_type="application/zip", headers=named)
        except Refused as refusal:
            show_refusal(form, refusal)
    notes = credit_notes.writable(found.notes)
    left = [note.buyer for note in found.notes if note not in notes]
    shown = {"row": present.row(fact), "settled": found, "form": form, "many": len(notes), "left": left}
    return render(request, "buy/credit.html", shown)


def _packed(viewer: Viewer, fact: AgreementFact, found: SettlementFact, form: CreditForm) -> bytes:
    me, given = parties.me(viewer), form.cleaned_data
    if me is None:
        raise Denied
    issuer = credit_notes.Issuer(
        *(me.organization_name, me.country, given["vat"], fact.name, fact.currency, fact.first_on, found.on)
    )
    return credit_notes.packed(issuer, found.notes, first=given["first"], issued=clock.today())
