"""Which modules enforce the disclosure rule, and the mark of their text: figures count since it last changed."""

from hashlib import sha256
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ENFORCING = (
    "src/amont/disclosure/**/*.py",
    "src/amont/chain/network.py",
    "src/amont/chain/snapshot.py",
    "src/amont/chain/walk.py",
    "src/amont/sight/**/*.py",
)


def modules() -> list[Path]:
    """Return the enforcing modules, migrations apart."""
    found = {path for pattern in ENFORCING for path in ROOT.glob(pattern)}
    return sorted(path for path in found if "migrations" not in path.parts)


def code() -> str:
    """Return eight characters that change with any of them."""
    mark = sha256()
    for path in modules():
        mark.update(str(path.relative_to(ROOT)).encode() + b"\0" + path.read_bytes() + b"\0")
    return mark.hexdigest()[:8]
