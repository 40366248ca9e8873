"""The pages of the founding."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from amont.consortia import may
from amont.kernel.errors import NotKnown, Refused
from amont.web.found import pages
from amont.web.found.drafts import carry_out, draft_of, keep
from amont.web.found.present import charter_of_draft
from amont.web.shell.middleware import signed_in

READ_OR_SEND = ("GET", "HEAD", "POST")


@require_http_methods(READ_OR_SEND)
def step(request: HttpRequest, step: str) -> HttpResponse:
    """Show one page; keep what it says and go on to the next."""
    may.administer(signed_in(request))
    page, draft = pages.page_of(step), draft_of(request)
    if page is None:
        raise NotKnown
    shown = page.forms(draft, request.POST if request.method == "POST" else None)
    if request.method == "POST" and page.check(shown):
        keep(request, step, page.values(shown))
        stays = "again" in request.POST
        return redirect("found:step", step) if stays else redirect_to(pages.after(page))
    steps = {"steps": pages.progress(step), "before": pages.before(step)}
    return render(request, page.template, {**shown, **page.beside(draft), **steps})


def redirect_to(code: str) -> HttpResponse:
    """Go to a step of the founding."""
    return redirect("found:review") if code == "review" else redirect("found:step", code)


@require_http_methods(READ_OR_SEND)
def review(request: HttpRequest) -> HttpResponse:
    """Show all that was chosen; found."""
    viewer, draft = signed_in(request), draft_of(request)
    may.administer(viewer)
    if not draft.name:
        return redirect("found:step", "template")
    refusal = None
    if request.method == "POST":
        try:
            made = carry_out(request, viewer)
        except Refused as caught:
            refusal = caught
        else:
            messages.success(request, _("“%(name)s” is founded.") % {"name": made.name})
            return redirect("found:page", made.public_id)
    steps = {"steps": pages.progress("review"), "before": pages.before("review")}
    shown = {"draft": draft, "charter": charter_of_draft(draft), "refusal": refusal}
    return render(request, "found/review.html", {**shown, **steps})
