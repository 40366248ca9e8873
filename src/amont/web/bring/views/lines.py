"""Pages of one's own article lines: the table, one line by hand, who supplies it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from amont.catalogue.actions import lines as actions
from amont.catalogue.read import lines as read
from amont.chain.actions import lines as supplying
from amont.chain.read import book
from amont.kernel.errors import Refused
from amont.kernel.paging import ALL, PAGE_SIZE
from amont.kernel.viewer import Viewer
from amont.web.bring.forms import LineForm, SupplierForm
from amont.web.bring.tables import lines_written
from amont.web.bring.words import KINDS, code_choices
from amont.web.shell.forms import show_refusal
from amont.web.shell.handing import handed, is_file
from amont.web.shell.menu import address
from amont.web.shell.middleware import signed_in

READ_OR_SEND = ("GET", "HEAD", "POST")


@require_safe
def table(request: HttpRequest) -> HttpResponse:
    """Show one's own lines, filtered and paged."""
    viewer = signed_in(request)
    asked = {name: request.GET.get(name, "") for name in ("text", "kind", "family", "supplier")}
    number, firm = request.GET.get("page", "1"), asked["supplier"]
    page = read.lines(
        viewer,
        text=asked["text"],
        family=asked["family"],
        kind=asked["kind"],
        among=book.lines_of_contact(viewer, firm) if firm else None,
        page=int(number) if number.isdecimal() else 1,
        size=ALL if is_file(request) else PAGE_SIZE,
    )
    sources = book.sources_of(viewer, [each.line for each in page.rows])
    rows = [(each, sources.get(each.line, ())) for each in page.rows]
    if is_file(request):
        return handed(request, lines_written(rows, dict(code_choices(read.families(viewer)))))
    found = {"page": page, "rows": rows, "asked": asked, "is_filtered": any(asked.values()), **_choices(viewer)}
    return render(request, "bring/lines.html", found)


def _choices(viewer: Viewer) -> dict[str, object]:
    labels = dict(code_choices(read.families(viewer)))
    return {
        "labels": labels,
        "families": [(code, labels.get(code, code)) for code in sorted(set(read.families_used(viewer)))],
        "kinds": KINDS.items(),
        "suppliers": book.contact_choices(viewer),
    }


@require_http_methods(READ_OR_SEND)
def new(request: HttpRequest) -> HttpResponse:
    """Add one line by hand."""
    viewer = signed_in(request)
    form = LineForm(read.families(viewer), request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            line = actions.add_line(viewer, form.draft())
        except Refused as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("The line is in your list. Who supplies it?"))
            return redirect("bring:line", line.line)
    return render(request, "bring/line.html", {"form": form}, status=422 if form.errors else 200)


@require_http_methods(READ_OR_SEND)
def edit(request: HttpRequest, line: str) -> HttpResponse:
    """Change one line by hand; beside it who supplies it."""
    viewer = signed_in(request)
    fact = read.line(viewer, line)
    stands = {name: getattr(fact, name) for name in LineForm.base_fields}
    form = LineForm(read.families(viewer), request.POST if request.method == "POST" else None, initial=stands)
    if request.method == "POST" and form.is_valid():
        try:
            actions.edit_line(viewer, line, form.draft())
        except Refused as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("The line is saved."))
            return redirect("bring:line", line)
    return _line(request, line, form)


@require_POST
def supplier(request: HttpRequest, line: str) -> HttpResponse:
    """Say who supplies a line: a firm of the book, or a new one."""
    viewer = signed_in(request)
    fact = read.line(viewer, line)
    form = SupplierForm(book.contact_choices(viewer), request.POST)
    if form.is_valid():
        if form.cleaned_data["contact"]:
            supplying.name_supplier(viewer, line, form.cleaned_data["contact"])
        else:
            supplying.bring_first_supplier(viewer, line, form.draft())
        return redirect("bring:line", line)
    stands = {name: getattr(fact, name) for name in LineForm.base_fields}
    return _line(request, line, LineForm(read.families(viewer), None, initial=stands), supplier=form)


def _line(request: HttpRequest, line: str, form: LineForm, *, supplier: SupplierForm | None = None) -> HttpResponse:
    viewer = signed_in(request)
    found = {
        "line": read.line(viewer, line),
        "form": form,
        "supplier": supplier or SupplierForm(book.contact_choices(viewer)),
        "sources": book.sources_of(viewer, [line]).get(line, ()),
        "ask": address("ask:new"),
    }
    wrong = form.errors or (supplier is not None and supplier.errors)
    return render(request, "bring/line.html", found, status=422 if wrong else 200)
