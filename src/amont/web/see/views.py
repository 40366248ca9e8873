"""Pages of chains: a line, all lines, one's own items, who sees what."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from amont.kernel.paging import page_of
from amont.sight import read as sight
from amont.web.see import rows
from amont.web.see.drawing import drawn
from amont.web.see.filters import filters, narrowed
from amont.web.see.lines import line_page
from amont.web.see.preview import in_words
from amont.web.shell.middleware import signed_in

FORMS = ("drawing", "tree", "table")


@require_safe
def lines(request: HttpRequest) -> HttpResponse:
    """Show all own lines, how far each is seen, narrowed as the address says."""
    found = sight.lines(signed_in(request))
    chosen = request.GET.dict()
    kept = narrowed(found, chosen)
    page = line_page(kept, _number(chosen.get("page", "")), sort=chosen.get("sort", ""))
    context = {"page": page, "total": len(found), "filters": filters(found, chosen), "text": chosen.get("text", "")}
    return render(request, "see/lines.html", context)


@require_safe
def line(request: HttpRequest, item: str) -> HttpResponse:
    """Show the chain above one own line, as a drawing, a tree or a table of the same content."""
    chain = sight.chain_above(signed_in(request), item)
    form = request.GET.get("as", "")
    form = form if form in FORMS else FORMS[0]
    known = rows.shown_places(chain)
    context: dict[str, object] = {"chain": chain, "form": form, "root": known[chain.root.ref]}
    context |= {"ends": rows.ends_of(chain), "silences": rows.silences_of(chain), "known": rows.known_of(chain)}
    if form == "drawing":
        context["drawing"] = drawn(chain, name="drawing", links=rows.links_of(known))
    elif form == "tree":
        context["tree"] = rows.tree_rows(chain, known)
    else:
        sort, only = request.GET.get("sort", "tier"), request.GET.get("only", "")
        table = rows.table_rows(chain, known, sort=sort, only=only)
        context |= {"page": page_of(table, _number(request.GET.get("page", ""))), "sort": sort, "only": only}
    return render(request, "see/line.html", context)


@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """Show a supplier its own items, the chain above each, and what its customers see."""
    viewer = signed_in(request)
    page = line_page(sight.lines(viewer), _number(request.GET.get("page", "")))
    return render(request, "see/mine.html", {"page": page, "preview": in_words(sight.preview(viewer))})


@require_safe
def who(request: HttpRequest, item: str) -> HttpResponse:
    """Show who sees what of one own item, at most."""
    viewer = signed_in(request)
    chain = sight.chain_above(viewer, item)
    return render(request, "see/who.html", {"chain": chain, "preview": in_words(sight.preview(viewer, item=item))})


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() else 1
