"""The page of rows of one's own book that may be one, and what is done there."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from amont.chain.actions import alike as actions
from amont.chain.facts_alike import AlikeFact
from amont.chain.read import alike as read
from amont.exchange import sending
from amont.exchange.tasks import is_comparing
from amont.kernel.errors import NotKnown, Refused
from amont.kernel.paging import ALL, PAGE_SIZE
from amont.kernel.viewer import Viewer
from amont.web.bring.tables import alike_written
from amont.web.bring.words import id_of
from amont.web.shell.handing import handed, is_file
from amont.web.shell.middleware import signed_in

READ_OR_SEND = ("GET", "HEAD", "POST")


@require_http_methods(READ_OR_SEND)
def table(request: HttpRequest) -> HttpResponse:
    """Show the pairs that wait and what was merged before; when sent, look through the whole book for more."""
    viewer = signed_in(request)
    if request.method == "POST":
        _compare(request, viewer)
        return redirect("bring:alike")
    number = request.GET.get("page", "1")
    size = ALL if is_file(request) else PAGE_SIZE
    page = read.alike(viewer, page=int(number) if number.isdecimal() else 1, size=size)
    if is_file(request):
        return handed(request, alike_written(page.rows))
    told: dict[str, object] = {"page": page, "merges": read.merges(viewer), "apart": read.kept_apart(viewer)}
    told["is_comparing"] = is_comparing(viewer)
    return render(request, "bring/alike.html", told)


def _compare(request: HttpRequest, viewer: Viewer) -> None:
    new = sending.compare(viewer)
    if new is not None:
        said = ngettext("%(n)s new pair was found.", "%(n)s new pairs were found.", new) % {"n": new}
        messages.success(request, said if new else _("No new pair was found."))


@require_POST
def decide(request: HttpRequest, pair: str) -> HttpResponse:
    """Merge a pair, keeping the one or the other, or keep in mind that they are two."""
    viewer = signed_in(request)
    try:
        messages.success(request, _decided(viewer, read.alike_pair(viewer, pair), request.POST.get("act", "")))
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("bring:alike")


def _decided(viewer: Viewer, pair: AlikeFact, act: str) -> str:
    one, other = id_of(pair.one), id_of(pair.other)
    if act not in {"keep-one", "keep-other", "different"}:
        raise NotKnown
    if act == "different":
        actions.say_different(viewer, pair.alike)
        return _("Noted: they are two. You will not be asked again.")
    keep, gone = (one, other) if act == "keep-one" else (other, one)
    actions.merge(viewer, kind=pair.kind, keep=keep, gone=gone)
    return _("Merged. You can undo it below.")


@require_POST
def again(request: HttpRequest, pair: str) -> HttpResponse:
    """Take back that a pair is two."""
    actions.ask_again(signed_in(request), pair)
    messages.success(request, _("Taken back: the pair waits again."))
    return redirect("bring:alike")


@require_POST
def undo(request: HttpRequest, merge: str) -> HttpResponse:
    """Take a merge back."""
    try:
        actions.undo_merge(signed_in(request), merge)
        messages.success(request, _("Undone: both stand in your book again."))
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("bring:alike")
