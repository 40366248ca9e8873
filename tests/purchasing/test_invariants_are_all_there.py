"""docs/invariants.md names the tests of each of the 36 invariants, and they are there."""

import re
from pathlib import Path

HERE = Path(__file__).parent
PAGE = HERE.parents[1] / "docs" / "invariants.md"


def _tests() -> dict[int, set[str]]:
    found: dict[int, set[str]] = {}
    for path in HERE.glob("test_*.py"):
        for name, number in re.findall(r"def (test_(\d+)_\w+)\(", path.read_text(encoding="utf-8")):
            found.setdefault(int(number), set()).add(name)
    return found


def test_each_of_the_36_invariants_has_its_tests_and_the_page_names_them_all() -> None:
    rows = re.findall(r"^\| (\d+) \| .+? \| (.*) \|$", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    named = {int(number): set(re.findall(r"`(test_\w+)`", tests)) for number, tests in rows}
    assert sorted(named) == list(range(1, 37))
    assert all(named.values())
    assert named == _tests()
