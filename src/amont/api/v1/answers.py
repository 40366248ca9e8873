"""What one is asked, and one's answers."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import HttpRequest
from ninja import Router

from amont.api.auth import Token, viewer_of
from amont.api.fields import Long, Sent, Yes
from amont.api.paging import Paged, Part, cut
from amont.api.problems import told
from amont.api.v1.answering import AnswerSent
from amont.consortia.facts import Code, Question
from amont.kernel.viewer import Viewer
from amont.requests import actions, read
from amont.requests.facts import Sent as Done
from amont.requests.facts import Task

router = Router(tags=["answers"])
MAY_READ, MAY_WRITE = Token("answers:read"), Token("answers:write")


@dataclass(frozen=True, slots=True)
class Asked:
    """One line that is asked, what is asked of it, and what is known or drafted so far.

    `content` has the fields of an answer; codes are those of `steps`, `families` and `schemes`.
    """

    task: Task
    questions: tuple[Question, ...]
    content: Mapping[str, object]
    drafted: bool
    steps: tuple[Code, ...]
    families: tuple[Code, ...]
    schemes: tuple[Code, ...]


@router.get("", auth=MAY_READ, response=told(Paged[Task]), url_name="answers", operation_id="listTasks")
def tasks(request: HttpRequest, part: Part) -> Paged[Task]:
    """List what one is asked, open tasks first, by due day: one task for all requests over one link."""
    viewer = viewer_of(request)
    return cut(viewer, read.tasks(viewer), part, ref=lambda each: each.line, of="answers")


class Declined(Sent):
    """Why a line is not answered; `not_mine`: it is not one's product."""

    reason: Long = ""
    not_mine: Yes = False


@router.get("/{line}", auth=MAY_READ, response=told(Asked, one=True), url_name="answer", operation_id="getTask")
def task(request: HttpRequest, line: str) -> Asked:
    """Return one task with what is asked, and what is known or drafted so far."""
    return _asked(viewer_of(request), line)


@router.post("/{line}", auth=MAY_WRITE, response=told(Done, one=True, takes=True), operation_id="sendAnswer")
def send(request: HttpRequest, line: str, body: AnswerSent) -> Done:
    """Send the answer to one line: facts of one's own item; the link is accepted, firms to invite are asked."""
    return actions.send_answer(viewer_of(request), answers=[body.values(line)])


@router.put(
    "/{line}/draft",
    auth=MAY_WRITE,
    response=told(Asked, one=True, takes=True),
    url_name="answer-draft",
    operation_id="saveDraft",
)
def draft(request: HttpRequest, line: str, body: AnswerSent) -> Asked:
    """Keep an answer that is being written; nobody else sees it."""
    viewer = viewer_of(request)
    _asked(viewer, line)
    actions.save_draft(viewer, line=line, content=body.dict(mode="json"))
    return _asked(viewer, line)


@router.post(
    "/{line}/decline",
    auth=MAY_WRITE,
    response=told(Asked, one=True, takes=True),
    url_name="answer-decline",
    operation_id="declineLine",
)
def decline(request: HttpRequest, line: str, body: Declined) -> Asked:
    """Decline one line with a reason, or say that it is not one's product."""
    viewer = viewer_of(request)
    actions.decline_line(viewer, line=line, reason=body.reason, not_mine=body.not_mine)
    return _asked(viewer, line)


def _asked(viewer: Viewer, line: str) -> Asked:
    form = read.answer_form(viewer, line)
    return Asked(
        task=form.task,
        questions=form.asks.questions,
        content=form.content,
        drafted=form.drafted,
        steps=form.steps,
        families=form.families,
        schemes=form.schemes,
    )
