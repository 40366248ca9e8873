"""Requests as facts: for who asks, for the invited, for who answers."""

from amont.requests.read.answering import answer_form, asked_about, item_content
from amont.requests.read.asked import contacts_to_ask, preview, request, requests_sent, stated, stated_source, to_ask
from amont.requests.read.helped import helped
from amont.requests.read.invited import copied, invitation, invitations_to
from amont.requests.read.tasks import task, tasks

__all__ = [
    "answer_form",
    "asked_about",
    "contacts_to_ask",
    "copied",
    "helped",
    "invitation",
    "invitations_to",
    "item_content",
    "preview",
    "request",
    "requests_sent",
    "stated",
    "stated_source",
    "task",
    "tasks",
    "to_ask",
]
