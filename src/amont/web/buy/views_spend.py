"""What was bought and settled: a buyer's own, and the supplier's."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from amont.exchange.buying.documents import bring_documents
from amont.exchange.rebate.write import written
from amont.kernel.errors import Refused
from amont.kernel.paging import Page, page_of
from amont.purchasing import actions, read, read_disputes, read_settlements
from amont.purchasing.facts import Side
from amont.web.buy import present, tables
from amont.web.buy.forms import DocumentsForm, SettleForm
from amont.web.buy.present import asked_page
from amont.web.shell.forms import show_refusal
from amont.web.shell.handing import handed, is_file
from amont.web.shell.middleware import signed_in


@require_safe
def own(request: HttpRequest, agreement: str) -> HttpResponse:
    """Show what one bought under an agreement, and what one gets."""
    return _own(request, agreement, DocumentsForm())


def _own(request: HttpRequest, agreement: str, form: DocumentsForm) -> HttpResponse:
    number = max(asked_page(request), 1)
    found = read.own(signed_in(request), agreement, page=None if is_file(request) else number)
    if is_file(request):
        return handed(request, tables.statements_written(found), tables.lines_written(found))
    page = Page(found.lines, min(number, Page((), 1, found.total).pages), found.total)
    lines = [(each, present.VERDICTS[each.verdict], present.DISPUTES.get(each.dispute, "")) for each in page.rows]
    latest = next(iter(found.statements), None)
    shown = {
        "own": found,
        "row": present.row(found.agreement),
        "latest": latest,
        "lines": lines,
        "page": page,
        "form": form,
    }
    return render(request, "buy/own.html", {**shown, "tells_pool": latest is not None and latest.pool is not None})


@require_safe
def sold(request: HttpRequest, agreement: str) -> HttpResponse:
    """Show the supplier its buyers, and what was settled."""
    return _sold(request, agreement, DocumentsForm(), SettleForm())


def _sold(request: HttpRequest, agreement: str, form: DocumentsForm, settling: SettleForm) -> HttpResponse:
    viewer = signed_in(request)
    found, buyers = read_settlements.settlements(viewer, agreement), read.adhesions(viewer, agreement)
    if is_file(request):
        return handed(request, tables.buyers_written(buyers), tables.settlements_written(found))
    rows = [(each, present.ADHESIONS[each.state]) for each in buyers if each.state != "asked"]
    shown = {
        "row": present.row(read.agreement(viewer, agreement)),
        "asking": [each for each in buyers if each.state == "asked"],
        "settlements": found,
        "disputed": sum(each.state == "open" for each in read_disputes.disputes(viewer, agreement)),
        "form": form,
        "settling": settling,
        "page": page_of(rows, asked_page(request), 50),
    }
    return render(request, "buy/sold.html", shown)


@require_safe
def settlement(request: HttpRequest, agreement: str, settlement: str) -> HttpResponse:
    """Show the supplier one settlement, with the credit notes to be written."""
    viewer = signed_in(request)
    found = read_settlements.settlement(viewer, agreement, settlement)
    if is_file(request):
        return handed(request, tables.notes_written(found))
    rows = [(note, *line, line[1] + line[2]) for note in found.notes for line in note.vat]
    shown = {"row": present.row(read.agreement(viewer, agreement)), "settled": found}
    return render(request, "buy/settlement.html", {**shown, "page": page_of(rows, asked_page(request))})


@require_safe
def recompute(request: HttpRequest, agreement: str) -> HttpResponse:
    """Hand the supplier the file from which anybody recomputes all settlements."""
    viewer = signed_in(request)
    text = written(read_settlements.case(viewer, agreement), read_settlements.counted(viewer, agreement))
    named = {"Content-Disposition": f'attachment; filename="rebate-{agreement}.json"'}
    return HttpResponse(text, content_type="application/json", headers=named)


@require_POST
def documents(request: HttpRequest, agreement: str) -> HttpResponse:
    """Bring invoices and credit notes."""
    viewer, form = signed_in(request), DocumentsForm(request.POST, request.FILES)
    fact = read.agreement(viewer, agreement)
    page = "buy:sold" if fact.side is Side.SUPPLIER else "buy:own"
    if form.is_valid():
        file = form.cleaned_data["file"]
        try:
            found = bring_documents(viewer, agreement, file.read(), file.name or "", currency=fact.currency)
            said = _("Documents brought: %(new)s. There already: %(there)s.") % {"new": found.new, "there": found.there}
            messages.success(request, said)
            if found.outside:
                messages.warning(request, _outside(found.outside))
            return redirect(page, agreement)
        except Refused as refusal:
            show_refusal(form, Refused({"file": present.places(refusal)}))
    return _sold(request, agreement, form, SettleForm()) if page == "buy:sold" else _own(request, agreement, form)


def _outside(many: int) -> str:
    return ngettext(
        "%(many)s line does not count: its day lies outside the agreement’s or the adhesion’s.",
        "%(many)s lines do not count: their days lie outside the agreement’s or the adhesion’s.",
        many,
    ) % {"many": many}


@require_POST
def settle(request: HttpRequest, agreement: str) -> HttpResponse:
    """Settle a month."""
    viewer, form = signed_in(request), SettleForm(request.POST)
    if form.is_valid():
        try:
            actions.settle(viewer, agreement, on=form.cleaned_data["on"])
            return redirect("buy:sold", agreement)
        except Refused as refusal:
            show_refusal(form, refusal)
    return _sold(request, agreement, DocumentsForm(), form)


@require_POST
def answer(request: HttpRequest, agreement: str, adhesion: str) -> HttpResponse:
    """Accept or decline a buyer."""
    accept, customer = request.POST.get("say") == "accept", request.POST.get("customer", "")
    try:
        actions.answer(signed_in(request), agreement, adhesion=adhesion, accept=accept, customer=customer)
    except Refused as refusal:
        for each in present.places(refusal):
            messages.error(request, each)
    return redirect("buy:sold", agreement)
