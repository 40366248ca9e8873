"""Asking, inviting, answering."""

from amont.requests.actions.answering import decline_line, send_answer
from amont.requests.actions.asking import ask, ask_source, cancel, check_ask, resend
from amont.requests.actions.bringing import bring_answers, undo_answers
from amont.requests.actions.colleagues import answer_by_link, ask_colleague
from amont.requests.actions.confirming import confirm_statement
from amont.requests.actions.drafting import drop_draft, save_draft
from amont.requests.actions.ending import end_line
from amont.requests.actions.joining import accept_invitation, begin, decline_invitation, forward, join, send_fresh_link
from amont.requests.actions.recognizing import give_back, say_not_ours, take_as_ours
from amont.requests.actions.releasing import release, review, take_back
from amont.requests.actions.reminding import pause_reminders, paused_by, remind, resume_reminders, token_for
from amont.requests.actions.saying import Saying, say, still_true, widen

__all__ = [
    "Saying",
    "accept_invitation",
    "answer_by_link",
    "ask",
    "ask_colleague",
    "ask_source",
    "begin",
    "bring_answers",
    "cancel",
    "check_ask",
    "confirm_statement",
    "decline_invitation",
    "decline_line",
    "drop_draft",
    "end_line",
    "forward",
    "give_back",
    "join",
    "pause_reminders",
    "paused_by",
    "release",
    "remind",
    "resend",
    "resume_reminders",
    "review",
    "save_draft",
    "say",
    "say_not_ours",
    "send_answer",
    "send_fresh_link",
    "still_true",
    "take_as_ours",
    "take_back",
    "token_for",
    "undo_answers",
    "widen",
]
