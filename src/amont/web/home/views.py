"""Home, coverage, and the lines behind each figure."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from amont.consortia import read as consortia
from amont.insight import read as insight
from amont.kernel.paging import page_of
from amont.requests import progress
from amont.web.home import present, tables, words
from amont.web.home.waiting import waiting
from amont.web.shell.handing import handed, is_file
from amont.web.shell.menu import Part, address, parts_of
from amont.web.shell.middleware import signed_in


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show what waits, what moved, one's own progress and largest dependencies."""
    viewer = signed_in(request)
    if parts_of(viewer, consortia.standings(viewer)) == {Part.BUYER}:
        return render(request, "home/buyer.html", {"waiting": waiting(viewer), **present.buying(viewer)})
    found, part = insight.coverage(viewer), consortia.current(viewer)
    is_member = part is not None and (part.is_member or part.is_coordinator)
    shown = {
        "coverage": found,
        "consortium": part,
        "waiting": waiting(viewer),
        "moved": [(each, words.SAID[each.status]) for each in progress.moved(viewer) if each.status in words.SAID],
        "targets": present.targets(found, part) if part and is_member else [],
        "bring_url": address("bring:start"),
        "largest": present.three_largest(found),
        "board": present.board(viewer, part),
    }
    return render(request, "home/member.html" if is_member else "home/supplier.html", shown)


@require_safe
def coverage(request: HttpRequest) -> HttpResponse:
    """Show how far one's own lines are traced, by tier, end, asking and volume, each apart."""
    found = insight.coverage(signed_in(request))
    if is_file(request):
        return handed(request, *tables.coverage_written(found))
    shown = {
        "coverage": found,
        "ends": present.ends(found),
        "asked": present.asked(found),
        "bands": present.bands(found),
        "dependencies": present.dependencies(found),
    }
    return render(request, "home/coverage.html", shown)


@require_safe
def behind(request: HttpRequest) -> HttpResponse:
    """Show the lines behind a figure."""
    figure = request.GET.get("figure", "")
    lines = insight.behind(signed_in(request), figure)
    if is_file(request):
        return handed(request, tables.behind_written(words.figure(figure), lines))
    number = request.GET.get("page", "1")
    page = page_of(lines, int(number) if number.isdecimal() else 1)
    rows = [(line, address("see:line", line.item), sorted(line.suppliers)) for line in page.rows]
    return render(request, "home/behind.html", {"page": page, "rows": rows, "word": words.figure(figure)})
