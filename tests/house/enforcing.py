"""The modules that enforce disclosure, named once: what stands between a row and whoever reads it."""

import ast
import io
import tokenize
from pathlib import Path

from house.files import PACKAGE

ENFORCING = (
    "disclosure/levels.py",
    "disclosure/facts_levels.py",
    "disclosure/rules.py",
    "disclosure/guard.py",
    "disclosure/unsealed.py",
    "disclosure/admitted.py",
    "chain/walk.py",
    "sight/cut/beside.py",
    "sight/cut/dress.py",
    "sight/cut/own.py",
    "sight/cut/pseudonyms.py",
    "sight/cut/seen_as.py",
    "sight/cut/stated.py",
    "sight/cut/whole.py",
)
"""The levels and what shows from each, the policy, the guard and its one door, the walk, and all of `sight.cut`."""

RECORDS = ("disclosure/facts.py", "chain/facts.py", "sight/cut/facts.py")
"""What these pass to one another: records that decide nothing."""

PUBLISHING = ("disclosure/pooling.py",)
"""What decides whether a figure pooled over several contributors may be told: of no single record, so counted apart."""

PROVING = ("disclosure/concerned.py",)
"""What decides whether an invitation to another address concerns the viewer's firm: of nothing in a view."""

MOST_LINES = 1_000

_NO_CODE = {
    tokenize.COMMENT,
    tokenize.NL,
    tokenize.NEWLINE,
    tokenize.INDENT,
    tokenize.DEDENT,
    tokenize.ENCODING,
    tokenize.ENDMARKER,
}


def paths() -> list[Path]:
    """Return the enforcing modules."""
    return [PACKAGE / name for name in ENFORCING]


def measured() -> list[Path]:
    """Return the modules whose every branch must be taken by tests."""
    return [*paths(), *(PACKAGE / name for name in (*PUBLISHING, *PROVING))]


def code_lines(text: str) -> int:
    """Return how many lines of a module hold code: blank lines, comments and docstrings do not count."""
    said: set[int] = set()
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type not in _NO_CODE:
            said.update(range(token.start[0], token.end[0] + 1))
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str):
            said.difference_update(range(node.lineno, (node.end_lineno or node.lineno) + 1))
    return len(said)
