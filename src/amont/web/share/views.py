"""Pages that show who sees what of one's own."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from amont.kernel.paging import Page, page_of
from amont.sight import subjects
from amont.sight.asking import questions
from amont.sight.cut.seen_as import seen_as as sight_as
from amont.sight.log import access_log, whole_access_log
from amont.sight.who import who_sees
from amont.web.share import present
from amont.web.share.reading import log_rows
from amont.web.share.tables import log_written, page_written
from amont.web.shell.handing import handed, is_file
from amont.web.shell.middleware import signed_in
from amont.web.shell.paging import number_of


@require_safe
def who(request: HttpRequest) -> HttpResponse:
    """Show who sees what of the whole organization, and what it decided."""
    viewer = signed_in(request)
    shown = present.page(who_sees(viewer))
    if is_file(request):
        return handed(request, *page_written(shown))
    asked = sum(each.asked.is_open and each.asked.said == "nothing" for each in questions(viewer))
    context = {
        "page": shown,
        "items": page_of(subjects.own_items(viewer), number_of(request)),
        "asked": asked,
        "here": request.get_full_path(),
    }
    return render(request, "share/who.html", context)


@require_safe
def item(request: HttpRequest, item: str) -> HttpResponse:
    """Show who sees what of one own item, and what was decided about it."""
    viewer = signed_in(request)
    subject = subjects.own_item(viewer, item)
    shown = present.page(who_sees(viewer, item=item))
    if is_file(request):
        return handed(request, *page_written(shown))
    context = {"page": shown, "item": subject, "here": request.get_full_path()}
    return render(request, "share/who.html", context)


@require_safe
def seen_as(request: HttpRequest, organization: str) -> HttpResponse:
    """Show exactly what one known firm gets of one's own data over the link between the two."""
    found = sight_as(signed_in(request), organization)
    return render(request, "share/seen_as.html", {"seen": found, "items": present.seen_items(found)})


@require_safe
def read(request: HttpRequest) -> HttpResponse:
    """Show who read facts of one's own, day by day."""
    viewer = signed_in(request)
    if is_file(request):
        return handed(request, log_written(log_rows(whole_access_log(viewer))))
    page = access_log(viewer, page=number_of(request))
    shown = Page(tuple(log_rows(page.rows)), page.number, page.total, page.size)
    return render(request, "share/read.html", {"page": shown})
