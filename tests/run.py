"""Run all tests: first those marked `both` on PostgreSQL, then all on SQLite; pytest's line closes each."""

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
PYTEST = [str(Path(sys.executable).with_name("pytest")), "-q"]


def main() -> int:
    """Return 0 if both runs are green."""
    postgres = [sys.executable, str(HERE / "cluster.py"), *PYTEST, "-n", "2", "--dist", "loadfile", "-m", "both"]
    sqlite = [*PYTEST, "-n", "2", "--dist", "loadfile"]
    return max(subprocess.run(command, check=False).returncode for command in (postgres, sqlite))


if __name__ == "__main__":
    sys.exit(main())
