"""A little of the noise that `make schemathesis` throws at the API, over HTTP."""

import os
import socket
import subprocess
import sys
from pathlib import Path


def test_noise_finds_nothing() -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [sys.executable, Path(__file__).with_name("fuzz.py")]
    environment = {**os.environ, "CASES": "2", "PHASES": "fuzzing", "PORT": str(port)}
    run = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=300)
    assert run.returncode == 0, run.stdout[-3000:] + run.stderr[-1000:]
    assert "28 selected / 28 total" in run.stdout
