"""How a line is digested and chained, and how a ledger leaves as a file."""

import json
from collections.abc import Iterable, Mapping
from hashlib import sha256

GENESIS = "0" * 64
ERASE = "erase_lines"
"""The act that names which lines before it were erased, as ranges in its detail under "lines"."""


def canonical(value: object) -> str:
    """Return the one way to write a value as JSON: sorted keys, no spaces, UTF-8."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def digest(salt: str, record: Mapping[str, object]) -> str:
    """Return SHA-256 over the salt and the record as canonical JSON."""
    return sha256(f"{salt}\n{canonical(record)}".encode()).hexdigest()


def chained(previous: str, sequence: int, record_digest: str) -> str:
    """Return the hash of a line: SHA-256 over the hash before, its number and its record's digest."""
    return sha256(f"{previous}\n{sequence}\n{record_digest}".encode()).hexdigest()


def ranges(numbers: Iterable[int]) -> str:
    """Return numbers in the order of size as ranges: "3-5,9"; each once."""
    found: list[tuple[int, int]] = []
    for number in sorted(set(numbers)):
        if found and found[-1][1] == number - 1:
            found[-1] = (found[-1][0], number)
        else:
            found.append((number, number))
    return ",".join(f"{first}-{last}" if first != last else f"{first}" for first, last in found)


def within(text: object) -> set[int]:
    """Return the numbers of ranges; nothing for what is no text of ranges."""
    found: set[int] = set()
    for each in str(text).split(","):
        first, _, last = each.partition("-")
        if first.isdecimal() and (last or first).isdecimal():
            found.update(range(int(first), int(last or first) + 1))
    return found


def export_header(*, lines: int, head: str, opened: int) -> str:
    """Return the first line of an export: how many lines follow, the hash of the last, and how many are opened."""
    return canonical({"format": "amont-ledger", "version": 1, "lines": lines, "head": head, "opened": opened})


def export_line(chain: tuple[int, str, str], opening: tuple[str, Mapping[str, object]] | None, *, erased: bool) -> str:
    """Return one line of an export: number, digest and hash; opened by its salt and record, or said to be erased."""
    sequence, record_digest, held = chain
    line: dict[str, object] = {"sequence": sequence, "digest": record_digest, "hash": held}
    if erased:
        line["erased"] = True
    elif opening:
        line["salt"], line["record"] = opening[0], dict(opening[1])
    return canonical(line)
