"""Whatever is done to an export, the script that an outsider runs finds it.

`TAMPERINGS` says how many (default 1,500), `SEED` where to begin, `RECORD` a file that gets a line (`make tampering`).
"""

import json
import os
import random
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from amont.ledger import rules

TAMPERINGS = int(os.environ.get("TAMPERINGS") or 1500)
FIRST_SEED = int(os.environ.get("SEED") or 1)
RECORD = os.environ.get("RECORD")
SCRIPT = Path(__file__).resolve().parents[2] / "docs" / "verify_ledger.py"

Lines = list[str]
Tampering = Callable[[Lines, random.Random], Lines]


def dice(seed: int) -> random.Random:
    return random.Random(seed)  # noqa: S311 - repeatable on purpose


def made(seed: int, *, size: int = 12, opened: bool = True) -> Lines:
    """Return an export of a made ledger: opened, closed and erased lines, the last naming those erased."""
    draw, previous, found, erased = dice(seed), rules.GENESIS, [], []
    for number in range(1, size + 1):
        is_last = number == size
        record: dict[str, object] = {
            "act": rules.ERASE if is_last else draw.choice(("grant", "revoke", "add_line")),
            "about": f"{draw.getrandbits(64):x}",
            "organization": None if is_last else draw.randrange(9),
            "detail": {"lines": rules.ranges(erased)} if is_last else {"rows": draw.randrange(5)},
        }
        salt = f"{draw.getrandbits(128):x}"
        digest = rules.digest(salt, record)
        previous = rules.chained(previous, number, digest)
        is_erased = not is_last and number in {3, 4, 8}
        erased += [number] if is_erased else []
        opening = (salt, record) if is_last or (opened and number % 3) else None
        found.append(rules.export_line((number, digest, previous), opening, erased=is_erased))
    count = sum("record" in json.loads(line) for line in found)
    return [rules.export_header(lines=size, head=previous, opened=count), *found]


def chained_anew(lines: Lines, first: int) -> Lines:
    """Return the export with every hash from this line on, and its header, made to fit what stands there now."""
    body = [json.loads(line) for line in lines[1:]]
    previous = body[first - 1]["hash"] if first else rules.GENESIS
    for number, line in enumerate(body[first:], first + 1):
        line["sequence"] = number
        previous = line["hash"] = rules.chained(previous, number, line["digest"])
    opened = sum("record" in line for line in body)
    header = rules.export_header(lines=len(body), head=previous, opened=opened)
    return [header, *map(rules.canonical, body)]


def change_a_byte(lines: Lines, draw: random.Random) -> Lines:
    text = "\n".join(lines)
    at = draw.randrange(len(text))
    other = draw.choice([each for each in '0123456789abcdef{}":, \n' if each != text[at]])
    return (text[:at] + other + text[at + 1 :]).split("\n")


def change_a_record(lines: Lines, draw: random.Random) -> Lines:
    at = draw.choice([number for number, line in enumerate(lines) if '"record"' in line])
    line = json.loads(lines[at])
    line["record"]["about"] += "x"
    return [*lines[:at], rules.canonical(line), *lines[at + 1 :]]


def change_a_record_and_all_that_follows(lines: Lines, draw: random.Random) -> Lines:
    at = draw.choice([number for number, line in enumerate(lines) if '"record"' in line])
    line = json.loads(lines[at])
    line["record"]["act"] = "forged"
    line["digest"] = rules.digest(line["salt"], line["record"])
    return chained_anew([*lines[:at], rules.canonical(line), *lines[at + 1 :]], at - 1)


def drop(lines: Lines, draw: random.Random) -> Lines:
    at = draw.randrange(1, len(lines))
    return lines[:at] + lines[at + 1 :]


def drop_and_chain_anew(lines: Lines, draw: random.Random) -> Lines:
    at = draw.randrange(1, len(lines) - 1)
    return chained_anew(lines[:at] + lines[at + 1 :], at - 1)


def insert(lines: Lines, draw: random.Random) -> Lines:
    at = draw.randrange(1, len(lines) + 1)
    return [*lines[:at], made(draw.randrange(10**6))[draw.randrange(1, 13)], *lines[at:]]


def insert_and_chain_anew(lines: Lines, draw: random.Random) -> Lines:
    at = draw.randrange(1, len(lines))
    return chained_anew(insert(lines[:at], draw) + lines[at:], at - 1)


def repeat(lines: Lines, draw: random.Random) -> Lines:
    at, to = draw.randrange(1, len(lines)), draw.randrange(1, len(lines) + 1)
    return [*lines[:to], lines[at], *lines[to:]]


def reorder(lines: Lines, draw: random.Random) -> Lines:
    one, other = draw.sample(range(1, len(lines)), 2)
    found = list(lines)
    found[one], found[other] = found[other], found[one]
    return found


def reorder_and_chain_anew(lines: Lines, draw: random.Random) -> Lines:
    return chained_anew(reorder(lines, draw), 0)


def truncate(lines: Lines, draw: random.Random) -> Lines:
    return lines[: draw.randrange(len(lines))]


def truncate_with_a_new_first_line(lines: Lines, draw: random.Random) -> Lines:
    kept = lines[: draw.randrange(2, len(lines))]
    return chained_anew(kept, len(kept) - 2)


def another_ledger(lines: Lines, draw: random.Random) -> Lines:
    return made(draw.randrange(10**6, 10**7), size=len(lines) - 1)


def close_a_line(lines: Lines, draw: random.Random) -> Lines:
    at = draw.choice([number for number, line in enumerate(lines) if '"record"' in line])
    line = json.loads(lines[at])
    del line["record"], line["salt"]
    return [*lines[:at], rules.canonical(line), *lines[at + 1 :]]


def say_erased(lines: Lines, draw: random.Random) -> Lines:
    at = draw.choice([number for number, line in enumerate(lines[1:], 1) if '"erased"' not in line])
    line: dict[str, Any] = {key: json.loads(lines[at])[key] for key in ("sequence", "digest", "hash")}
    found = [*lines[:at], rules.canonical({**line, "erased": True}), *lines[at + 1 :]]
    return chained_anew(found, 0)


def say_not_erased(lines: Lines, draw: random.Random) -> Lines:
    at = draw.choice([number for number, line in enumerate(lines) if '"erased"' in line])
    line = json.loads(lines[at])
    del line["erased"]
    return [*lines[:at], rules.canonical(line), *lines[at + 1 :]]


WAYS: tuple[Tampering, ...] = (
    change_a_byte,
    change_a_record,
    change_a_record_and_all_that_follows,
    drop,
    drop_and_chain_anew,
    insert,
    insert_and_chain_anew,
    repeat,
    reorder,
    reorder_and_chain_anew,
    truncate,
    truncate_with_a_new_first_line,
    another_ledger,
    close_a_line,
    say_erased,
    say_not_erased,
)


def found_out(script: ModuleType, lines: Lines, head: tuple[int, str]) -> bool:
    try:
        script.verify(iter(lines), dict([head]))
    except script.Broken:
        return True
    return False


def test_every_tampering_is_found(script: ModuleType) -> None:
    missed, tried, seed = [], Counter[str](), FIRST_SEED
    while tried.total() < TAMPERINGS:
        draw, lines = dice(seed), made(seed)
        header = json.loads(lines[0])
        for way in WAYS:
            forged = way(lines, draw)
            if forged == lines:
                continue
            tried[way.__name__] += 1
            if not found_out(script, forged, (header["lines"], header["head"])):
                missed.append(f"{way.__name__}, seed {seed}")
        seed += 1
    assert missed == []
    assert len(tried) == len(WAYS)
    if RECORD:
        day = date.today()  # noqa: DTZ011 - the day it was run, for people
        line = (
            f"- {day}: {tried.total():,} tamperings in {len(WAYS)} ways, seeds {FIRST_SEED} to {seed - 1}: all found.\n"
        )
        with Path(RECORD).open("a", encoding="utf-8") as file:
            file.write(line)


@pytest.mark.parametrize("opened", [True, False])
def test_what_nobody_touched_holds(script: ModuleType, *, opened: bool) -> None:
    for seed in range(50):
        lines = made(seed, opened=opened)
        header = json.loads(lines[0])
        earlier = json.loads(lines[5])
        noted = {header["lines"]: header["head"], 5: earlier["hash"]}
        assert script.verify(iter(lines), noted).startswith("12 lines")


def test_a_cut_end_is_found_by_a_head_noted_apart_only(script: ModuleType) -> None:
    whole = made(7, size=20, opened=False)
    cut = chained_anew(made(7, size=20, opened=False)[:3], 1)
    header = json.loads(whole[0])
    assert script.verify(iter(cut), {}).startswith("2 lines")
    assert found_out(script, cut, (header["lines"], header["head"]))


def test_the_script_runs_alone(tmp_path: Path) -> None:
    file = tmp_path / "ledger.jsonl"
    lines = made(3)
    file.write_text("".join(f"{line}\n" for line in lines))
    said = subprocess.run([sys.executable, "-I", "-S", SCRIPT, file], capture_output=True, text=True, check=False)
    assert (said.returncode, "holds" in said.stdout) == (0, True), said.stderr
    file.write_text("".join(f"{line}\n" for line in drop(lines, dice(1))))
    said = subprocess.run([sys.executable, "-I", "-S", SCRIPT, file], capture_output=True, text=True, check=False)
    assert (said.returncode, "does NOT hold" in said.stderr) == (1, True)
    said = subprocess.run([sys.executable, SCRIPT, tmp_path / "none"], capture_output=True, text=True, check=False)
    assert said.returncode == 2


def test_the_script_is_short_and_needs_nothing() -> None:
    text = SCRIPT.read_text()
    assert len(text.splitlines()) < 200
    assert {
        line.split()[1].split(".")[0] for line in text.splitlines() if line.startswith(("import ", "from "))
    } <= set(sys.stdlib_module_names)
