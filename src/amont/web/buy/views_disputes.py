"""Lines that are not as agreed: said by their buyer, answered by the supplier."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from amont.kernel.errors import NotKnown, Refused
from amont.purchasing import actions, read, read_disputes
from amont.purchasing.facts import BoughtLine
from amont.web.buy import present, tables
from amont.web.buy.forms import DisputeForm
from amont.web.buy.views import both
from amont.web.shell.forms import show_refusal
from amont.web.shell.handing import handed, is_file
from amont.web.shell.middleware import signed_in


@both
def dispute(request: HttpRequest, agreement: str) -> HttpResponse:
    """Say that a line is not as agreed."""
    viewer, form = signed_in(request), DisputeForm(request.POST or None)
    named = {"document": request.GET.get("document", ""), "line": request.GET.get("line", "")}
    line = _line(request, agreement, **named)
    if request.method == "POST" and form.is_valid():
        try:
            actions.dispute(viewer, agreement, said=form.cleaned_data["said"], **named)
            return redirect("buy:own", agreement)
        except Refused as refusal:
            show_refusal(form, refusal)
    shown = {"form": form, "line": line, "verdict": present.VERDICTS[line.verdict]}
    return render(request, "buy/dispute.html", {**shown, "fact": read.agreement(viewer, agreement)})


def _line(request: HttpRequest, agreement: str, *, document: str, line: str) -> BoughtLine:
    for each in read.own(signed_in(request), agreement).lines:
        if (each.document, each.number) == (document, line):
            return each
    raise NotKnown


@require_safe
def disputes(request: HttpRequest, agreement: str) -> HttpResponse:
    """Show the supplier the lines that buyers do not agree with."""
    viewer = signed_in(request)
    found = read_disputes.disputes(viewer, agreement)
    if is_file(request):
        return handed(request, tables.disputes_written(found))
    rows = [(each, present.VERDICTS[each.verdict], present.DISPUTES[each.state]) for each in found]
    return render(request, "buy/disputes.html", {"rows": rows, "fact": read.agreement(viewer, agreement)})


@require_POST
def answer(request: HttpRequest, agreement: str, dispute: str) -> HttpResponse:
    """Answer one."""
    credit, said = request.POST.get("say") == "credit", request.POST.get("answer", "")
    try:
        actions.answer_dispute(signed_in(request), agreement, dispute=dispute, credit=credit, answer=said)
    except Refused as refusal:
        for each in present.places(refusal):
            messages.error(request, each)
    return redirect("buy:disputes", agreement)
