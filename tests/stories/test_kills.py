"""A worker killed at random moments of imports: a handful here, hundreds by `make kills`."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

RIG = Path(__file__).parents[1] / "kills.py"


@pytest.mark.both
def test_workers_killed_at_random_moments_leave_nothing_half_done(tmp_path: Path) -> None:
    is_embedded = settings.DATABASES["default"]["ENGINE"].endswith("sqlite3")
    url = f"sqlite:///{tmp_path / 'kills.sqlite3'}" if is_embedded else os.environ["DATABASE_URL"]
    found = subprocess.run(
        [sys.executable, str(RIG)],
        env={**os.environ, "DATABASE_URL": url, "KILLS": "3", "SEED": "7"},
        capture_output=True,
        text=True,
        check=False,
        timeout=240,
    )
    assert found.returncode == 0, found.stdout + found.stderr
    assert "nothing half-done, counts closed, ledger whole" in found.stdout
