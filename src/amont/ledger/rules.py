"""How a line is digested and chained."""

import json
from collections.abc import Mapping
from hashlib import sha256

GENESIS = "0" * 64


def digest(salt: str, record: Mapping[str, object]) -> str:
    """Return SHA-256 over the salt and the record as canonical JSON (sorted keys, no spaces, UTF-8)."""
    canonical = json.dumps(record, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return sha256(f"{salt}\n{canonical}".encode()).hexdigest()


def chained(previous: str, sequence: int, record_digest: str) -> str:
    """Return the hash of a line: SHA-256 over the hash before, its number and its record's digest."""
    return sha256(f"{previous}\n{sequence}\n{record_digest}".encode()).hexdigest()
