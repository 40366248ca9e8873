"""Pages of who asked: what suppliers let it read, to accept or to ask again."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from amont.exchange.writing import Written, columns
from amont.kernel.errors import Refused
from amont.requests import actions, read
from amont.requests.facts_answers import Released
from amont.sight.released import released
from amont.web.answer.form.controls import ORIGINS, in_words
from amont.web.shell.handing import handed, is_file
from amont.web.shell.middleware import signed_in

REVIEWS: dict[str, Promise] = {
    "none": gettext_lazy("to review"),
    "accepted": gettext_lazy("accepted"),
    "again": gettext_lazy("asked again"),
}
ABOUT: dict[str, Promise] = {
    "company": gettext_lazy("The firm"),
    "site": gettext_lazy("Site"),
    "item": gettext_lazy("Line"),
}


@dataclass(frozen=True, slots=True)
class Row:
    """One answer in the language of the page."""

    release: str
    about: str
    question: str
    answer: str
    origin: str
    review: str
    fact: Released


@require_safe
def answers(request: HttpRequest, request_id: str) -> HttpResponse:
    """Show what the supplier let one read."""
    viewer = signed_in(request)
    found, rows = read.request(viewer, request_id), [_row(each) for each in released(viewer, request_id)]
    if is_file(request):
        return handed(request, _written(rows))
    waiting = [each.release for each in rows if each.fact.review == "none"]
    return render(request, "ask/answers.html", {"asked": found, "rows": rows, "waiting": waiting})


@require_POST
def review(request: HttpRequest, request_id: str) -> HttpResponse:
    """Accept all that waits, or ask again about one answer."""
    viewer, say = signed_in(request), "again" if request.POST.get("again") else "accepted"
    shown = {each.release for each in released(viewer, request_id)}
    chosen = [request.POST["again"]] if say == "again" else request.POST.getlist("release")
    try:
        actions.review(
            viewer, releases=[each for each in chosen if each in shown], say=say, note=request.POST.get("note", "")
        )
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(
            request, _("Your supplier reads it beside the question.") if say == "again" else _("Accepted.")
        )
    return redirect("ask:answers", request_id=request_id)


def _row(each: Released) -> Row:
    language = get_language() or "fr"
    about = str(ABOUT[each.about]) + (f" : {each.label}" if each.label else "")
    told = in_words(each.question, each.choices, each.said)
    return Row(
        each.release,
        about,
        each.question.label(language),
        told,
        str(ORIGINS[each.said.origin]),
        str(REVIEWS[each.review]),
        each,
    )


def _written(rows: list[Row]) -> Written:
    headed = (
        _("About"),
        _("Question"),
        _("Answer"),
        _("By whose word"),
        _("Said on"),
        _("It holds until"),
        _("Note"),
        _("State"),
    )
    told = (
        (
            row.about,
            row.question,
            row.answer,
            row.origin,
            row.fact.said_on,
            row.fact.said.valid_until,
            row.fact.said.note,
            row.review,
        )
        for row in rows
    )
    return Written(_("Answers"), columns(*headed), told)
