"""The two ways past the guard of single records, open to a short list of modules (see the import contracts)."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from amont.disclosure.guard import lent, opened


@contextmanager
def unsealed(reason: str) -> Iterator[None]:
    """Read and write guarded tables whoever looks, inside this block, for a stated reason."""
    with _opened(reason, None):
        yield


@contextmanager
def lending(reason: str, items: Iterable[int]) -> Iterator[None]:
    """Read what owners state about these items that the walk gave, and (the second wall sees to it) nothing else."""
    with _opened(reason, ",".join(str(item) for item in items)):
        yield


@contextmanager
def _opened(reason: str, items: str | None) -> Iterator[None]:
    if not reason:
        message = "a reason is needed"
        raise ValueError(message)
    marks = opened.set(reason), lent.set(items)
    try:
        yield
    finally:
        opened.reset(marks[0])
        lent.reset(marks[1])
