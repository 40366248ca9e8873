"""The one way past the guard of single records, open to a short list of modules (see the import contracts)."""

from collections.abc import Iterator
from contextlib import contextmanager

from amont.disclosure.guard import opened


@contextmanager
def unsealed(reason: str) -> Iterator[None]:
    """Read and write guarded tables whoever looks, inside this block, for a stated reason."""
    if not reason:
        message = "a reason is needed"
        raise ValueError(message)
    mark = opened.set(reason)
    try:
        yield
    finally:
        opened.reset(mark)
