"""Pages that promise something name the tests that hold it, and these are there."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGES = ("THREAT_MODEL.md", "docs/assurance.md", "docs/mutants.md", "docs/counsel.md", "docs/invariants.md")
NOT_HELD = ("not held", "not preventable", "there are none")
THREATS = (ROOT / "THREAT_MODEL.md").read_text(encoding="utf-8").partition("## Who might try what")[2]


def functions() -> set[str]:
    told = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "tests").rglob("test_*.py"))
    return set(re.findall(r"def (test_\w+)", told))


@pytest.mark.parametrize("page", PAGES)
def test_every_test_that_a_page_names_is_there(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    assert [path for path in re.findall(r"tests/[\w/]+\.(?:py|json)", text) if not (ROOT / path).exists()] == []
    assert set(re.findall(r"`(test_\w+)`", text)) - functions() == set()


@pytest.mark.parametrize("page", PAGES)
def test_every_command_that_a_page_names_is_there(page: str) -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    named = set(re.findall(r"`make ([a-z-]+)", (ROOT / page).read_text(encoding="utf-8")))
    assert named - targets == set()


def test_every_threat_names_a_test_or_says_that_none_holds_it() -> None:
    rows = [line.split("|") for line in THREATS.partition("\n## ")[0].splitlines() if line.startswith("| ")]
    rows = [row for row in rows if row[1].strip() != "who"]
    assert len(rows) >= 25
    for row in rows:
        assert len(row) == 6, row
        assert re.search(r"tests/[\w/]+\.py|`test_\w+`", row[4]) or any(each in row[4] for each in NOT_HELD), row
