"""Pages of chains: a line, all lines, one's own items, who sees what."""

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from amont.insight import actions
from amont.kernel.errors import Refused
from amont.kernel.paging import ALL
from amont.sight import read as sight
from amont.web.see import tables
from amont.web.see.filters import query_of
from amont.web.see.forms import NameForm
from amont.web.see.lines import every_line, line_page, lines_page
from amont.web.see.preview import in_words
from amont.web.shell.forms import show_refusal
from amont.web.shell.handing import handed, is_file
from amont.web.shell.middleware import signed_in


@require_safe
def lines(request: HttpRequest) -> HttpResponse:
    """Show all own lines, how far each is seen, narrowed as the address says, and what is new since the last look."""
    viewer, chosen = signed_in(request), request.GET.dict()
    if is_file(request):
        return handed(request, tables.lines_written(every_line(viewer, chosen)))
    return render(request, "see/lines.html", lines_page(viewer, chosen))


@require_POST
def save_filter(request: HttpRequest) -> HttpResponse:
    """Keep the filter of the list under a name."""
    viewer, query = signed_in(request), query_of(QueryDict(request.POST.get("query", "")).dict())
    form = NameForm(request.POST)
    try:
        actions.save_filter(viewer, name=request.POST.get("name", ""), query=query)
        return redirect(f"{reverse('see:lines')}?{query}")
    except Refused as refusal:
        form.is_valid()
        show_refusal(form, refusal)
    shown = lines_page(viewer, QueryDict(query).dict()) | {"form": form}
    return render(request, "see/lines.html", shown, status=422)


@require_POST
def drop_filter(request: HttpRequest, kept: str) -> HttpResponse:
    """Let a kept filter go."""
    actions.drop_filter(signed_in(request), kept)
    return redirect("see:lines")


@require_POST
def visited(request: HttpRequest) -> HttpResponse:
    """Note that the list was looked at; with a click, that all of it was seen."""
    actions.note_visit(signed_in(request), all_seen="all" in request.POST)
    return redirect("see:lines") if "all" in request.POST else HttpResponse(status=204)


@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """Show a supplier its own items, the chain above each, and what its customers see."""
    viewer = signed_in(request)
    if is_file(request):
        items = tables.lines_written(line_page(sight.lines(viewer), 1, size=ALL).rows)
        return handed(request, *tables.preview_written(in_words(sight.preview(viewer))), items)
    page = line_page(sight.lines(viewer), _number(request.GET.get("page", "")))
    return render(request, "see/mine.html", {"page": page, "preview": in_words(sight.preview(viewer))})


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() else 1
