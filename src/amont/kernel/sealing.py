"""Sealing: AES-256-GCM with envelope keys. A master key wraps keys, each of these wraps others or seals one content.

What is sealed or wrapped is bound to a text that says what it is, so that nothing can be put in another's place.
Randomness comes from the system alone, never from a seeded source: also in demo and tests.
"""

import base64
import binascii
import os
from collections.abc import Iterable, Iterator
from hashlib import sha256

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

PART_BYTES = 1 << 20
_KEY_BYTES = 32
_NONCE_BYTES = 12


class Unreadable(Exception):
    """It was not sealed by this key, or not as this, or it was changed since."""


def new_key() -> bytes:
    """Return a fresh key of 256 bits."""
    return os.urandom(_KEY_BYTES)


def written(key: bytes) -> str:
    """Return a key as a setting holds it."""
    return base64.urlsafe_b64encode(key).decode()


def read_keys(text: str) -> tuple[bytes, ...]:
    """Return the keys of a setting: one a word, the current one first. Raises `ValueError`, which repeats none."""
    found = []
    for word in text.replace(",", " ").split():
        try:
            key = base64.b64decode(word.replace("-", "+").replace("_", "/"), validate=True)
        except binascii.Error:
            key = b""
        if len(key) != _KEY_BYTES:
            message = "not 32 bytes in base64"
            raise ValueError(message)
        found.append(key)
    return tuple(found)


def mark_of(key: bytes) -> str:
    """Return what tells a key apart and tells nothing of it: 16 characters."""
    return sha256(b"amont key\n" + key).hexdigest()[:16]


def wrap(key: bytes, secret: bytes, about: str) -> bytes:
    """Return a secret sealed by a key as being `about`."""
    nonce = os.urandom(_NONCE_BYTES)
    return nonce + AESGCM(key).encrypt(nonce, secret, about.encode())


def unwrap(key: bytes, wrapped: bytes, about: str) -> bytes:
    """Return the secret that this key sealed as being `about`. Raises `Unreadable`."""
    try:
        return AESGCM(key).decrypt(wrapped[:_NONCE_BYTES], wrapped[_NONCE_BYTES:], about.encode())
    except (InvalidTag, ValueError) as trouble:
        raise Unreadable from trouble


def seal_parts(key: bytes, parts: Iterable[bytes], about: str) -> Iterator[bytes]:
    """Seal a content part by part. The key is of this content alone: a part's number is its nonce.

    The last part is sealed as the last, so that none can be cut off, moved or repeated unseen; there is at least one.
    """
    cipher, number, held = AESGCM(key), 0, b""
    for number, part in enumerate(parts):
        if number:
            yield cipher.encrypt(_nonce(number - 1), held, _about(about, last=False))
        held = part
    yield cipher.encrypt(_nonce(number), held, _about(about, last=True))


def open_part(key: bytes, sealed: bytes, about: str, *, number: int, last: bool) -> bytes:
    """Return one part of a content. Raises `Unreadable`."""
    try:
        return AESGCM(key).decrypt(_nonce(number), sealed, _about(about, last=last))
    except InvalidTag as trouble:
        raise Unreadable from trouble


def _nonce(number: int) -> bytes:
    return number.to_bytes(_NONCE_BYTES, "big")


def _about(about: str, *, last: bool) -> bytes:
    return f"{about}\n{'last' if last else 'more'}".encode()
