"""What enforces disclosure is little, is named once, and nothing of its floors reaches past it."""

import ast
from collections.abc import Iterator
from pathlib import Path

from house.enforcing import ENFORCING, MOST_LINES, RECORDS, code_lines, paths
from house.files import PACKAGE

RAW = {"amont.disclosure.unsealed", "amont.chain.walk", "amont.chain.snapshot", "amont.sight.cut.stated"}
"""Where others' data come from as it is, before it is cut."""


def imported(path: Path) -> Iterator[str]:
    """Give the full name of every module, and of every name taken from one, that a module imports."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield str(node.module)
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def test_what_enforces_is_under_a_thousand_lines_of_code() -> None:
    counted = {name: code_lines(path.read_text()) for name, path in zip(ENFORCING, paths(), strict=True)}
    assert sum(counted.values()) < MOST_LINES, counted


def test_all_of_the_cutting_room_enforces() -> None:
    here = {path.relative_to(PACKAGE).as_posix() for path in PACKAGE.glob("sight/cut/*.py")}
    assert here == {name for name in (*ENFORCING, *RECORDS) if name.startswith("sight/cut/")} | {
        "sight/cut/__init__.py",
    }


def test_records_decide_nothing() -> None:
    for name in RECORDS:
        deciding = (ast.If, ast.IfExp, ast.BoolOp, ast.Match, ast.For, ast.While, ast.comprehension)
        tree = ast.parse((PACKAGE / name).read_text())
        assert [ast.unparse(node) for node in ast.walk(tree) if isinstance(node, deciding)] == [], name


def test_sight_reaches_the_data_of_others_only_through_what_enforces() -> None:
    past = {
        path.relative_to(PACKAGE).as_posix(): sorted(set(imported(path)) & RAW)
        for path in PACKAGE.glob("sight/**/*.py")
        if path.relative_to(PACKAGE).as_posix() not in ENFORCING
    }
    assert {name: found for name, found in past.items() if found} == {}


def test_faces_reach_neither_the_walk_nor_what_it_is_cut_from() -> None:
    floors = ("config", "web", "api", "commands", "demo", "exchange", "insight")
    past = {
        path.relative_to(PACKAGE).as_posix(): sorted(set(imported(path)) & RAW)
        for floor in floors
        for path in PACKAGE.glob(f"{floor}/**/*.py")
    }
    assert {name: found for name, found in past.items() if found} == {}


def test_lines_of_code_are_counted_without_what_only_speaks() -> None:
    text = '"""What lives here."""\n\n# why\nONE = 1\n"""One."""\n\n\ndef two(\n    x: int,\n) -> int:\n'
    assert code_lines(text + '    """Two."""\n    return x\n') == 5
