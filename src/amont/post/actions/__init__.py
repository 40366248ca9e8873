"""Mail and calls: written in the transaction of the act that causes them, sent afterwards."""

from amont.post.actions.calls import forget_calls, send_calls, tell
from amont.post.actions.hooks import drop_hook, note_view, register_hook, rotate_secret, try_hook
from amont.post.actions.mails import send_waiting, write

__all__ = [
    "drop_hook",
    "forget_calls",
    "note_view",
    "register_hook",
    "rotate_secret",
    "send_calls",
    "send_waiting",
    "tell",
    "try_hook",
    "write",
]
