"""The page of one own line: the chain above it as drawing, map, tree and table, and the files of the first two."""

from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers
from django_htmx.http import push_url
from django_htmx.middleware import HtmxDetails

from amont.kernel.paging import ALL, PAGE_SIZE, page_of
from amont.kernel.viewer import Viewer
from amont.sight import read as sight
from amont.sight.asking import asked_until
from amont.sight.facts import Chain
from amont.web.see import file, rows, tables
from amont.web.see.drawing.page import drawing_page
from amont.web.see.mapping.page import map_page
from amont.web.shell.handing import handed, is_file
from amont.web.shell.middleware import signed_in

FORMS = ("drawing", "map", "tree", "table")


Context = dict[str, object]


@require_safe
@vary_on_headers("HX-Request")
def line(request: HttpRequest, item: str) -> HttpResponse:
    """Show the chain above one own line in one of its forms; drawing and map with the table of the same beneath.

    Where a script asks for a picture alone, to fold it or to open a group, it gets that and no more.
    """
    viewer = signed_in(request)
    chain = sight.chain_above(viewer, item)
    asked = request.GET.get("as", "")
    form = asked if asked in FORMS else FORMS[0]
    known = rows.shown_places(chain, asked=asked_until(viewer))
    if is_file(request):
        return handed(request, tables.chain_written(_rows(request, chain, known)))
    context = _picture(request, viewer, chain, known, form=form)
    if context and _is_fragment(request):
        context |= {"chain": chain, "form": form, "root": known[chain.root.ref]}
        return _fragment(request, context)
    context |= {"tree": rows.tree_rows(chain, known)} if form == "tree" else _table(request, chain, known)
    return render(request, "see/line.html", context | _about(chain, known) | {"form": form})


def _about(chain: Chain, known: Mapping[str, rows.Shown]) -> Context:
    """Return what the page says in every form."""
    found: Context = {"chain": chain, "root": known[chain.root.ref]}
    return found | {"ends": rows.ends_of(chain), "silences": rows.silences_of(chain), "known": rows.known_of(chain)}


def _picture(
    request: HttpRequest, viewer: Viewer, chain: Chain, known: Mapping[str, rows.Shown], *, form: str
) -> Context:
    if form == "drawing":
        return {"drawing": drawing_page(chain, known, request.GET.dict())}
    if form == "map":
        return {"map": map_page(chain, home=file.home_of(viewer), whole="whole" in request.GET)}
    return {}


def _is_fragment(request: HttpRequest) -> bool:
    htmx: HtmxDetails = request.htmx  # type: ignore[attr-defined]
    return bool(htmx) and not htmx.history_restore_request


def _fragment(request: HttpRequest, context: Context) -> HttpResponse:
    """Answer with the picture alone; its address becomes that of the page."""
    return push_url(render(request, "see/line_picture.html", context), request.get_full_path())


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


def _rows(request: HttpRequest, chain: Chain, known: Mapping[str, rows.Shown]) -> list[rows.TableRow]:
    return rows.table_rows(chain, known, sort=request.GET.get("sort", "tier"), only=request.GET.get("only", ""))


def _table(request: HttpRequest, chain: Chain, known: Mapping[str, rows.Shown]) -> Context:
    """Return one page of the table, or all of it where the address asks for that, to print it."""
    table = _rows(request, chain, known)
    number = request.GET.get("page", "")
    page = page_of(
        table, int(number) if number.isascii() and number.isdigit() else 1, ALL if number == "all" else PAGE_SIZE
    )
    return {"page": page, "sort": request.GET.get("sort", "tier"), "only": request.GET.get("only", "")}


def _svg(found: file.File) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{found.name}"'}
    return HttpResponse(found.content, content_type="image/svg+xml; charset=utf-8", headers=headers)
