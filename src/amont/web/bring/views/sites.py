"""Pages of sites: own ones, and those of the firms of one's own book."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from amont.chain.actions import single_sites as actions
from amont.chain.read import sites as read
from amont.kernel.errors import Refused
from amont.kernel.identifiers import NAMES
from amont.kernel.paging import ALL, PAGE_SIZE
from amont.web.bring.forms_sites import NUMBERED, SiteForm
from amont.web.bring.tables import sites_written
from amont.web.bring.words import WHOSE
from amont.web.shell.forms import show_refusal
from amont.web.shell.handing import handed, is_file
from amont.web.shell.middleware import signed_in

READ_OR_SEND = ("GET", "HEAD", "POST")


@require_safe
def table(request: HttpRequest) -> HttpResponse:
    """Show one's own sites and those of the book's firms, filtered and paged."""
    viewer, number = signed_in(request), request.GET.get("page", "1")
    asked = {name: request.GET.get(name, "") for name in ("text", "country", "whose")}
    size = ALL if is_file(request) else PAGE_SIZE
    page = read.sites(viewer, **asked, page=int(number) if number.isdecimal() else 1, size=size)
    if is_file(request):
        return handed(request, sites_written(page.rows))
    found = {"page": page, "asked": asked, "is_filtered": any(asked.values()), "whose": WHOSE.items()}
    return render(request, "bring/sites.html", {**found, "countries": read.countries_of_sites(viewer)})


@require_http_methods(READ_OR_SEND)
def new(request: HttpRequest) -> HttpResponse:
    """Add one own site by hand."""
    viewer = signed_in(request)
    form = SiteForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.add_site(viewer, form.draft())
        except Refused as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("The site is added."))
            return redirect("bring:site", made.site)
    return render(request, "bring/site.html", {"form": form}, status=422 if form.errors else 200)


@require_http_methods(READ_OR_SEND)
def edit(request: HttpRequest, site: str) -> HttpResponse:
    """Change one site; beside it what else its file said."""
    viewer = signed_in(request)
    fact = read.site(viewer, site)
    form = SiteForm(request.POST if request.method == "POST" else None, fact=fact)
    if request.method == "POST" and form.is_valid():
        try:
            actions.edit_site(viewer, site, form.draft())
        except Refused as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("The site is saved."))
            return redirect("bring:site", site)
    shown = [(NAMES.get(kind, kind), value) for kind, value in fact.identifiers.items() if kind not in NUMBERED]
    found = {"form": form, "site": fact, "identifiers": shown}
    return render(request, "bring/site.html", found, status=422 if form.errors else 200)


@require_POST
def close(request: HttpRequest, site: str) -> HttpResponse:
    """Say that nobody works at an own site any more, or take that back."""
    viewer = signed_in(request)
    if request.POST.get("act") == "reopen":
        actions.reopen_site(viewer, site)
        messages.success(request, _("The site is open again."))
    else:
        actions.close_site(viewer, site)
        messages.success(request, _("The site is closed. What was made there keeps it."))
    return redirect("bring:site", site)
