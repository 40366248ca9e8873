"""What one is asked, and what happens after sending."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from amont.kernel.errors import NotKnown, Refused
from amont.kernel.paging import page_of
from amont.requests import actions, read
from amont.web.answer.tables import tasks_written
from amont.web.shell.handing import handed, is_file
from amont.web.shell.middleware import signed_in
from amont.web.shell.paging import number_of


@require_safe
def tasks(request: HttpRequest) -> HttpResponse:
    """Show all tasks, by due date, open ones first; a first and only one is opened at once."""
    viewer = signed_in(request)
    found = read.tasks(viewer)
    waiting = read.invitations_to(viewer)
    still = [each for each in found if each.status in {"open", "accepted"}]
    if is_file(request):
        return handed(request, tasks_written([*still, *(each for each in found if each not in still)]))
    done = page_of([each for each in found if each not in still], number_of(request))
    perhaps = read.perhaps_ours(viewer)
    if len(found) == 1 and still and not waiting and not perhaps and "all" not in request.GET:
        return redirect("answer:answer", line=still[0].line)
    told = {
        "open": still,
        "done": done,
        "waiting": waiting,
        "perhaps": perhaps,
        "recognized": read.recognized(viewer),
        "word": actions.token_for(request.user.get_username()),
        "form": read.form(viewer),
    }
    return render(request, "answer/tasks.html", told)


@require_POST
def take_up(request: HttpRequest, invitation: str) -> HttpResponse:
    """Take up, for the organization one acts for, what was sent to one's own address."""
    try:
        actions.accept_invitation(signed_in(request), invitation=invitation)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The requests stand among your tasks now."))
    return redirect("answer:tasks")


@require_POST
def recognize(request: HttpRequest, invitation: str) -> HttpResponse:
    """Take up what was sent to another address of one's own firm, say that it is another's, or take that back."""
    viewer, act = signed_in(request), request.POST.get("act", "")
    try:
        if act == "ours":
            actions.take_as_ours(viewer, invitation=invitation)
            messages.success(request, _("The requests stand among your tasks now. You can undo it below."))
        elif act == "not-ours":
            actions.say_not_ours(viewer, invitation=invitation)
            messages.success(request, _("Noted: this is for another firm. You will not be asked again."))
        elif act == "undo":
            actions.give_back(viewer, invitation=invitation)
            messages.success(request, _("Undone: it waits again at the address to which it was sent."))
        else:
            raise NotKnown
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect(f"{reverse('answer:tasks')}?all=1")


@require_safe
def sent(request: HttpRequest, line: str) -> HttpResponse:
    """Say what was sent, and what happens next."""
    viewer = signed_in(request)
    task = read.task(viewer, line)
    still = [each for each in read.tasks(viewer) if each.status in {"open", "accepted"}]
    return render(request, "answer/sent.html", {"task": task, "open": still, "form": read.form(viewer)})
