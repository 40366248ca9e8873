"""Pages of files brought: choose one, say what its columns mean, import it, read the report."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.text import slugify
from django.views.decorators.http import require_http_methods, require_safe
from django_htmx.http import HttpResponseClientRedirect

from amont.catalogue.facts import ImportFact
from amont.catalogue.read import imports, lines
from amont.chain.read import alike, book, sites
from amont.exchange import importing, sending
from amont.kernel.errors import Refused
from amont.kernel.paging import ALL
from amont.kernel.viewer import Viewer
from amont.web.bring import undo
from amont.web.bring.forms import ColumnsForm, UploadForm
from amont.web.bring.present import told, troubles
from amont.web.bring.tables import imports_written, points_written, stays_written, troubles_written
from amont.web.bring.views import acts
from amont.web.bring.words import FAILED
from amont.web.shell.forms import show_refusal
from amont.web.shell.handing import XLSX, handed, is_file
from amont.web.shell.middleware import signed_in

READ_OR_SEND = ("GET", "HEAD", "POST")


@require_http_methods(READ_OR_SEND)
def start(request: HttpRequest) -> HttpResponse:
    """Choose a file to bring; beside it what was brought before."""
    viewer = signed_in(request)
    form = UploadForm(request.POST or None, request.FILES or None) if request.method == "POST" else UploadForm()
    if request.method == "POST" and form.is_valid():
        try:
            content, name = form.sent()
            fact = sending.bring(viewer, content, file_name=name, shape=form.cleaned_data["shape"])
            return redirect("bring:file", fact.public_id)
        except Refused as refusal:
            show_refusal(form, refusal)
    if is_file(request):
        return handed(request, imports_written(imports.imports(viewer, size=ALL).rows))
    found = {"form": form, **_there(viewer, request.GET.get("page", "1"))}
    return render(request, "bring/start.html", found, status=422 if form.errors else 200)


def _there(viewer: Viewer, page: str) -> dict[str, object]:
    return {
        "lines": lines.lines(viewer).total,
        "contacts": book.contacts(viewer).total,
        "sites": sites.sites(viewer).total,
        "alike": alike.alike_waiting(viewer),
        "at_work": imports.at_work(viewer),
        "imports": imports.imports(viewer, page=int(page) if page.isdecimal() else 1),
    }


@require_http_methods(READ_OR_SEND)
def file(request: HttpRequest, file: str) -> HttpResponse:
    """Say what the columns of a file mean and see what it would do; then how far it is; once it is in, its report."""
    viewer = signed_in(request)
    fact = imports.import_of(viewer, file)
    if request.method == "POST":
        return acts.sent(request, fact)
    if fact.is_at_work:
        return _at_work(request, fact)
    if request.htmx and not undo.is_being_taken_back(viewer, fact) and request.GET.get("at") == "work":  # type: ignore[attr-defined]
        return HttpResponseClientRedirect(reverse("bring:file", args=[file]))
    if fact.state in {"cancelled", "failed"}:
        return render(request, "bring/ended.html", {"file": fact, "reason": FAILED.get(fact.reason, "")})
    return _report(request, fact) if fact.done_at else _columns(request, fact)


def _columns(request: HttpRequest, fact: ImportFact) -> HttpResponse:
    viewer = signed_in(request)
    preview = importing.preview(viewer, fact.public_id)
    form = ColumnsForm(preview.opened, lines.line_choices(viewer))
    form.is_valid()
    show_refusal(form, Refused(preview.errors))
    progress = imports.progress_of(viewer, fact.public_id)
    return render(request, "bring/columns.html", {"file": fact, "form": form, "progress": progress, **told(preview)})


def _at_work(request: HttpRequest, fact: ImportFact) -> HttpResponse:
    progress = imports.progress_of(signed_in(request), fact.public_id)
    return render(request, "bring/progress.html", {"file": fact, "progress": progress})


def _report(request: HttpRequest, fact: ImportFact) -> HttpResponse:
    viewer = signed_in(request)
    if undo.is_being_taken_back(viewer, fact):
        return _at_work(request, fact)
    asked = request.GET.get("page", "1")
    page = troubles(fact, int(asked) if asked.isdecimal() else 1)
    if is_file(request):
        return handed(request, troubles_written(fact), stays_written(viewer, fact), points_written(fact))
    back = undo.told(viewer, fact, in_full=request.GET.get("undo") == "1")
    return render(request, "bring/report.html", {"file": fact, "report": fact.report, "page": page, "back": back})


@require_safe
def marked(request: HttpRequest, file: str) -> HttpResponse:
    """Hand back the refused rows with their reasons, as a spreadsheet."""
    viewer = signed_in(request)
    fact = imports.import_of(viewer, file)
    answer = HttpResponse(imports.marked_copy_of(viewer, file), content_type=XLSX)
    name = slugify(fact.file_name.rsplit(".", 1)[0]) or "amont"
    answer["Content-Disposition"] = f'attachment; filename="{name}-refused.xlsx"'
    return answer
