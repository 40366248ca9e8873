"""Settles 300 adherents with a million invoice lines, against DuckDB's sum and the same split, in the same run.

`python benchmarks/rebate.py` prints medians of five: of the pure engine on every line in memory, of the engine on the
sums by adherent and day that the product keeps as lines come, and of DuckDB on its own table of lines. The answers are
compared first. LINES sets the size.
"""

import os
import random
import statistics
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path

import duckdb

from amont.accounting.rules.splits import split
from amont.purchasing.rules.schemes import Band, Formula, Period, Scheme, entitlement
from amont.purchasing.rules.settling import Event, settle

LINES = int(os.environ.get("LINES", "1000000"))
START, END = date(2026, 1, 1), date(2026, 12, 31)
BANDS = tuple(
    Band(Fraction(start * 10_000), Fraction(percent, 100))
    for start, percent in ((0, 0), (500, 2), (1500, 4), (3000, 6))
)
SCHEME = Scheme("EUR", Formula.RETROACTIVE, BANDS)
KEYS = {f"a{number:03}": Period() for number in range(300)}


def lines() -> list[Event]:
    """Return the lines, the same every time."""
    source = random.Random(1)  # noqa: S311 - repeatable on purpose
    names = list(KEYS)
    days = [START + timedelta(days=number) for number in range(365)]
    found = []
    for _each in range(LINES):
        day = source.choice(days)
        found.append(Event(source.choice(names), day, source.randint(-2_000, 50_000), day))
    return found


def median(act: Callable[[], object]) -> float:
    """Return the median seconds of five runs."""
    taken = []
    for _each in range(5):
        before = time.perf_counter()
        act()
        taken.append(time.perf_counter() - before)
    return statistics.median(taken)


def main() -> None:
    """Compare the answers, then print the figures."""
    given = lines()
    sums: Counter[tuple[str, date]] = Counter()
    for each in given:
        sums[each.adherent, each.on] += each.units
    kept = [Event(key, day, units, day) for (key, day), units in sums.items()]
    base = duckdb.connect()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "lines.csv"
        with path.open("w") as out:
            out.writelines(f"{each.adherent},{each.on},{each.units}\n" for each in given)
        columns = "{'adherent': 'VARCHAR', 'counts_on': 'DATE', 'units': 'BIGINT'}"
        base.execute(f"CREATE TABLE line AS SELECT * FROM read_csv('{path}', header=false, columns={columns})")  # noqa: S608 - made here

    def rival() -> dict[str, int]:
        found = base.execute("SELECT adherent, sum(units) FROM line WHERE counts_on <= ? GROUP BY adherent", [END])
        volumes = {key: int(units) for key, units in found.fetchall()}
        return split(entitlement(SCHEME, sum(volumes.values())), volumes)

    def ours(events: list[Event]) -> dict[str, int]:
        (made,) = settle(SCHEME, KEYS, events, [END])
        return {share.adherent: share.cumulative for share in made.shares}

    assert rival() == ours(given) == ours(kept)
    theirs = median(rival)
    print(f"{LINES:,} lines, {len(kept):,} sums kept; DuckDB {duckdb.__version__}: {theirs * 1000:.1f} ms")
    for name, events in (("every line", given), ("sums by adherent and day", kept)):
        taken = median(lambda events=events: ours(events))
        print(f"{name}: {taken * 1000:.1f} ms, {theirs / taken:.3f} times as fast as DuckDB")


if __name__ == "__main__":
    main()
