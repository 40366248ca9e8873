"""What people do about accounts, colleagues and their own language."""

from amont.parties.actions.accounts import choose_language, open_account, open_organization
from amont.parties.actions.colleagues import (
    change_role,
    invite_colleague,
    join_by_account,
    join_by_link,
    remove_colleague,
    withdraw_invitation,
)
from amont.parties.actions.letters import enter_code, write_letter
from amont.parties.actions.tokens import make_token, note_use, revoke_token

__all__ = [
    "change_role",
    "choose_language",
    "enter_code",
    "invite_colleague",
    "join_by_account",
    "join_by_link",
    "make_token",
    "note_use",
    "open_account",
    "open_organization",
    "remove_colleague",
    "revoke_token",
    "withdraw_invitation",
    "write_letter",
]
