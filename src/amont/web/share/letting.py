"""Letting somebody look at one's own items for a time: the operator's staff, an auditor."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from amont.disclosure import actions
from amont.kernel.errors import Refused
from amont.sight import subjects
from amont.sight.inspecting import inspections_of
from amont.web.share.forms import AuditForm, CaseForm
from amont.web.share.tables import looked_written
from amont.web.shell.forms import show_refusal
from amont.web.shell.handing import handed, is_file
from amont.web.shell.middleware import signed_in


@require_safe
def opened(request: HttpRequest) -> HttpResponse:
    """Show whom one lets in or did, and what each looked at."""
    viewer = signed_in(request)
    found = inspections_of(viewer)
    if is_file(request):
        return handed(request, looked_written(found))
    return render(request, "share/opened.html", {"inspections": found, "administers": viewer.may_administer})


@require_http_methods(("GET", "HEAD", "POST"))
def open_case(request: HttpRequest) -> HttpResponse:
    """Let the operator's staff look."""
    viewer = signed_in(request)
    form = CaseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.open_case(viewer, **form.cleaned_data)
        except Refused as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("Opened. It ends by itself, or when you close it."))
            return redirect("share:opened")
    return render(request, "share/open.html", {"form": form, "is_case": True})


@require_http_methods(("GET", "HEAD", "POST"))
def open_audit(request: HttpRequest) -> HttpResponse:
    """Let an auditor look."""
    viewer = signed_in(request)
    items = [(each.item, each.told_apart) for each in subjects.all_items(viewer)]
    form = AuditForm(request.POST or None, items=items)
    if request.method == "POST" and form.is_valid():
        try:
            actions.open_audit(viewer, **form.cleaned_data)
        except Refused as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("Opened. The auditor is told by mail."))
            return redirect("share:opened")
    return render(request, "share/open.html", {"form": form, "is_case": False})


@require_POST
def close(request: HttpRequest, inspection: str) -> HttpResponse:
    """End it now."""
    actions.close_inspection(signed_in(request), inspection)
    messages.success(request, _("Closed. Nobody looks any more."))
    return redirect("share:opened")
