"""Servers do not start with unsafe settings."""

import os
import subprocess
import sys
from pathlib import Path

import pytest


def _start(command: str, **environment: str) -> subprocess.CompletedProcess[str]:
    clean = {key: value for key, value in os.environ.items() if not key.startswith("AMONT_")}
    return subprocess.run(
        [sys.executable, "-m", "amont.commands.main", command],
        check=False,
        capture_output=True,
        text=True,
        env={**clean, **environment},
        timeout=60,
    )


@pytest.mark.parametrize("command", ["serve", "worker"])
def test_production_without_secret_or_mail_does_not_start(command: str) -> None:
    done = _start(command)
    assert done.returncode == 1
    assert "AMONT_SECRET_KEY" in done.stderr
    assert "AMONT_MAIL_URL" in done.stderr
    assert "AMONT_MASTER_KEY" in done.stderr


def test_a_master_key_that_is_none_is_refused_and_not_repeated(tmp_path: Path) -> None:
    done = _start("serve", AMONT_MASTER_KEY="secretbutshort")
    assert "the master key is not 32 bytes in base64" in done.stderr
    assert "secretbutshort" not in done.stderr
    done = _start("serve", AMONT_MASTER_KEY_FILE=str(tmp_path / "none"))
    assert "AMONT_MASTER_KEY_FILE cannot be read" in done.stderr


def test_a_demo_on_a_public_address_does_not_start() -> None:
    done = _start("serve", AMONT_MODE="demo", AMONT_BASE_URL="https://amont.example")
    assert done.returncode == 1
    assert "AMONT_MODE is demo" in done.stderr


def test_the_default_secret_does_not_do_in_production() -> None:
    known = "insecure-key-for-demo-and-tests-only"
    done = _start("serve", AMONT_SECRET_KEY=known, AMONT_MAIL_URL="smtp://localhost:25")
    assert done.returncode == 1
    assert "AMONT_SECRET_KEY" in done.stderr


@pytest.mark.parametrize("command", ["migrate", "serve", "static"])
def test_no_command_runs_in_a_mode_that_does_not_exist(command: str, tmp_path: Path) -> None:
    file = tmp_path / "made.sqlite3"
    done = _start(command, AMONT_MODE="prod", DATABASE_URL=f"sqlite:///{file}", AMONT_STATIC_ROOT=str(tmp_path / "s"))
    assert done.returncode == 1
    assert "AMONT_MODE is prod" in done.stderr
    assert not list(tmp_path.iterdir())
