"""Runs of the proof by the clock: SECONDS and SEED from the environment, taken up where they stopped, told in docs.

Without SECONDS a run is small and tells nothing. RECORD names the file that gets a line under the target's heading.
"""

import json
import os
import platform
import re
import subprocess
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from django.db import connection

from proof.enforcing import ROOT, code

SECONDS = float(os.environ.get("SECONDS") or 0)
SEED = int(os.environ.get("SEED") or 1)
RECORD = os.environ.get("RECORD")
EVERY = 20.0


@dataclass
class Campaign:
    """One target's run; `done` counts what it did, by name, over all its sittings with this seed and this code."""

    target: str
    small: int
    done: Counter[str] = field(default_factory=Counter)
    began: float = field(default_factory=time.monotonic)
    first: int = 0

    def __post_init__(self) -> None:
        if SECONDS and self.state.exists():
            self.done = Counter(json.loads(self.state.read_text()))
        self.first = self.done["steps"]
        self.before = Counter(self.done)

    @property
    def state(self) -> Path:
        return ROOT / "var" / "proof" / f"{self.target}-{connection.vendor}-{SEED}-{code()}.json"

    def steps(self, step: Callable[[int], None]) -> None:
        """Take steps, by number from where the last sitting stopped: so many, or for so many seconds."""
        saved = time.monotonic()
        while self.wanted():
            step(self.done["steps"])
            self.done["steps"] += 1
            if SECONDS and time.monotonic() - saved > EVERY:
                self.keep()
                saved = time.monotonic()
        if SECONDS:
            self.keep()
        if RECORD:
            self.tell(Path(RECORD))

    def wanted(self) -> bool:
        if SECONDS:
            return time.monotonic() - self.began < SECONDS
        return self.done["steps"] - self.first < self.small

    def keep(self) -> None:
        self.state.parent.mkdir(parents=True, exist_ok=True)
        self.state.write_text(json.dumps(self.done))

    def sitting(self) -> Counter[str]:
        """Return what this sitting did."""
        return Counter({name: self.done[name] - self.before[name] for name in self.done if not name.startswith("·")})

    def tell(self, record: Path) -> None:
        """Append a line about this sitting, with totals since the enforcing code last changed."""
        counts = {name: count for name, count in self.sitting().items() if count and name != "steps"}
        text = record.read_text(encoding="utf-8")
        line = (
            f"- {datetime.now(UTC).date()}, commit {commit()}, code {code()}, {machine()}, {connection.vendor}, "
            f"seed {SEED}, {time.monotonic() - self.began:.0f} s: {told(counts)}; nothing differs. "
        )
        totals = Counter(counts) + earlier(text, self.target)
        line += f"Since this code: {told(totals)}.\n"
        record.write_text(under(text, self.target, line), encoding="utf-8")


def told(counts: dict[str, int] | Counter[str]) -> str:
    """Return counts as words."""
    return ", ".join(f"{count:,} {name}" for name, count in sorted(counts.items()))


def earlier(text: str, target: str) -> Counter[str]:
    """Return what lines under a target's heading counted with the present code, over all databases."""
    found: Counter[str] = Counter()
    for line in section(text, target).splitlines():
        if f"code {code()}," in line:
            counts = line.partition(" s: ")[2].partition(";")[0]
            for number, name in re.findall(r"([\d,]+) ([a-z ]+)", counts):
                found[name.strip()] += int(number.replace(",", ""))
    return found


def section(text: str, target: str) -> str:
    """Return the part of the page that belongs to a target: from its command to the next heading."""
    after = text.partition(f"`make {target} ")[2]
    return after.partition("\n## ")[0]


def under(text: str, target: str, line: str) -> str:
    """Return the page with a line at the end of a target's section."""
    there = section(text, target)
    return text.replace(there, there.rstrip("\n") + "\n" + line, 1)


def commit() -> str:
    """Return the commit that is checked out, marked where files differ from it."""
    git = ["git", "-C", str(ROOT)]
    short = subprocess.run([*git, "rev-parse", "--short", "HEAD"], capture_output=True, text=True, check=False).stdout
    changed = subprocess.run(
        [*git, "status", "--porcelain", "src"], capture_output=True, text=True, check=False
    ).stdout.strip()
    return (short.strip() or "unknown") + ("+" if changed else "")


def machine() -> str:
    """Return what it ran on."""
    return f"{os.cpu_count()} CPUs {platform.machine()}, Python {platform.python_version()}"
