"""Answering one line: a draft that saves itself, then one sending."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from amont.kernel.errors import Refused
from amont.kernel.viewer import Viewer
from amont.requests import actions, read
from amont.requests.facts import AnswerForm
from amont.requests.words import MISTAKES
from amont.web.answer import content as contents
from amont.web.answer.boxes import asked_in_words, sheet
from amont.web.answer.forms import DeclineLineForm
from amont.web.answer.seen import seen
from amont.web.shell.forms import show_refusal
from amont.web.shell.middleware import signed_in

READ_OR_SEND = ("GET", "HEAD", "POST")
REFUSED = 422


@require_http_methods(READ_OR_SEND)
def answer(request: HttpRequest, line: str) -> HttpResponse:
    """Show the form of one line; save, change its rows, or send."""
    viewer = signed_in(request)
    form = read.answer_form(viewer, line, item=request.GET.get("item"))
    if request.method != "POST":
        return _page(request, viewer, form)
    act, posted = request.POST.get("do", "save"), contents.posted(request.POST.dict(), form.asks)
    if act == "send":
        return _send(request, viewer, form, contents.trimmed(posted))
    content = contents.changed(posted, act)
    actions.save_draft(viewer, line=line, content=content)
    response = redirect("answer:answer", line=line)
    response["Location"] += _anchor(act, content)
    return response


@require_POST
def draft(request: HttpRequest, line: str) -> HttpResponse:
    """Keep what is written so far, at each field."""
    viewer, stage = signed_in(request), request.POST.get("stage", "")
    content = contents.posted(request.POST.dict(), read.asked_about(viewer, line))
    saved = actions.save_draft(viewer, line=line, content=content, stage=stage)
    return render(request, "answer/saved.html", {"saved": saved})


@require_http_methods(READ_OR_SEND)
def decline(request: HttpRequest, line: str) -> HttpResponse:
    """Decline one line, or say that it is not one's own."""
    viewer = signed_in(request)
    task = read.task(viewer, line)
    form = DeclineLineForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        not_mine = form.cleaned_data["not_mine"] == "yes"
        try:
            actions.decline_line(viewer, line=line, reason=form.cleaned_data["reason"], not_mine=not_mine)
        except Refused as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("Your reply is sent."))
            return redirect("answer:tasks")
    return render(request, "answer/decline_line.html", {"task": task, "form": form})


def _send(request: HttpRequest, viewer: Viewer, form: AnswerForm, content: contents.Content) -> HttpResponse:
    values, wrong = contents.values(form.task.line, content)
    errors: dict[str, list[object]] = {name: [MISTAKES[code]] for name, code in wrong.items()}
    if not errors:
        try:
            actions.send_answer(viewer, answers=[values])
        except Refused as refusal:
            errors = refusal.errors
        else:
            return redirect("answer:sent", line=form.task.line)
    return _page(request, viewer, form, content=content, errors=errors)


def _page(
    request: HttpRequest,
    viewer: Viewer,
    form: AnswerForm,
    *,
    content: contents.Content | None = None,
    errors: dict[str, list[object]] | None = None,
) -> HttpResponse:
    shown = dict(form.content) if content is None else content
    item = contents.text(shown, "item")
    told, warn = seen(viewer, item=item, customer=form.task.asker.organization, consortium=form.consortium)
    page = {
        "form": form,
        "task": form.task,
        "item": item,
        "sheet": sheet(form, shown, language=get_language() or "fr", errors=errors),
        "seen": told,
        "warn": warn,
        "asked": asked_in_words(form.asks.questions),
    }
    return render(request, "answer/answer.html", page, status=REFUSED if errors else 200)


def _anchor(act: str, content: contents.Content) -> str:
    """Return where on the page a changed form is read on."""
    verb, _dot, where = act.partition(".")
    last = len(contents.rows(content, "inputs")) - 1
    if verb in {"add-input", "remove-input"}:
        return f"#inputs-{max(last, 0)}"
    if verb in {"add-source", "remove-source"}:
        return f"#inputs-{where.split('.')[0]}"
    return "#certificates" if verb.endswith("certificate") else ""
