"""What is vendored is what the list says."""

import re
from hashlib import sha256
from pathlib import Path

import amont

VENDOR = Path(amont.__file__).parent / "web" / "shell" / "static" / "vendor"
ROW = re.compile(r"^\| (\S+\.\S+) \|.*\| ([0-9a-f]{64}) \|$", re.MULTILINE)


def test_every_vendored_file_is_listed_with_its_hash() -> None:
    listed = dict(ROW.findall((VENDOR / "LIST.md").read_text(encoding="utf-8")))
    here = {path.relative_to(VENDOR).as_posix() for path in VENDOR.rglob("*") if path.is_file()} - {"LIST.md"}
    assert set(listed) == here
    assert {name: sha256((VENDOR / name).read_bytes()).hexdigest() for name in here} == listed
