"""What lines depend on: concentration and single stops; every single stop; scenarios."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from amont.insight import sovereignty as depends
from amont.insight.facts_dependence import Kind
from amont.kernel.errors import Refused
from amont.kernel.paging import page_of
from amont.web.depend import asked, present, tables
from amont.web.depend.forms import ScenarioForm
from amont.web.shell.forms import show_refusal
from amont.web.shell.handing import handed, is_file
from amont.web.shell.middleware import signed_in


@require_safe
def sovereignty(request: HttpRequest) -> HttpResponse:
    """Show how concentrated lines are, what alone takes most of them down, and what suppliers hide in common."""
    viewer, scope = signed_in(request), asked.scope(request)
    rows = present.concentration(depends.concentration(viewer, scope))
    worst = present.worst(viewer, scope)
    common = present.common(depends.common_sources(viewer))
    if is_file(request):
        return handed(request, tables.concentration(rows), tables.stops(worst), tables.common(common))
    shown = {"rows": rows, "worst": worst, "common": common, "open": depends.open_lines(viewer, scope)}
    return render(request, "depend/sovereignty.html", shown | present.frame(viewer, scope))


@require_safe
def stops(request: HttpRequest) -> HttpResponse:
    """Show everything of one kind that alone takes a line down."""
    viewer, scope, kind = signed_in(request), asked.scope(request), asked.kind(request)
    found = present.stops(viewer, depends.single_stops(viewer, kind, scope=scope))
    if is_file(request):
        return handed(request, tables.stops(found))
    shown = {"page": page_of(found, asked.page(request)), "kind": kind, "kinds": present.kinds(kind)}
    return render(request, "depend/stops.html", shown | present.frame(viewer, scope))


@require_safe
def scenario(request: HttpRequest) -> HttpResponse:
    """Play a scenario: what is chosen stops; show which lines stop and when, and what replaces."""
    viewer, scope, reading = signed_in(request), asked.scope(request), asked.reading(request)
    form = ScenarioForm(request.GET or None, choices=present.choices(viewer, scope))
    shown = {"form": form, "outcome": None, "kinds": tuple(Kind)} | present.frame(viewer, scope)
    if not form.is_bound or not form.is_valid():
        return render(request, "depend/scenario.html", shown)
    try:
        found = depends.played(viewer, asked.scenario(form), reading=reading, scope=scope)
    except Refused as refusal:
        show_refusal(form, refusal)
        return render(request, "depend/scenario.html", shown, status=422)
    if is_file(request):
        return handed(request, tables.outcome(present.outcome(viewer, found)))
    return render(request, "depend/scenario.html", shown | {"outcome": found, "lines": present.outcome(viewer, found)})
