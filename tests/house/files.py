"""The files of the house, as its tests look at them."""

import ast
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "amont"


@cache
def kept() -> tuple[Path, ...]:
    """Return every file that git keeps or would keep."""
    asked = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    found = subprocess.run(asked, cwd=ROOT, capture_output=True, check=True, text=True).stdout.split("\0")
    return tuple(sorted(ROOT / name for name in set(found) if name and (ROOT / name).is_file()))


def modules() -> list[Path]:
    """Return the product's and the tests' own modules, migrations apart."""
    return [path for path in kept() if path.suffix == ".py" and "migrations" not in path.parts]


def templates() -> list[Path]:
    """Return the product's templates, pages and mails."""
    return [path for path in kept() if "templates" in path.parts and path.suffix in {".html", ".txt"}]


def named(path: Path) -> str:
    """Return a path as the house says it."""
    return path.relative_to(ROOT).as_posix()


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Give every function of a module, methods and inner ones included."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node
