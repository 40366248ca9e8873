"""Throws shaped noise at every operation of the API, over HTTP, and stops at the first finding: `make schemathesis`.

CASES tries an operation in each direction (values that fit the description, and values that do not), from SEED;
PHASES of schemathesis, all by default.
"""

import os
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.error import URLError
from urllib.request import urlopen

HERE = Path(__file__).resolve().parent
CASES = int(os.environ.get("CASES", "100"))
SEED = os.environ.get("SEED", "1")
PHASES = os.environ.get("PHASES", "examples,coverage,fuzzing,stateful")
PORT = os.environ.get("PORT", "8765")
ADDRESS = f"http://127.0.0.1:{PORT}"
BIN = Path(sys.executable).parent

CHECKS = """
[checks]
# 422 is the API's word for values that fit the description and do not do here
positive_data_acceptance.expected-statuses = ["2xx", "401", "403", "404", "409", "422", "429"]
"""


def main() -> int:
    """Serve a small consortium from a database of its own, and return the exit status of the noise."""
    with TemporaryDirectory() as folder:
        os.environ |= {
            "AMONT_MODE": "test",
            "PORT": PORT,
            "DATABASE_URL": f"sqlite:///{folder}/fuzz.sqlite3",
            "DJANGO_SETTINGS_MODULE": "amont.config.settings",
            "PYTHONPATH": str(HERE.parent),
        }
        subprocess.run([BIN / "amont", "migrate"], check=True, stdout=subprocess.DEVNULL)
        told = subprocess.run([sys.executable, HERE / "fuzz_stage.py"], check=True, capture_output=True, text=True)
        token, *known = told.stdout.split()
        config = Path(folder) / "schemathesis.toml"
        config.write_text("\n".join([CHECKS, *(_operation(*each.split("=")) for each in known)]), encoding="utf-8")
        server = subprocess.Popen([BIN / "amont", "serve"], stderr=subprocess.DEVNULL)
        try:
            _wait(server)
            return subprocess.run(_noise(token, config), check=False).returncode
        finally:
            server.terminate()
            server.wait()


def _operation(path: str, name: str, value: str) -> str:
    """Return a known value of a path's parameter, so that what lies behind it is reached."""
    return f"[[operations]]\ninclude-path = '/api/v1/{path}'\n[operations.parameters]\n'path.{name}' = '{value}'\n"


def _noise(token: str, config: Path) -> list[str | Path]:
    return [
        *(BIN / "schemathesis", "--config-file", config, "run", f"{ADDRESS}/api/v1/openapi.json"),
        *("--header", f"Authorization: Bearer {token}", "--max-examples", str(CASES), "--seed", SEED),
        *("--phases", PHASES, "--no-color", "--request-timeout", "20"),
    ]


def _wait(server: subprocess.Popen[bytes]) -> None:
    for _each in range(200):
        if server.poll() is not None:
            break
        try:
            urlopen(f"{ADDRESS}/api/v1/openapi.json").close()  # noqa: S310 - our own server
        except URLError:
            time.sleep(0.1)
        else:
            return
    message = "the server did not come up"
    raise SystemExit(message)


if __name__ == "__main__":
    sys.exit(main())
