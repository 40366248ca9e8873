"""What one is asked, and one's answers."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import HttpRequest
from ninja import Router

from amont.api.auth import Token, viewer_of
from amont.api.paging import Paged, Part, cut
from amont.api.problems import told
from amont.consortia.facts import Code, Question
from amont.requests import read
from amont.requests.facts import Task

router = Router(tags=["answers"])


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


@router.get("", auth=Token("answers:read"), response=told(Paged[Task]), url_name="answers", operation_id="listTasks")
def tasks(request: HttpRequest, part: Part) -> Paged[Task]:
    """List what one is asked, open tasks first, by due day: one task for all requests over one link."""
    viewer = viewer_of(request)
    return cut(viewer, read.tasks(viewer), part, ref=lambda each: each.line, of="answers")


@router.get(
    "/{line}", auth=Token("answers:read"), response=told(Asked, one=True), url_name="answer", operation_id="getTask"
)
def task(request: HttpRequest, line: str) -> Asked:
    """Return one task with what is asked, and what is known or drafted so far."""
    form = read.answer_form(viewer_of(request), line)
    return Asked(
        task=form.task,
        questions=form.asks.questions,
        content=form.content,
        drafted=form.drafted,
        steps=form.steps,
        families=form.families,
        schemes=form.schemes,
    )
