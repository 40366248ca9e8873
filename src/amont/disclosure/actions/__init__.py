"""An owner decides who sees what of its own: to grant, to change, to revoke, to consent when asked for more."""

from amont.disclosure.actions.consenting import Keeper, ask_owners, say
from amont.disclosure.actions.granting import WHOLE, Subject, change, grant, revoke
from amont.disclosure.actions.inspecting import close_inspection, open_audit, open_case

__all__ = [
    "WHOLE",
    "Keeper",
    "Subject",
    "ask_owners",
    "change",
    "close_inspection",
    "grant",
    "open_audit",
    "open_case",
    "revoke",
    "say",
]
