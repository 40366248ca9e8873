"""Pages of one's own certificates and documents, and the one address at which a document is opened."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from amont.evidence import actions, read
from amont.evidence.facts import DocumentFact
from amont.kernel import clock
from amont.kernel.errors import Refused
from amont.kernel.paging import page_of
from amont.sight.documents import opened
from amont.web.proof.forms import DocumentForm, RenewalForm
from amont.web.proof.tables import certificates_written
from amont.web.shell.forms import show_refusal
from amont.web.shell.handing import handed, is_file
from amont.web.shell.middleware import signed_in
from amont.web.shell.paging import number_of

READ_OR_SEND = ("GET", "HEAD", "POST")
SANDBOX = "default-src 'none'; sandbox"


@require_safe
def certificates(request: HttpRequest) -> HttpResponse:
    """Show one's own certificates, those that end first before the others."""
    sheets = read.certificates(signed_in(request))
    if is_file(request):
        return handed(request, certificates_written(sheets))
    found = page_of(sheets, number_of(request))
    return render(request, "proof/certificates.html", {"page": found, "today": clock.today()})


@require_http_methods(READ_OR_SEND)
def certificate(request: HttpRequest, certificate: str) -> HttpResponse:
    """Show one certificate with its documents, and add another."""
    sheet = read.certificate(signed_in(request), certificate)
    form = _form(request)
    if request.method == "POST" and _added(request, form, certificate=certificate):
        return redirect("proof:certificate", certificate)
    context = {"sheet": sheet, "form": form, "documents": sheet.documents, "today": clock.today()}
    return render(request, "proof/certificate.html", context, status=422 if form.errors else 200)


@require_http_methods(READ_OR_SEND)
def renew(request: HttpRequest, certificate: str) -> HttpResponse:
    """Renew one certificate, once for all the items that rely on it."""
    sheet = read.certificate(signed_in(request), certificate)
    given = (request.POST, request.FILES) if request.method == "POST" else ()
    form = RenewalForm(*given, initial={"number": sheet.number})
    if form.is_valid() and _renewed(request, form, certificate):
        return redirect("proof:certificate", certificate)
    shown = {"sheet": sheet, "form": form, "today": clock.today()}
    return render(request, "proof/renew.html", shown, status=422 if form.errors else 200)


@require_http_methods(READ_OR_SEND)
def item(request: HttpRequest, item: str) -> HttpResponse:
    """Show the documents of one item, and add another."""
    sheet = read.item(signed_in(request), item)
    form = _form(request)
    if request.method == "POST" and _added(request, form, item=item):
        return redirect("proof:item", item)
    context = {"sheet": sheet, "form": form, "documents": sheet.documents}
    return render(request, "proof/item.html", context, status=422 if form.errors else 200)


@require_http_methods(READ_OR_SEND)
def replace(request: HttpRequest, document: str) -> HttpResponse:
    """Put another document in the place of one."""
    old = read.document(signed_in(request), document)
    form = _form(request)
    place = {"certificate": old.certificate, "item": old.item}
    if request.method == "POST" and _added(request, form, instead=document, **place):
        return redirect(_beside(old))
    context = {"document": old, "form": form, "back": _beside(old)}
    return render(request, "proof/replace.html", context, status=422 if form.errors else 200)


@require_POST
def remove(request: HttpRequest, document: str) -> HttpResponse:
    """Remove a document."""
    viewer = signed_in(request)
    old = read.document(viewer, document)
    actions.remove_document(viewer, document)
    messages.success(request, _("The document is removed. Nobody can open it any more."))
    return redirect(_beside(old))


@require_safe
def document(request: HttpRequest, document: str) -> HttpResponseBase:
    """Hand out a document, one's own or one that shows in one's chains: to be saved, never shown in this place."""
    found = opened(signed_in(request), document)
    answer = StreamingHttpResponse(found.parts, content_type=found.media)
    answer["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=found.name) or "attachment"
    answer["Content-Length"] = str(found.size)
    answer["Content-Security-Policy"] = SANDBOX
    answer["Cross-Origin-Resource-Policy"] = "same-origin"
    return answer


def _added(
    request: HttpRequest, form: DocumentForm, *, certificate: str = "", item: str = "", instead: str = ""
) -> bool:
    """Keep what was sent; put what is wrong with it at the field."""
    if not form.is_valid():
        return False
    sent, place = form.cleaned_data["file"], {"certificate": certificate, "item": item, "instead": instead}
    try:
        actions.add_document(signed_in(request), sent.file, file_name=sent.name, **place)
    except Refused as refusal:
        show_refusal(form, refusal)
        return False
    messages.success(request, _("The document is kept, encrypted."))
    return True


def _renewed(request: HttpRequest, form: RenewalForm, certificate: str) -> bool:
    """Renew by what was sent; put what is wrong with it at the field."""
    said, sent = form.cleaned_data, form.cleaned_data["file"]
    content, name = (sent.file, sent.name) if sent else (None, "")
    words = {"valid_until": said["valid_until"], "number": said["number"]}
    try:
        sheet = actions.renew(signed_in(request), certificate, content=content, file_name=name, **words)
    except Refused as refusal:
        show_refusal(form, refusal)
        return False
    told = ngettext("Renewed, for %(n)s item.", "Renewed, for all %(n)s items.", sheet.items)
    messages.success(request, told % {"n": sheet.items})
    return True


def _form(request: HttpRequest) -> DocumentForm:
    return DocumentForm(request.POST, request.FILES) if request.method == "POST" else DocumentForm()


def _beside(found: DocumentFact) -> str:
    """Return the page of what a document stands beside."""
    if found.certificate:
        return reverse("proof:certificate", args=[found.certificate])
    return reverse("proof:item", args=[found.item])
