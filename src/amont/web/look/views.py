"""What an owner opened to a person; what the operator's staff sees of the platform."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from amont.kernel.paging import ALL, PAGE_SIZE, page_of
from amont.parties import read as parties
from amont.post import read as post
from amont.sight.inspecting import inspected as look
from amont.sight.inspecting import open_to
from amont.web.look.tables import accounts_written, deliveries_written, items_written, rows_of
from amont.web.shell.handing import handed, is_file
from amont.web.shell.middleware import for_persons
from amont.web.shell.paging import number_of


@for_persons
@require_safe
def opened(request: HttpRequest) -> HttpResponse:
    """Show what is open to the person now."""
    return render(request, "look/opened.html", {"inspections": open_to(request.user.pk)})


@for_persons
@require_safe
def inspected(request: HttpRequest, inspection: str) -> HttpResponse:
    """Show the items that an owner opened."""
    size = ALL if is_file(request) else PAGE_SIZE
    found = look(request.user.pk, inspection, number=number_of(request), size=size)
    rows = rows_of(found.page.rows)
    if is_file(request):
        return handed(request, items_written(found.inspection.firm, rows))
    return render(request, "look/inspected.html", {"inspection": found.inspection, "page": found.page, "rows": rows})


@for_persons
@require_safe
def board(request: HttpRequest) -> HttpResponse:
    """Show the operator's staff who has an account and how mails fare; to all others there is no such page."""
    accounts, mails = parties.accounts(request.user.pk), post.deliveries()
    if is_file(request):
        return handed(request, accounts_written(accounts), deliveries_written(mails))
    shown = {"accounts": page_of(accounts, number_of(request)), "mails": mails, "counted": post.counted()}
    return render(request, "look/board.html", shown)
