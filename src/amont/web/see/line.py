"""The page of one own line: the chain above it as drawing, map, tree and table, and the files of the first two."""

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from amont.kernel import clock
from amont.kernel.paging import ALL, PAGE_SIZE, page_of
from amont.sight import read as sight
from amont.sight.asking import asked_until
from amont.web.see import file, rows, tables
from amont.web.see.drawing.page import drawing_page
from amont.web.see.mapping.page import map_page
from amont.web.shell.handing import handed, is_file
from amont.web.shell.middleware import signed_in

FORMS = ("drawing", "map", "tree", "table")


@require_safe
def line(request: HttpRequest, item: str) -> HttpResponse:
    """Show the chain above one own line in one of its forms; drawing and map with the table of the same beneath."""
    viewer = signed_in(request)
    chain = sight.chain_above(viewer, item)
    form = request.GET.get("as", "")
    form = form if form in FORMS else FORMS[0]
    known = rows.shown_places(chain, asked=asked_until(viewer))
    table = rows.table_rows(chain, known, sort=request.GET.get("sort", "tier"), only=request.GET.get("only", ""))
    if is_file(request):
        return handed(request, tables.chain_written(table))
    context: dict[str, object] = {"chain": chain, "form": form, "root": known[chain.root.ref], "now": clock.now()}
    context["consortium"] = file.consortium_of(viewer)
    context |= {"ends": rows.ends_of(chain), "silences": rows.silences_of(chain), "known": rows.known_of(chain)}
    if form == "drawing":
        context["drawing"] = drawing_page(chain, known, request.GET.dict())
    elif form == "map":
        context["map"] = map_page(chain, home=file.home_of(viewer), whole="whole" in request.GET)
    if form == "tree":
        context["tree"] = rows.tree_rows(chain, known)
    else:
        context |= _table(request, table)
    return render(request, "see/line.html", context)


@require_safe
def drawing_file(request: HttpRequest, item: str) -> HttpResponse:
    """Give the drawing as a file of its own, for print."""
    viewer = signed_in(request)
    return _svg(file.drawing(viewer, sight.chain_above(viewer, item), request.GET.dict()))


@require_safe
def map_file(request: HttpRequest, item: str) -> HttpResponse:
    """Give the map as a file of its own, for print."""
    viewer = signed_in(request)
    return _svg(file.world_map(viewer, sight.chain_above(viewer, item), whole="whole" in request.GET))


def _table(request: HttpRequest, table: Sequence[rows.TableRow]) -> dict[str, object]:
    """Return one page of the table, or all of it where the address asks for that, to print it."""
    number = request.GET.get("page", "")
    page = page_of(
        table, int(number) if number.isascii() and number.isdigit() else 1, ALL if number == "all" else PAGE_SIZE
    )
    return {"page": page, "sort": request.GET.get("sort", "tier"), "only": request.GET.get("only", "")}


def _svg(found: file.File) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{found.name}"'}
    return HttpResponse(found.content, content_type="image/svg+xml; charset=utf-8", headers=headers)
