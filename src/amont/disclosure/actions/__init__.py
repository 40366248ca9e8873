"""An owner decides who sees what of its own: to grant, to change, to revoke, to consent when asked for more."""

from amont.disclosure.actions.consenting import Keeper, ask_owners, say
from amont.disclosure.actions.granting import WHOLE, Subject, change, grant, revoke

__all__ = ["WHOLE", "Keeper", "Subject", "ask_owners", "change", "grant", "revoke", "say"]
