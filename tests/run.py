"""Run all tests: those marked `both` on PostgreSQL, the branches of what enforces, then all on SQLite."""

import os
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
PYTEST = [str(Path(sys.executable).with_name("pytest")), "-q"]


def main() -> int:
    """Return 0 if all runs are green."""
    spread = ["-n", "2", "--dist", "loadfile", "--no-loadscope-reorder"]  # in the order of conftest: the slowest first
    postgres = [sys.executable, str(HERE / "cluster.py"), *PYTEST, *spread, "-m", "both"]
    sqlite = [*PYTEST, *spread]
    branches = [sys.executable, str(HERE / "enforcing" / "branches.py")]
    # on PostgreSQL all speaks as the role of the web, behind the second wall
    walled = {**os.environ, "WALL": "1"}
    return max(subprocess.run(command, check=False, env=walled).returncode for command in (postgres, branches, sqlite))


if __name__ == "__main__":
    sys.exit(main())
