"""Pages of the form: all of it, one subject, sending, recalling, asking a colleague."""

from collections.abc import Mapping, Sequence

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from amont.kernel.errors import Refused
from amont.requests import actions, read
from amont.requests.facts_answers import AnswerSaid, Asking, CustomerForm
from amont.web.answer.form.controls import ORIGINS, STATES, control, in_words, posted
from amont.web.answer.forms import ForwardForm
from amont.web.shell.forms import show_refusal
from amont.web.shell.middleware import signed_in

READ_OR_SEND = ("GET", "HEAD", "POST")
REFUSED = 422
WORDS = {"states": tuple(STATES.items()), "origins": tuple(ORIGINS.items())}


@require_safe
def whole(request: HttpRequest) -> HttpResponse:
    """Show the whole form: its pages with how far each is, the lines to begin with, the customers who wait."""
    found = read.form(signed_in(request))
    return render(request, "answer/form/whole.html", {"form": found})


@require_safe
def subject(request: HttpRequest, kind: str, ref: str) -> HttpResponse:
    """Show one page of the form."""
    return _subject(request, kind, ref)


@require_POST
def say(request: HttpRequest, kind: str, ref: str, question: str) -> HttpResponse:
    """Keep one answer as soon as it is given; what does not do is told at the question."""
    viewer, said, errors = signed_in(request), AnswerSaid(), {}
    try:
        said = posted(request.POST)
        actions.say(viewer, kind=kind, ref=ref, question=question, said=said)
    except Refused as refusal:
        errors = refusal.errors
    if request.htmx:  # type: ignore[attr-defined]
        found = control(read.question(viewer, kind, ref, question), errors=errors, posted=said if errors else None)
        shown = {"each": found, "subject": read.subject(viewer, kind, ref)}
        return render(request, "answer/form/told.html", shown)
    if errors:
        return _subject(request, kind, ref, refused={question: (errors, said)})
    return redirect(f"{reverse('answer:subject', args=(kind, ref))}#q-{question}")


@require_POST
def widen(request: HttpRequest, kind: str, ref: str, question: str) -> HttpResponse:
    """Let an answer hold for the whole firm."""
    actions.widen(signed_in(request), kind=kind, ref=ref, question=question)
    messages.success(request, _("This answer now holds for your whole firm, wherever you say nothing else."))
    return redirect(f"{reverse('answer:subject', args=(kind, ref))}#q-{question}")


@require_POST
def still_true(request: HttpRequest) -> HttpResponse:
    """Say once of all old answers that they hold."""
    count = actions.still_true(signed_in(request))
    said = ngettext("%(count)s answer is confirmed.", "%(count)s answers are confirmed.", count)
    messages.success(request, said % {"count": count})
    return redirect("answer:form")


@require_http_methods(READ_OR_SEND)
def send(request: HttpRequest) -> HttpResponse:
    """Show what each customer would read, and send to those that are chosen."""
    viewer, wrong = signed_in(request), ""
    if request.method == "POST":
        try:
            actions.release(viewer, customers=request.POST.getlist("customers"))
        except Refused as refusal:
            wrong = str(refusal)
        else:
            messages.success(request, _("Your answers are sent. You may recall them until they are reviewed."))
            return redirect("answer:form")
    rows = _told(read.form(viewer).customers)
    return render(request, "answer/form/send.html", {"rows": rows, "wrong": wrong}, status=REFUSED if wrong else 200)


@require_POST
def recall(request: HttpRequest, customer: str) -> HttpResponse:
    """Take back what a customer has not reviewed, or all that it may read."""
    try:
        actions.take_back(signed_in(request), customer=customer, reviewed=request.POST.get("all") == "yes")
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("It is taken back: your customer reads it no more."))
    return redirect("answer:form")


@require_http_methods(READ_OR_SEND)
def colleague(request: HttpRequest, kind: str, ref: str, question: str) -> HttpResponse:
    """Ask a colleague for one question, by mail."""
    viewer = signed_in(request)
    asked = control(read.question(viewer, kind, ref, question))
    form = ForwardForm(request.POST or None, initial={"language": get_language()})
    if request.method == "POST" and form.is_valid():
        try:
            actions.ask_colleague(viewer, kind=kind, ref=ref, question=question, **form.cleaned_data)
        except Refused as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("Your colleague has a mail with this one question."))
            return redirect(f"{reverse('answer:subject', args=(kind, ref))}#q-{question}")
    shown = {"form": form, "each": asked, "kind": kind, "ref": ref}
    return render(request, "answer/form/colleague.html", shown, status=REFUSED if form.errors else 200)


@login_not_required
@never_cache
@require_http_methods(READ_OR_SEND)
def by_link(request: HttpRequest, token: str) -> HttpResponse:
    """Let a colleague answer one question by the mailed link."""
    found, errors, said = read.by_link(token), {}, None
    if request.method == "POST":
        try:
            said = posted(request.POST)
            actions.answer_by_link(token, said=said)
        except Refused as refusal:
            errors = refusal.errors
        else:
            return render(request, "answer/form/thanks.html", {"found": found})
    each = control(found.asking, errors=errors, posted=said)
    return render(
        request,
        "answer/form/by_link.html",
        {"found": found, "each": each, "words": WORDS},
        status=REFUSED if errors else 200,
    )


Refusals = Mapping[str, tuple[Mapping[str, Sequence[object]], AnswerSaid]]


def _subject(request: HttpRequest, kind: str, ref: str, *, refused: Refusals | None = None) -> HttpResponse:
    found = read.subject(signed_in(request), kind, ref)
    wrong = refused or {}
    questions = [
        control(each, errors=wrong[each.question.code][0], posted=wrong[each.question.code][1])
        if each.question.code in wrong
        else control(each)
        for each in found.asked
    ]
    shown = {"subject": found, "questions": questions, "words": WORDS}
    return render(request, "answer/form/subject.html", shown, status=REFUSED if wrong else 200)


def _told(customers: Sequence[CustomerForm]) -> list[tuple[CustomerForm, list[tuple[str, Asking, str]]]]:
    """Return each customer with what it would read, in words."""
    return [
        (
            each,
            [
                (name, asking, in_words(asking.question, asking.choices, asking.said))
                for name, asking in each.told
                if asking.said
            ],
        )
        for each in customers
    ]
