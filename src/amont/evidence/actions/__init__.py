"""Acts on certificates, the items that rely on them, and documents."""

from amont.evidence.actions.documents import add_document, remove_document
from amont.evidence.actions.keys import keys_left, rotate, shred
from amont.evidence.actions.relying import rely
from amont.evidence.actions.renewing import renew

__all__ = ["add_document", "keys_left", "rely", "remove_document", "renew", "rotate", "shred"]
