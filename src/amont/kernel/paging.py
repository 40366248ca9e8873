"""One page of a longer list."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

PAGE_SIZE = 100
ALL = 1_000_000
"""The size of a page that holds every row."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """`rows` of page `number` (from 1) out of `total` rows."""

    rows: tuple[T, ...]
    number: int
    total: int
    size: int = PAGE_SIZE

    @property
    def pages(self) -> int:
        """Return how many pages there are, at least one."""
        return max(1, -(-self.total // self.size))


def page_of(rows: Sequence[T], number: int, size: int = PAGE_SIZE) -> Page[T]:
    """Cut page `number` out of `rows`; a number out of range gives the nearest page."""
    last = max(1, -(-len(rows) // size))
    number = min(max(1, number), last)
    return Page(tuple(rows[(number - 1) * size : number * size]), number, len(rows), size)
