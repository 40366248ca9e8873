"""Pseudonyms of nameless places: different for each viewer and each head, derivable from nothing that anybody sees."""

import hmac
from base64 import b32encode
from hashlib import sha256

from django.conf import settings

_BYTES = 15  # 120 bits, 24 characters


def item_pseudonym(viewer: int, *, item: int, head: int) -> str:
    """Return how `viewer` knows an item beside the named place of the item `head`: 24 lower-case characters."""
    return _keyed("item", viewer, item, head)


def firm_pseudonym(viewer: int, *, organization: int, head: int) -> str:
    """Return how `viewer` knows the firm of nameless items beside one head: 24 lower-case characters."""
    return _keyed("firm", viewer, organization, head)


def _keyed(*words: str | int) -> str:
    message = "\n".join(str(word) for word in words).encode()
    digest = hmac.new(settings.PSEUDONYM_KEY.encode(), message, sha256).digest()
    return b32encode(digest[:_BYTES]).decode().lower()
