"""Requests as facts: for who asks, for the invited, for who answers."""

from amont.requests.read.answering import answer_form, asked_about, item_content
from amont.requests.read.asked import contacts_to_ask, preview, request, requests_sent, stated, stated_source, to_ask
from amont.requests.read.brought import brought_answers, marked_answers
from amont.requests.read.by_link import by_link
from amont.requests.read.form import form, own_tag, question, subject
from amont.requests.read.helped import helped
from amont.requests.read.invited import copied, invitation, invitations_to
from amont.requests.read.recognizing import perhaps_ours, recognized
from amont.requests.read.tasks import is_asked, task, tasks

__all__ = [
    "answer_form",
    "asked_about",
    "brought_answers",
    "by_link",
    "contacts_to_ask",
    "copied",
    "form",
    "helped",
    "invitation",
    "invitations_to",
    "is_asked",
    "item_content",
    "marked_answers",
    "own_tag",
    "perhaps_ours",
    "preview",
    "question",
    "recognized",
    "request",
    "requests_sent",
    "stated",
    "stated_source",
    "subject",
    "task",
    "tasks",
    "to_ask",
]
