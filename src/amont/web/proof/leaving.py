"""Taking along all that one's organization owns, and erasing it."""

import tempfile
from typing import IO

from django import forms
from django.contrib.auth import logout
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from amont.keeping.dossier import write_dossier
from amont.keeping.erasing import erase
from amont.kernel.errors import Refused
from amont.kernel.viewer import Viewer
from amont.web.shell.forms import show_refusal
from amont.web.shell.middleware import signed_in
from amont.web.shell.stepping import step_up

READ_OR_SEND = ("GET", "HEAD", "POST")


class EraseForm(forms.Form):
    """The name of the organization, typed out."""

    typed = forms.CharField(label=_("Name of your company, typed out"), max_length=200)


@require_http_methods(READ_OR_SEND)
@step_up()  # type: ignore[arg-type]  # it answers with a file
def dossier(request: HttpRequest) -> HttpResponseBase:
    """Say what the dossier holds; hand it out."""
    if request.method != "POST":
        return render(request, "proof/dossier.html")
    out = _written(signed_in(request))
    return FileResponse(out, as_attachment=True, filename="amont.zip", content_type="application/zip")


@require_http_methods(READ_OR_SEND)
@step_up()
def erasure(request: HttpRequest) -> HttpResponse:
    """Say what goes, what is kept and why; erase."""
    form = EraseForm(request.POST) if request.method == "POST" else EraseForm()
    if request.method == "POST" and form.is_valid():
        try:
            erase(signed_in(request), typed=form.cleaned_data["typed"])
        except Refused as refusal:
            show_refusal(form, refusal)
        else:
            logout(request)
            return redirect("shell:first")
    return render(request, "proof/erasure.html", {"form": form}, status=422 if form.errors else 200)


def _written(viewer: Viewer) -> IO[bytes]:
    """Return the dossier as a file that the answer closes."""
    out = tempfile.TemporaryFile()  # noqa: SIM115 - handed on open
    try:
        write_dossier(viewer, out)
    except Exception:
        out.close()
        raise
    out.seek(0)
    return out
