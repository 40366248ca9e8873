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

__all__ = [
    "change_role",
    "choose_language",
    "invite_colleague",
    "join_by_account",
    "join_by_link",
    "open_account",
    "open_organization",
    "remove_colleague",
    "withdraw_invitation",
]
