"""Opaque random identifiers: not sequential, not ordered in time."""

import os
import random
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from hashlib import sha256

_ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"
_LENGTH = 20
_EVEN = 256 - 256 % len(_ALPHABET)  # bytes beyond would make some letters likelier
_LETTERS = bytes(ord(_ALPHABET[each % len(_ALPHABET)]) for each in range(256))
_BEYOND = bytes(range(_EVEN, 256))

_source: ContextVar[random.Random | None] = ContextVar("ids", default=None)


def _characters(length: int) -> str:
    source = _source.get() or secrets.SystemRandom()
    return "".join(source.choices(_ALPHABET, k=length))


def new_public_id() -> str:
    """Return a fresh public id: 20 characters, about 99 bits."""
    return _characters(_LENGTH)


def new_public_ids(count: int) -> list[str]:
    """Return so many fresh public ids, drawn at once: a tenth of the time that one by one takes."""
    if _source.get() is not None:
        return [new_public_id() for _each in range(count)]
    text, wanted = "", count * _LENGTH
    while len(text) < wanted:
        text += os.urandom(wanted + wanted // 16 + 64).translate(_LETTERS, _BEYOND).decode()
    return [text[at : at + _LENGTH] for at in range(0, wanted, _LENGTH)]


def is_public_id(text: str) -> bool:
    """Tell whether a text has the shape of a public id; never whether it is anybody's."""
    return len(text) == _LENGTH and not set(text) - set(_ALPHABET)


def new_token() -> str:
    """Return a fresh secret for a link in a mail: 52 characters, about 257 bits."""
    return _characters(52)


def new_salt() -> str:
    """Return a fresh salt for a ledger line: 26 characters, about 128 bits."""
    return _characters(26)


def digest_of(token: str) -> str:
    """Return what is stored of a token: its SHA-256 in hexadecimal. The token itself is never stored."""
    return sha256(token.encode()).hexdigest()


@contextmanager
def seeded(seed: int) -> Iterator[None]:
    """Draw ids from a seeded source inside this block, so that a demo is the same every time. Never for real data."""
    mark = _source.set(random.Random(seed))  # noqa: S311 - repeatable on purpose, for demo and tests only
    try:
        yield
    finally:
        _source.reset(mark)
