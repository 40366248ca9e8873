"""Pages of the form as a workbook: taking it, bringing it back, what came of it, taking that back."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from amont.exchange.answering import bring, workbook
from amont.kernel.errors import Refused
from amont.requests import actions, read
from amont.web.shell.forms import show_refusal
from amont.web.shell.handing import XLSX
from amont.web.shell.middleware import signed_in

REFUSED = 422


class WorkbookForm(forms.Form):
    """The workbook, filled in."""

    file = forms.FileField(
        label=gettext_lazy("Your workbook"),
        help_text=gettext_lazy("In any order, with columns of your own: rows are known by their key."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xls,.ods,.csv"}),
    )


@require_safe
def take(request: HttpRequest) -> HttpResponse:
    """Hand out the form as a workbook."""
    return _handed(workbook(signed_in(request)), _("answers"))


@require_http_methods(("GET", "HEAD", "POST"))
def give(request: HttpRequest) -> HttpResponse:
    """Bring the workbook back."""
    viewer = signed_in(request)
    form = WorkbookForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            found = bring(viewer, file.read(), file_name=file.name or "")
        except Refused as refusal:
            show_refusal(form, refusal)
        else:
            if found:
                return redirect("answer:brought", file=found)
            messages.success(request, _("Everything in this workbook stands in your form already."))
            return redirect("answer:form")
    wrong = request.method == "POST"
    return render(request, "answer/form/bring.html", {"form": form}, status=REFUSED if wrong else 200)


@require_safe
def brought(request: HttpRequest, file: str) -> HttpResponse:
    """Show what came of a workbook."""
    return render(request, "answer/form/brought.html", {"found": read.brought_answers(signed_in(request), file)})


@require_safe
def marked(request: HttpRequest, file: str) -> HttpResponse:
    """Hand out the refused rows with their reasons."""
    return _handed(read.marked_answers(signed_in(request), file), _("answers-refused"))


@require_POST
def undo(request: HttpRequest, file: str) -> HttpResponse:
    """Take back what a workbook said."""
    count = actions.undo_answers(signed_in(request), file=file)
    said = ngettext("%(count)s answer is taken back.", "%(count)s answers are taken back.", count)
    messages.success(request, said % {"count": count})
    return redirect("answer:form")


def _handed(content: bytes, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=XLSX)
    answer["Content-Disposition"] = f'attachment; filename="{name}.xlsx"'
    return answer
