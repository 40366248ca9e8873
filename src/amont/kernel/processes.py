"""Which process works on something, and whether it is gone."""

import os
import platform
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

_STARTED = 19  # the 22nd field of /proc/PID/stat, counted after the name in brackets


def this_process() -> str:
    """Return a name for this process that no other one bears: its machine, its number, and when it began."""
    return f"{_machine()}/{os.getpid()}/{_began(os.getpid())}"


def is_gone(name: str) -> bool:
    """Tell whether the process of this name has ended for certain; of another machine nobody knows."""
    machine, _, rest = name.partition("/")
    number, _, began = rest.partition("/")
    if machine != _machine() or not began or not number.isdecimal():
        return False
    return _began(int(number)) != began


@lru_cache(maxsize=1)
def _machine() -> str:
    return sha256(platform.node().encode()).hexdigest()[:8]


def _began(number: int) -> str:
    """Return when a process began, in ticks since the machine did; empty where there is none, or no way to know."""
    try:
        stat = Path(f"/proc/{number}/stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
    return stat.rpartition(")")[2].split()[_STARTED]
