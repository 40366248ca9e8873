"""Run a command against a PostgreSQL server of its own: on a socket, thrown away afterwards.

    python tests/cluster.py COMMAND [ARGUMENT ...]

Sets DATABASE_URL for the command and returns its exit status.
"""

import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

OPTIONS = (
    "-F -c synchronous_commit=off -c full_page_writes=off -c max_connections=60 -c listen_addresses='' "
    "-c log_min_messages=error"
)


def _binaries() -> Path:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[4]))
    if not found:
        sys.exit("PostgreSQL is missing: apt-get install postgresql")
    return found[-1].parent


def _owner() -> dict[str, object]:
    """PostgreSQL refuses root: as root, run it as its own user."""
    if os.geteuid() != 0:
        return {}
    pwd.getpwnam("postgres")
    return {"user": "postgres", "group": "postgres", "extra_groups": []}


@contextmanager
def cluster() -> Iterator[str]:
    """Start a fresh server and give its DATABASE_URL."""
    base = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108 - memory, for speed
    home = Path(tempfile.mkdtemp(prefix="amont-pg-", dir=base))
    owner, binaries = _owner(), _binaries()
    if owner:
        shutil.chown(home, "postgres", "postgres")
    quiet = {"cwd": home, "stdout": subprocess.DEVNULL, **owner}
    control = [str(binaries / "pg_ctl"), "-D", str(home / "data"), "-w", "-s"]
    try:
        subprocess.run(  # type: ignore[call-overload]
            [
                *(str(binaries / "initdb"), "-D", str(home / "data"), "-U", "postgres"),
                *("-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"),
            ],
            check=True,
            **quiet,
        )
        started = [*control, "-l", str(home / "log"), "-o", f"{OPTIONS} -k {home}", "start"]
        subprocess.run(started, check=True, **quiet)  # type: ignore[call-overload]
        yield f"postgres://postgres@/postgres?host={home}"
    finally:
        subprocess.run([*control, "-m", "immediate", "stop"], check=False, **quiet)  # type: ignore[call-overload]
        shutil.rmtree(home, ignore_errors=True)


if __name__ == "__main__":
    with cluster() as url:
        done = subprocess.run(sys.argv[1:], check=False, env={**os.environ, "DATABASE_URL": url})
    sys.exit(done.returncode)
