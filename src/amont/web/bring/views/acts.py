"""What a person does with a file brought: choose, import, cancel, open again, take back."""

from collections.abc import Callable, Mapping

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from amont.catalogue.actions import queue
from amont.catalogue.facts import ImportFact
from amont.catalogue.read import lines
from amont.exchange import importing, sending
from amont.kernel.errors import Refused
from amont.kernel.viewer import Viewer
from amont.web.bring.forms import ColumnsForm
from amont.web.shell.middleware import signed_in

Act = Callable[[Viewer, str], object]
ACTS: Mapping[str, Act] = {
    "cancel": queue.cancel,
    "reopen": queue.reopen,
    "forget": sending.forget,
    "undo": sending.undo,
}


def sent(request: HttpRequest, fact: ImportFact) -> HttpResponse:
    """Do what was asked for, then show the file's page."""
    act = ACTS.get(request.POST.get("act", ""))
    if act is not None:
        _do(request, fact, act)
    elif fact.state == "waiting":
        return _chosen(request, fact)
    return redirect("bring:file", fact.public_id)


def _do(request: HttpRequest, fact: ImportFact, act: Act) -> None:
    try:
        act(signed_in(request), fact.public_id)
    except Refused as refusal:
        messages.error(request, str(refusal))


def _chosen(request: HttpRequest, fact: ImportFact) -> HttpResponse:
    viewer = signed_in(request)
    opened = importing.opened(viewer, fact.public_id)
    form = ColumnsForm(opened, lines.line_choices(viewer), request.POST)
    if not form.is_valid():
        return render(request, "bring/columns.html", {"file": fact, "form": form}, status=422)
    sending.choose(viewer, fact.public_id, shape=form.cleaned_data["shape"], settings=form.settings())
    try:
        if request.POST.get("act") == "import":
            sending.start(viewer, fact.public_id)
    except Refused:
        pass  # the page that follows says what is wrong, at the column
    return redirect("bring:file", fact.public_id)
