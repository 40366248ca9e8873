"""The product and a naive second reading settle random files alike, to the cent."""

import json
import os
from datetime import UTC, datetime
from fractions import Fraction
from pathlib import Path
from typing import Any

from amont.exchange.rebate.parse import read_rebate
from amont.exchange.rebate.show import settlements_as_json
from purchasing.files import rebate_file
from purchasing.naive import settlements

FILES = int(os.environ.get("FILES", "150"))
SEED = int(os.environ.get("SEED", "1"))
Json = dict[str, Any]


def printed(file: Json) -> list[Json]:
    """Return what the command prints, with amounts as fractions."""
    found: list[Json] = settlements_as_json(read_rebate(json.dumps(file)))["settlements"]
    for each in found:
        for row in (each, *each["shares"]):
            row.update({name: Fraction(row[name]) for name in row if name not in {"on", "adherent", "shares"}})
    return found


def test_random_files_are_settled_as_a_naive_reading_settles_them() -> None:
    different, counted, moved = [], 0, 0
    for seed in range(SEED, SEED + FILES):
        file = rebate_file(seed)
        ours, theirs = printed(file), settlements(file)
        counted += len(theirs)
        moved += sum(bool(each["delta"]) for each in theirs)
        different += [seed] if ours != theirs else []
    assert different == []
    assert not FILES or moved > counted // 10, "the files settle nothing"
    if record := os.environ.get("RECORD"):
        told = f"{FILES:,} rebate files from seed {SEED}, {counted:,} settlements, {moved:,} of which moved something"
        with Path(record).open("a", encoding="utf-8") as kept:
            kept.write(f"\n- {datetime.now(UTC):%Y-%m-%d}: {told}: no difference (`make rebates`).\n")
