"""Pages of decisions: what was proposed, one proposal against today, a vote."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from amont.consortia import actions, may, read, read_decisions
from amont.kernel.errors import NotKnown, Refused
from amont.sight.coming import coming
from amont.web.decide import present
from amont.web.decide.forms import FORMS, AnyForm
from amont.web.decide.tables import changes_written, effects_written, proposals_written
from amont.web.shell.forms import show_refusal
from amont.web.shell.handing import handed, is_file
from amont.web.shell.middleware import signed_in
from amont.web.shell.stepping import step_up


@require_safe
def proposals(request: HttpRequest, consortium: str) -> HttpResponse:
    """Show what was proposed."""
    viewer = signed_in(request)
    rows = present.rows(read_decisions.proposals(viewer, consortium))
    if is_file(request):
        return handed(request, proposals_written(rows))
    return render(request, "decide/proposals.html", {"rows": rows, "consortium": read.consortium(viewer, consortium)})


@step_up()
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, consortium: str, kind: str) -> HttpResponse:
    """Propose a change."""
    viewer = signed_in(request)
    if kind not in FORMS:
        raise NotKnown
    may.know_members(viewer, consortium)
    may.administer(viewer)
    facts = read.consortium(viewer, consortium)
    form = FORMS[kind](request.POST or None, charter=facts.charter, sector=facts.sector)
    if request.method == "POST" and form.is_valid():
        proposed = _propose(request, consortium, kind, form)
        if proposed:
            return redirect("decide:proposal", consortium, proposed)
    return render(request, "decide/new.html", {"form": form, "kind": present.KINDS[kind], "consortium": facts})


def _propose(request: HttpRequest, consortium: str, kind: str, form: AnyForm) -> str:
    """Return the proposal's public id; "" where it was refused, with the reason at the form's field."""
    said = {name: form.cleaned_data[name] for name in ("reason", "in_force_on")}
    try:
        return actions.propose(signed_in(request), consortium, kind=kind, change=form.change, **said)
    except Refused as refusal:
        show_refusal(form, refusal)
        return ""


@require_safe
def proposal(request: HttpRequest, consortium: str, proposal: str) -> HttpResponse:
    """Show one proposal against today, and what it means for oneself."""
    viewer = signed_in(request)
    found = read_decisions.proposal(viewer, consortium, proposal)
    means = coming(viewer, found)
    (row,), changes, effects = present.rows([found]), present.changes(found), present.effects(means)
    if is_file(request):
        return handed(request, changes_written(changes), effects_written(effects))
    shown = {"row": row, "changes": changes, "effects": effects, "links": means.links, "answers": present.SAID.items()}
    return render(request, "decide/proposal.html", {**shown, "consortium": read.consortium(viewer, consortium)})


@require_POST
def vote(request: HttpRequest, consortium: str, proposal: str) -> HttpResponse:
    """Vote for one's organization."""
    try:
        actions.vote(signed_in(request), consortium, proposal=proposal, say=request.POST.get("say", ""))
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Your vote is kept. You may change it until the votes are counted."))
    return redirect("decide:proposal", consortium, proposal)


@require_POST
def withdraw(request: HttpRequest, consortium: str, proposal: str) -> HttpResponse:
    """Take a proposal back."""
    try:
        actions.withdraw_proposal(signed_in(request), consortium, proposal=proposal)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The proposal is taken back. Nothing changes."))
    return redirect("decide:proposal", consortium, proposal)
