"""Hold an export of Amont's ledger against its hashes: `python3 verify_ledger.py FILE [--head NUMBER:HASH ...]`.

Standard library only; knows nothing of Amont but the format. Run it on a machine of your own.

An export is a text file. Its first line says how many lines follow and the hash of the last. Every other is one act:

  sequence  its number, from 1, without gaps
  digest    SHA-256 over a salt, a line feed and the record
  hash      SHA-256 over the hash of the line before (64 zeros before the first), its number and its digest
  salt, record   where the line is opened to you: what was recorded. A line that is not opened tells nothing
  erased    where the record was erased for good; a later line, open to everybody, names which were

Every line is JSON written in the one canonical way (sorted keys, no spaces), so that no byte can change unseen. What
the file alone cannot show is that its end was cut off or that the rest was rewritten from some line on: for that, give
with --head a head (number and hash) that you noted before or had from somebody else, as often as you like.

It ends with 0 if all holds, 1 if not, and 2 if the file cannot be read.
"""

import argparse
import json
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import sha256
from typing import Any

GENESIS = "0" * 64
ERASE = "erase_lines"
CLOSED = {"digest", "hash", "sequence"}
SHAPES = (CLOSED, CLOSED | {"erased"}, CLOSED | {"record", "salt"})
HEADER = {"format", "head", "lines", "opened", "version"}


class Broken(Exception):
    """The ledger does not hold; the message says where and why."""


def canonical(value: object) -> str:
    """Return the one way to write a value."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def hashed(text: str) -> str:
    """Return SHA-256 in hexadecimal."""
    return sha256(text.encode()).hexdigest()


def parsed(line: str, place: str) -> dict[str, Any]:
    """Return what a line says, if it is written in the one canonical way."""
    try:
        found = json.loads(line)
    except (ValueError, RecursionError) as trouble:
        message = f"{place}: no JSON"
        raise Broken(message) from trouble
    if not isinstance(found, dict) or canonical(found) != line:
        message = f"{place}: not written as an export is"
        raise Broken(message)
    return found


def header_of(lines: Iterator[str]) -> dict[str, Any]:
    """Return the first line."""
    found = parsed(next(lines, ""), "first line")
    if set(found) != HEADER or (found["format"], found["version"]) != ("amont-ledger", 1):
        message = "first line: this is no export of a ledger, or of a version that this script does not know"
        raise Broken(message)
    return found


def erased_by(record: Mapping[str, Any], number: int) -> set[int]:
    """Return the lines before this one that it names as erased, in ranges like 3-5,9; of most records none."""
    if record.get("act") != ERASE:
        return set()
    found: set[int] = set()
    for each in record["detail"]["lines"].split(","):
        first, _, last = each.partition("-")
        found.update(range(int(first), min(int(last or first) + 1, number)))
    return found


def check_line(found: dict[str, Any], number: int, previous: str) -> None:
    """Raise unless this line has its number, follows the one before, and says what its digest was made over."""
    place = f"line {number}"
    if set(found) not in SHAPES or found.get("erased", True) is not True:
        message = f"{place}: has other fields than a line has"
        raise Broken(message)
    if found["sequence"] != number or type(found["sequence"]) is not int:
        message = f"{place}: bears the number {found['sequence']}: lines were dropped, added or moved"
        raise Broken(message)
    if found["hash"] != hashed(f"{previous}\n{number}\n{found['digest']}"):
        message = f"{place}: its hash does not follow from the line before: something was changed"
        raise Broken(message)
    if "record" in found and found["digest"] != hashed(f"{found['salt']}\n{canonical(found['record'])}"):
        message = f"{place}: its record is not the one that was digested"
        raise Broken(message)


def verify(lines: Iterable[str], heads: Mapping[int, str]) -> str:
    """Return how much holds, or raise `Broken`. `lines` are those of the file, without their ends."""
    rest = iter(lines)
    header = header_of(rest)
    erased, named, opened, number, previous, wanted = set(), set(), 0, 0, GENESIS, dict(heads)
    for number, line in enumerate(rest, 1):
        found = parsed(line, f"line {number}")
        check_line(found, number, previous)
        previous = found["hash"]
        if wanted.pop(number, previous) != previous:
            message = f"line {number}: another hash was noted for it: this is another history"
            raise Broken(message)
        if "erased" in found:
            erased.add(number)
        if "record" in found:
            opened += 1
            named |= erased_by(found["record"], number)
    check_end(header, (number, previous, opened), wanted)
    if erased != named:
        message = f"line {min(erased ^ named)}: said to be erased on one side, not on the other"
        raise Broken(message)
    closed = number - opened - len(erased)
    return f"{number} lines, {opened} opened and held against their digest, {len(erased)} erased, {closed} closed"


def check_end(header: Mapping[str, Any], found: tuple[int, str, int], wanted: Mapping[int, str]) -> None:
    """Raise unless the file ends where it says, and goes as far as every head that was noted."""
    if (header["lines"], header["head"], header["opened"]) != found:
        message = f"line {found[0]}: the file does not end where its first line says, or lines were closed since"
        raise Broken(message)
    if wanted:
        message = f"line {found[0]} is the last, but line {max(wanted)} was noted: the end was cut off"
        raise Broken(message)


def head(text: str) -> tuple[int, str]:
    """Return a head from NUMBER:HASH."""
    number, _, held = text.partition(":")
    return int(number), held


def main(arguments: Sequence[str] | None = None) -> int:
    """Verify one file."""
    words = argparse.ArgumentParser(description="Hold an export of Amont's ledger against its hashes.")
    words.add_argument("file")
    words.add_argument("--head", action="append", default=[], type=head, metavar="NUMBER:HASH")
    chosen = words.parse_args(arguments)
    try:
        with open(chosen.file, encoding="utf-8", newline="\n") as lines:  # noqa: PTH123 - nothing but the least
            told = verify((line[:-1] if line.endswith("\n") else f"{line} " for line in lines), dict(chosen.head))
    except Broken as trouble:
        print(f"The ledger does NOT hold. {trouble}", file=sys.stderr)
        return 1
    except (OSError, UnicodeDecodeError) as trouble:
        print(f"{chosen.file} cannot be read: {trouble}", file=sys.stderr)
        return 2
    print(f"The ledger holds: {told}.", "" if chosen.head else "No head was given: the end may have been cut off.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
