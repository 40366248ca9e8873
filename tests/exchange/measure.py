"""Reads every file of the corpus in a process of its own and prints what came of it, seconds and memory.

`python tests/exchange/measure.py` ends with 1 if anything came otherwise than it must, or took past 10 s or 300 MB.
The seconds are those of the processor, of the process and of the reader that it starts; beside them those of the clock.
The memory is that of the larger of the two, all of Python and Django included.
"""

import os
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("AMONT_MODE", "test")
os.environ.setdefault("DATABASE_URL", "sqlite://:memory:")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "amont.config.settings")
sys.path.insert(0, str(Path(__file__).parents[1]))

import django

django.setup()

from exchange.corpus import CASES, Case
from exchange.corpus_come import come_of

MOST_SECONDS, MOST_MB = 10.0, 300


def main() -> int:
    """Print a row for each file, and how many there were."""
    bad = 0
    print(f"{'file':52} {'what came of it':60} {'s':>6} {'clock':>6} {'MB':>5}")
    with tempfile.TemporaryDirectory() as held:
        for case in CASES:
            path = Path(held) / "file"
            apart(lambda case=case, path=path: written(case, path))
            said, seconds, clock, memory = measured(case, path)
            said, _mark, wrong = said.partition("\x1e")
            said, wrong = (said, wrong) if said else ("CRASHED", "crashed")
            is_bad = wrong or seconds > MOST_SECONDS or memory > MOST_MB
            bad += bool(is_bad)
            marked = f"  WRONG {wrong}" if is_bad else ""
            print(f"{case.name[:52]:52} {said[:60]:60} {seconds:6.2f} {clock:6.2f} {memory:5.0f}{marked}", flush=True)
    print(f"{len(CASES)} files, {bad} otherwise than they must")
    return 1 if bad else 0


def written(case: Case, path: Path) -> str:
    """Make the file, apart, so that its making takes no memory here."""
    path.write_bytes(case.make())
    return ""


def measured(case: Case, path: Path) -> tuple[str, float, float, float]:
    """Return what came of a file, seconds of the processor and by the clock, megabytes."""
    started = time.perf_counter()
    said, seconds, memory = apart(lambda: told(case, path))
    return said, seconds, time.perf_counter() - started, memory


def told(case: Case, path: Path) -> str:
    """Read the file as bringing it does."""
    come = come_of(path.read_bytes(), case.file_name)
    what = f"refused: {come.why}" if come.why else f"{come.shape}: {come.rows} rows, {come.refused} refused"
    return f"{what}\x1e{come.wrong(case)}"


def apart(act: Callable[[], str]) -> tuple[str, float, float]:
    """Do something in a process of its own; return what it says, its seconds, and the most megabytes that it held."""
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        try:
            os.close(reading)
            with os.fdopen(writing, "w") as said:
                said.write(act())
        finally:
            os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as said:
        text = said.read()
    _pid, _status, used = os.wait4(child, 0)
    return text, used.ru_utime + used.ru_stime, used.ru_maxrss / (1024 if sys.platform != "darwin" else 1024 * 1024)


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    sys.exit(main())
